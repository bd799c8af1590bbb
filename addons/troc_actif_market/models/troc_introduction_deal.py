"""The deal that two members agree upon: terms, acceptances, reservation, delivery."""

from odoo import api, fields
from odoo.tools import format_date, formatLang

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.lib.actif_rules import deal, limits, parties
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import DayText, Number, Text, Values, Whole

OPEN_FOR_INVOICE = ("agreed", "delivered")
PROPOSALS_A_DAY = 30
TERMS = Values(
    subject=Text,
    total_amount=Number,
    actif_share=Number,
    due_date=DayText,
    hours=Number,
)


class TrocIntroductionDeal:
    """A part of TrocIntroduction, where its fields stand."""

    __slots__ = ()

    # -- terms ---------------------------------------------------------------------

    @each_once
    def action_propose(self, terms: TERMS):
        """Propose terms, accepted by who proposes them; the other side's falls away.

        `terms`: subject, total_amount (euros incl. VAT), actif_share (percent),
        due_date (ISO), reserve, hours (of a helping hand).
        """
        self.ensure_one()
        side = self._side_of_user()
        self._check_state("open")
        self._check_parties()
        self._check_pace("propose", side, PROPOSALS_A_DAY, hours=24)
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
                hours=dec(float(terms.get("hours") or 0)),
            )
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
            "hours": float(wanted.hours) if self.is_helping_hand else 0.0,
            "reserve": bool(parts and terms.get("reserve")),
        }

    def _whose_turn(self):
        """Return who is to act next: he delivers and bills, or answers."""
        if self.state in OPEN_FOR_INVOICE:
            return self.seller_id
        return self.awaited_id or self.seller_id | self.buyer_id

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
        own_sudo = self.sudo()
        told = {
            "subject": own_sudo.subject,
            "date": format_date(self.env, own_sudo.due_date),
            "total": formatLang(self.env, own_sudo.total_amount, digits=2),
            "actifs": formatLang(self.env, own_sudo.actif_amount, digits=2),
            "euros": formatLang(self.env, own_sudo.cash_amount, digits=2),
            "hours": formatLang(self.env, own_sudo.hours, digits=1),
        }
        if own_sudo.is_helping_hand and own_sudo.hours:
            return self.env._(
                "%(subject)s, on %(date)s, as a helping hand of %(hours)s hours", **told
            )
        if own_sudo.is_helping_hand:
            return self.env._("%(subject)s, on %(date)s, as a helping hand", **told)
        return self.env._(
            "%(subject)s, on %(date)s: %(total)s incl. VAT, of which %(actifs)s Actifs "
            "and %(euros)s euros",
            **told,
        )

    # -- both accept -----------------------------------------------------------------

    @each_once
    def action_accept(self, terms_version: Whole):
        """Accept the terms as they were shown (`terms_version`); both make a deal.

        Twice is once: a second click on the same terms changes nothing.
        """
        self.ensure_one()
        side = self._side_of_user()
        if self.state == "agreed" and self.terms_version == terms_version:
            return True
        self._check_state("open")
        if not self.terms_version:
            exceptions.refuse(self.env, RuleError("terms_none"), self.name)
        if self.terms_version != terms_version:
            exceptions.refuse(self.env, RuleError("terms_changed"), self.name)
        sealed(self).write(self._acceptance(self._role(side), self.env.user))
        if self.seller_accepted_on and self.buyer_accepted_on:
            self._become_deal()
        else:
            self._await(side)
        return True

    def _become_deal(self):
        own = sealed(self)
        own._check_parties()
        own._check_settling()
        if own.reserve:
            own._reserve()
        # the next step is the seller's: deliver, then send his invoice
        own._await(own.buyer_id)
        own.write({"state": "agreed", "agreed_on": fields.Datetime.now()})
        own.deal_text = own._frozen_text()
        self._note(self.env._("Deal: %s", self._terms_text()))

    def _check_parties(self):
        """Refuse where the invoice would be refused in the end."""
        for member in self._sides():
            member._check_may_trade()
        if not self.is_helping_hand:
            own_sudo = self.sudo()
            try:
                parties.check_seller(own_sudo.seller_id._party())
                parties.check_buyer(own_sudo.buyer_id._party())
            except RuleError as error:
                exceptions.refuse(self.env, error, self.name)

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
            limits.check_spend(self.buyer_id.account_id._figures(), amount)
        except RuleError:
            own = self.env["troc.member"]._of_user(self.env.user)
            if self.buyer_id not in own:
                error = RuleError("no_room_to_reserve", member=self.buyer_id.name)
            exceptions.refuse(self.env, error, self.name)
        self.reserved_amount = self.actif_amount
        self.buyer_id.account_id._add_reserved(amount)

    def _release(self):
        """Give a reservation back (sealed records)."""
        for introduction in self.filtered("reserved_amount"):
            introduction.buyer_id.account_id._add_reserved(
                -dec(introduction.reserved_amount)
            )
            introduction.reserved_amount = 0.0

    @api.model
    def _cron_lapse(self):
        """Let reservations lapse whose deal is long past its date."""
        each_alone(
            sealed(self).search([("reserved_amount", ">", 0)], order="buyer_id, id"),
            lambda introduction: introduction._lapse(),
        )

    def _lapse(self):
        today = fields.Date.context_today(self)
        if (today - self.due_date).days > self.network_id.reservation_days:
            self._release()
            self._note(self.env._("The reservation has lapsed."))

    # -- delivery, end ---------------------------------------------------------------

    @each_once
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
            sealed(self).write({"state": "settled", "awaited_id": False})
        else:
            self._await(self.sudo().buyer_id)
        return True

    @each_once
    def action_cancel(self, reason: Text):
        """Give it up, with a reason that the other side reads; frees a reservation.

        What is delivered can be given up by the seller alone, or by an animator.
        """
        self.ensure_one()
        who = self._who_cancels()
        self.sudo().seller_id._check_reason(reason)
        self._check_state("open", *OPEN_FOR_INVOICE)
        self._give_up(who, reason)
        return True

    def _give_up(self, who, reason):
        """Close it with a reason that both sides read; frees a reservation."""
        own = sealed(self)
        own._release()
        own.write({"state": "cancelled", "cancel_reason": reason, "awaited_id": False})
        self._note(self.env._("%(who)s gives it up: %(why)s", who=who, why=reason))

    def _who_cancels(self):
        """Return the name of who may give it up, or refuse."""
        user = self.env.user
        own = self.env["troc.member"]._of_user(user) & self._sides()
        if not own and user.has_group("troc_actif.group_troc_animator"):
            self.check_access("read")
            return user.name
        side = self._side_of_user()
        if self.state == "delivered" and side == self.sudo().buyer_id:
            error = RuleError("delivered_already", seller=self.sudo().seller_id.name)
            exceptions.refuse(self.env, error, self.name)
        return side.name

    # -- its invoice -----------------------------------------------------------------

    def _invoiced_by(self, compensation):
        """Link a compensation that bills this deal (sealed)."""
        compensation.introduction_id = self
        self.write({"state": "invoiced", "awaited_id": False})
        # what is set aside for it no longer stops it
        compensation._refresh_blocked()

    def _bill_again(self):
        """Its invoice was refused, reversed or billed another deal (sealed)."""
        for introduction in self:
            introduction._await(introduction.buyer_id)
            state = "delivered" if introduction.delivered_on else "agreed"
            introduction.state = state

    def _room_is_enough(self):
        """Tell the seller yes or no, None where the network does not tell.

        Only of terms that the buyer has accepted: with any amount he likes, a seller
        would find the buyer's room by trying.
        """
        own_sudo = self.sudo()
        if not own_sudo.network_id.show_room or own_sudo.is_helping_hand:
            return None
        if not own_sudo.buyer_accepted_on:
            return None
        return dec(own_sudo.buyer_id.room) >= dec(own_sudo.actif_amount)
