"""Searches that a member keeps, and the mail that tells him what is new."""

import dataclasses

from odoo import api, fields, models
from odoo.tools import hmac

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

    def _filters(self):
        """Return the filters as the marketplace takes them; unknown ones are gone."""
        known = {field.name for field in dataclasses.fields(Filters)}
        stored = {k: v for k, v in (self.filters or {}).items() if k in known}
        return Filters(**stored)

    # -- the daily mail ----------------------------------------------------------------

    @api.model
    def _cron_digest(self):
        """Mail each user what is new in his searches, one mail for all of them."""
        searches = self.sudo().search([("is_alert", "=", True)])
        for user, own in searches.grouped("user_id").items():
            if user.active:
                own._tell(user)

    def _tell(self, user):
        found = [(search, search._news(user)) for search in self]
        found = [(search, news) for search, news in found if news]
        self.sudo().told_on = fields.Datetime.now()
        if found:
            template = self.env.ref("troc_actif.mail_digest").sudo()
            told = {
                "troc_found": found,
                "troc_unsubscribe": self._unsubscribe_url(user),
            }
            template.with_context(**told).send_mail(
                user.id, email_values={"headers": repr(self._headers(user))}
            )

    def _news(self, user):
        """Return what was published since the last mail, as `user` may see it."""
        listings = self.env["troc.listing"].with_user(user)
        own = self.env["troc.member"]._of_user(user)
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
