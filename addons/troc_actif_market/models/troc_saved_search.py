"""Searches that a member keeps, and the mail that tells him what is new."""

import dataclasses

from odoo import api, fields, models
from odoo.tools import hmac

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from .troc_listing_search import Filters

MOST = 20  # searches a user may keep
TOLD = 10  # listings a search shows in a mail


class TrocSavedSearch(models.Model):
    _name = "troc.saved.search"
    _description = "Saved search"
    _order = "id desc"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.user,
    )
    filters = fields.Json(required=True)
    is_alert = fields.Boolean("Mail every day", default=True)
    told_on = fields.Datetime(default=fields.Datetime.now)

    @api.model_create_multi
    def create(self, vals_list):
        searches = super().create(vals_list)
        for user in searches.user_id:
            if self.search_count([("user_id", "=", user.id)]) > MOST:
                exceptions.refuse(self.env, RuleError("searches_many", value=MOST))
        return searches

    @api.constrains("filters", "told_on")
    def _check_filters(self):
        """What a call wrote must be what a search takes."""
        for search in self:
            if not search.told_on or not isinstance(search.filters, dict):
                exceptions.refuse(self.env, RuleError("search_unreadable"), search.name)
            search._filters()

    def _filters(self):
        """Return the filters as the marketplace takes them; unknown ones are gone."""
        kinds = {f.name: type(f.default) for f in dataclasses.fields(Filters)}
        stored = self.filters or {}
        try:
            return Filters(**{k: kinds[k](v) for k, v in stored.items() if k in kinds})
        except (TypeError, ValueError) as error:
            exceptions.refuse(self.env, RuleError("search_unreadable"), self.name)
            raise AssertionError from error

    # -- the daily mail ----------------------------------------------------------------

    @api.model
    def _cron_digest(self):
        """Mail each user what is new in his searches, one mail for all of them."""
        searches = self.sudo().search([("is_alert", "=", True)])
        own = searches.grouped("user_id")
        users = searches.user_id.filtered("active")
        each_alone(users, lambda user: own[user]._notify_found(user))

    def _notify_found(self, user):
        # what is published while this runs belongs to the next mail
        now = self.env.cr.now()
        found = [(search, search._news(user)) for search in self]
        found = [(search, news) for search, news in found if news]
        self.sudo().told_on = now
        if found:
            template_sudo = self.env.ref("troc_actif_market.mail_digest").sudo()
            told = {
                "troc_found": found,
                "troc_unsubscribe": self._unsubscribe_url(user),
            }
            template_sudo.with_context(**told).send_mail(
                user.id, email_values={"headers": repr(self._headers(user))}
            )

    def _news(self, user):
        """Return what was published since the last mail, as `user` may see it."""
        listings = self.env["troc.listing"].with_user(user)
        own = self.env["troc.member"]._of_user(user)
        if not own or not listings.has_access("read"):
            return listings
        found = listings._market(self._filters(), order="newest", limit=TOLD).listings
        return found.filtered(
            lambda x: x.published_on > self.told_on and x.sudo().member_id not in own
        )

    def _headers(self, user):
        """Return the headers by which mail programs unsubscribe in one click."""
        return {
            "List-Unsubscribe": f"<{self._unsubscribe_url(user)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    @api.model
    def _unsubscribe_url(self, user):
        token = self._unsubscribe_token(user.id)
        return f"{self.get_base_url()}/troc/unsubscribe/{user.id}/{token}"

    @api.model
    def _unsubscribe_token(self, user_id):
        # sudo: signed with the database's secret, which nobody reads
        return hmac(self.env(su=True), "troc-unsubscribe", user_id)

    @api.model
    def _unsubscribe(self, user_id):
        """Stop all alerts of a user whose token was checked."""
        # sudo: the token stands for him
        self.sudo().search([("user_id", "=", user_id)]).is_alert = False
