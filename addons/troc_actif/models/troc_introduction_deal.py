"""The deal that two members agree upon: terms, acceptances, reservation, delivery."""

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .. import exceptions
from ..lib.actif_rules import deal, limits
from ..lib.actif_rules.errors import RuleError
from ..tools import dec
from .seal import sealed

OPEN_FOR_INVOICE = ("agreed", "delivered")


class TrocIntroduction(models.Model):
    _inherit = "troc.introduction"

    subject = fields.Char(help="What is delivered or done.")
    total_amount = fields.Monetary("Total incl. VAT")
    actif_share = fields.Float(digits=(5, 2), help="Percent.")
    actif_amount = fields.Monetary("In Actifs")
    cash_amount = fields.Monetary("In euros")
    hours = fields.Float(help="Of a helping hand.")
    due_date = fields.Date("Agreed for")
    reserve = fields.Boolean("Reserve the amount")
    terms_version = fields.Integer()
    seller_accepted_by_id = fields.Many2one("res.users")
    seller_accepted_on = fields.Datetime()
    buyer_accepted_by_id = fields.Many2one("res.users")
    buyer_accepted_on = fields.Datetime()
    agreed_on = fields.Datetime()
    deal_text = fields.Text(help="As both accepted it.")
    delivered_on = fields.Date()
    reserved_amount = fields.Monetary()

    # -- terms ---------------------------------------------------------------------

    def action_propose(self, terms):
        """Propose terms, accepted by who proposes them; the other side's falls away.

        `terms`: subject, total_amount (euros incl. VAT), actif_share (percent),
        due_date (ISO), reserve, hours (of a helping hand).
        """
        self.ensure_one()
        side = self._side_of_user()
        self._check_state("open")
        values = self._prepare_terms(terms)
        sealed(self).write(
            {
                **values,
                "terms_version": self.terms_version + 1,
                **self._acceptance("seller", False),
                **self._acceptance("buyer", False),
            }
        )
        sealed(self).write(self._acceptance(self._role(side), self.env.user))
        self._note(self.env._("Terms proposed: %s", self._terms_text()))
        self._await(side)
        return True

    def _prepare_terms(self, terms):
        """Return the values for `terms` of a form or an RPC call, or refuse them."""
        try:
            wanted = deal.Terms(
                subject=str(terms.get("subject") or ""),
                total=dec(float(terms.get("total_amount") or 0)),
                share=dec(float(terms.get("actif_share") or 0)),
                due_date=fields.Date.to_date(terms.get("due_date") or None),
                is_helping_hand=self.is_helping_hand,
            )
            hours = float(terms.get("hours") or 0)
        except (TypeError, ValueError, RuleError) as error:
            exceptions.refuse(self.env, RuleError("terms_unreadable"), self.name)
            raise AssertionError from error
        # sudo: the network's rules; only refusals leave
        allowed = self.sudo().network_id._allowed_shares()
        try:
            deal.check_terms(wanted, allowed, fields.Date.context_today(self))
        except RuleError as error:
            exceptions.refuse(self.env, error, self.name)
        parts = deal.parts(wanted)
        return {
            "subject": wanted.subject.strip(),
            "due_date": wanted.due_date,
            "total_amount": float(parts.total) if parts else 0.0,
            "actif_share": float(parts.share) if parts else 0.0,
            "actif_amount": float(parts.actif) if parts else 0.0,
            "cash_amount": float(parts.cash) if parts else 0.0,
            "hours": max(hours, 0.0) if self.is_helping_hand else 0.0,
            "reserve": bool(parts and terms.get("reserve")),
        }

    def _role(self, member):
        return "seller" if self.sudo().seller_id == member else "buyer"

    def _acceptance(self, role, user):
        return {
            f"{role}_accepted_by_id": user.id if user else False,
            f"{role}_accepted_on": fields.Datetime.now() if user else False,
        }

    def _await(self, side):
        sealed(self).write(
            {
                "awaited_id": self._other(side).id,
                "last_message_on": fields.Datetime.now(),
            }
        )

    def _terms_text(self):
        """Return the terms in one line, in the reader's language."""
        own = self.sudo()
        told = {
            "subject": own.subject,
            "date": format_date(self.env, own.due_date),
            "total": formatLang(self.env, own.total_amount, digits=2),
            "actifs": formatLang(self.env, own.actif_amount, digits=2),
            "euros": formatLang(self.env, own.cash_amount, digits=2),
        }
        if own.is_helping_hand:
            return self.env._("%(subject)s, on %(date)s, as a helping hand", **told)
        return self.env._(
            "%(subject)s, on %(date)s: %(total)s incl. VAT, of which %(actifs)s Actifs "
            "and %(euros)s euros",
            **told,
        )

    # -- both accept -----------------------------------------------------------------

    def action_accept(self, terms_version):
        """Accept the terms as they were shown (`terms_version`); both make a deal."""
        self.ensure_one()
        side = self._side_of_user()
        self._check_state("open")
        if not self.terms_version:
            exceptions.refuse(self.env, RuleError("terms_none"), self.name)
        if self.terms_version != terms_version:
            exceptions.refuse(self.env, RuleError("terms_changed"), self.name)
        sealed(self).write(self._acceptance(self._role(side), self.env.user))
        if self.seller_accepted_on and self.buyer_accepted_on:
            self._become_deal()
        self._await(side)
        return True

    def _become_deal(self):
        own = sealed(self)
        own._check_parties()
        if own.reserve:
            own._reserve()
        own.write({"state": "agreed", "agreed_on": fields.Datetime.now()})
        own.deal_text = own._frozen_text()
        self._note(self.env._("Deal: %s", self._terms_text()))

    def _check_parties(self):
        for member in self._sides():
            member._check_may_trade()

    def _frozen_text(self):
        """Return the deal as it stays, whatever is renamed later."""
        lines = [
            self.env._("Seller: %s", self._identity(self.seller_id)),
            self.env._("Buyer: %s", self._identity(self.buyer_id)),
            self._terms_text(),
            self.env._(
                "Accepted by %(seller)s on %(seller_on)s and by %(buyer)s on "
                "%(buyer_on)s.",
                seller=self.seller_accepted_by_id.name,
                seller_on=format_date(self.env, self.seller_accepted_on),
                buyer=self.buyer_accepted_by_id.name,
                buyer_on=format_date(self.env, self.buyer_accepted_on),
            ),
        ]
        return "\n".join(lines)

    def _identity(self, member):
        return f"{member.name} (SIREN {member.siren or '–'})"

    # -- reservation -----------------------------------------------------------------

    def _reserve(self):
        """Set the Actif part aside on the buyer's account, or refuse.

        The buyer's row is written, so that two reservations at once cannot take the
        same room: the second one is tried again by Odoo, and then sees the first.
        """
        amount = dec(self.actif_amount)
        try:
            limits.check_spend(self.buyer_id._account(), amount)
        except RuleError:
            own = self.env["troc.member"]._of_user(self.env.user)
            if self.buyer_id not in own:
                error = RuleError("no_room_to_reserve", member=self.buyer_id.name)
            exceptions.refuse(self.env, error, self.name)
        self.reserved_amount = self.actif_amount
        self.buyer_id._add_reserved(amount)

    def _release(self):
        """Give a reservation back (sealed records)."""
        for introduction in self.filtered("reserved_amount"):
            introduction.buyer_id._add_reserved(-dec(introduction.reserved_amount))
            introduction.reserved_amount = 0.0

    @api.model
    def _cron_lapse(self):
        """Let reservations lapse whose deal is long past its date."""
        today = fields.Date.context_today(self)
        for introduction in sealed(self).search([("reserved_amount", ">", 0)]):
            days = introduction.network_id.reservation_days
            if (today - introduction.due_date).days > days:
                introduction._release()
                introduction._note(self.env._("The reservation has lapsed."))

    # -- delivery, end ---------------------------------------------------------------

    def action_deliver(self):
        """Say that what was agreed is done; either side may."""
        self.ensure_one()
        side = self._side_of_user()
        self._check_state("agreed")
        sealed(self).write(
            {"state": "delivered", "delivered_on": fields.Date.context_today(self)}
        )
        self._note(self.env._("Delivered, says %s.", side.name))
        if self.is_helping_hand:
            sealed(self).state = "settled"
        return True

    def action_cancel(self, reason):
        """Give it up, with a reason that the other side reads; frees a reservation."""
        self.ensure_one()
        side = self._side_of_user()
        side._check_reason(reason)
        self._check_state("open", *OPEN_FOR_INVOICE)
        own = sealed(self)
        own._release()
        own.write({"state": "cancelled", "cancel_reason": reason, "awaited_id": False})
        self._note(
            self.env._("%(who)s gives it up: %(why)s", who=side.name, why=reason)
        )
        return True

    # -- its invoice -----------------------------------------------------------------

    def _invoiced_by(self, compensation):
        """Link a compensation that bills this deal (sealed)."""
        compensation.introduction_id = self
        self.state = "invoiced"

    def _room_is_enough(self):
        """Tell the seller yes or no, None where the network does not tell."""
        own = self.sudo()
        if not own.network_id.show_room or own.is_helping_hand or not own.terms_version:
            return None
        return own.buyer_id._account().room >= dec(own.actif_amount)
