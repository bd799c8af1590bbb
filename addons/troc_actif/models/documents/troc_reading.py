"""What an invoice becomes as a compensation, of a file or of Odoo's own invoice."""

from odoo import fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties, payment_data, share
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    claim as facturx_claim,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    judge as facturx_judge,
)
from odoo.addons.troc_actif_invoice.tools import dec, same_number

from ... import exceptions

# Codes of the judge that leave a draft behind, for an animator to decide.
OPEN_QUESTIONS = frozenset({"no_claim", "ambiguous_claim"})
# What rounding may leave when an invoice is taken back in several parts.
_CENT = dec(0.01)


class TrocReading(models.AbstractModel):
    """Returns the values of a compensation, or raises the rule that refuses it.

    Writes nothing.  As the user who submits: what is looked at as superuser says why.
    """

    _name = "troc.reading"
    _description = "Reading of invoices to compensate"

    # -- a file ---------------------------------------------------------------

    def _stated(self, parsed):
        """Return what any reader of the file sees in it."""
        return {
            "number": parsed.number,
            "date": parsed.issue_date.isoformat(),
            "seller": parsed.seller.name,
            "buyer": parsed.buyer.name,
            "total": float(parsed.total),
        }

    def _of_document(self, parsed, name):
        """Return (values, question) for the file `name`, which says `parsed`.

        Who may not send for the seller is refused before anything of the seller's
        other invoices is looked at, so that no refusal tells of them.

        `question` is the RuleError that an animator answers by choosing the share;
        a refusal that no one can decide is raised.
        """
        question = self._judge(parsed)
        seller, buyer = self._parties_of_document(parsed, name)
        self._check_no_live_one(seller, parsed.number, parsed.issue_date.year)
        values = self._prepare_unclaimed(parsed, seller, buyer)
        try:
            return {**values, **self._claimed(parsed, seller, buyer)}, question
        except RuleError as error:
            if error.code not in OPEN_QUESTIONS:
                raise
            return values, question or error

    def _judge(self, parsed):
        """Return the open question, if any; raise the first refusal."""
        today = fields.Date.context_today(self)
        errors = facturx_judge.judge(parsed, today=today)
        for error in errors:
            if error.code not in OPEN_QUESTIONS:
                raise error
        return errors[0] if errors else None

    def _parties_of_document(self, parsed, name):
        """Return (seller, buyer): members matched by SIREN, never by name or mail."""
        # sudo: a member may not list the others; a file of his names its buyer
        members_sudo = self.env["troc.member"].sudo()
        sellers = members_sudo.search([("siren", "=", parsed.seller.siren or "-")])
        if not sellers:
            raise RuleError(
                "unknown_seller", name=parsed.seller.name, siren=parsed.seller.siren
            )
        self.env["troc.compensation"]._check_may_submit(
            sellers, f"{name} ({parsed.number})"
        )
        buyer = members_sudo.search(
            [
                ("siren", "=", parsed.buyer.siren or "-"),
                ("network_id", "in", sellers.network_id.ids),
            ],
            limit=1,
        )
        if not buyer:
            raise RuleError(
                "unknown_buyer", name=parsed.buyer.name, siren=parsed.buyer.siren
            )
        return sellers.filtered(lambda m: m.network_id == buyer.network_id), buyer

    def _prepare_unclaimed(self, parsed, seller, buyer):
        """Return the values that do not depend on the Actif share."""
        return {
            "network_id": seller.network_id.id,
            "currency_id": seller.network_id.currency_id.id,
            "source": "upload",
            "seller_id": seller.id,
            "buyer_id": buyer.id,
            "document_number": parsed.number,
            "document_date": parsed.issue_date,
            "document_due_date": parsed.due_date,
            "untaxed_amount": float(parsed.total_untaxed),
            "tax_amount": float(parsed.total_tax),
            "total_amount": float(parsed.total),
            "actif_amount": 0.0,
            "cash_amount": float(parsed.total),
            "vat_groups": payment_data.to_json(parsed.vat),
            "move_id": self._own_invoice(seller, buyer, parsed).id,
        }

    def _own_invoice(self, seller, buyer, parsed):
        """Return the hosted seller's own posted invoice to `buyer` with this number and
        total."""
        # sudo: the books of the seller; only the link to his own invoice is kept
        moves_sudo = self.env["account.move"].sudo()
        company = seller._books()
        if not company:
            return moves_sudo
        credit_note = parsed.type_code == facturx_judge.CREDIT_NOTE
        found = moves_sudo.search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_refund" if credit_note else "out_invoice"),
                ("state", "=", "posted"),
                ("name", "=", parsed.number),
                ("commercial_partner_id", "=", buyer.partner_id.id),
            ],
            limit=1,
        )
        return found if dec(found.amount_total) == dec(parsed.total) else moves_sudo

    def _claimed(self, parsed, seller, buyer):
        """Return share and amounts as the file claims them (RuleError)."""
        if parsed.type_code == facturx_judge.CREDIT_NOTE:
            origin = self._origin_of(seller, buyer, parsed.preceding)
            return self._claimed_back(origin, parsed.total, parsed.total_untaxed)
        network = seller.network_id
        if not parsed.actif_claim:
            raise RuleError("no_claim")
        split = facturx_claim.split_claim(
            parsed.actif_claim,
            total=parsed.total,
            untaxed=parsed.total_untaxed,
            base=network.share_base,
        )
        share.check_share(split.share, network._allowed_shares())
        return self._prepare_split(split)

    def _prepare_split(self, split):
        return {
            "actif_share": float(split.share),
            "actif_amount": float(split.actif),
            "cash_amount": float(split.cash),
        }

    # -- an invoice of this database ------------------------------------------

    def _of_invoice(self, move):
        """Return the values for a posted customer invoice, or refuse it by its name."""
        try:
            seller, buyer = self._parties_of_invoice(move)
            self._check_invoice(move)
            claimed = self._claimed_by_invoice(move, seller, buyer)
            self._check_no_live_one(seller, move.name, move.invoice_date.year)
        except RuleError as error:
            exceptions.refuse(self.env, error, move.display_name)
        return {
            "network_id": seller.network_id.id,
            "currency_id": move.currency_id.id,
            "source": "odoo",
            "seller_id": seller.id,
            "buyer_id": buyer.id,
            "move_id": move.id,
            "document_number": move.name,
            "document_date": move.invoice_date,
            "document_due_date": move.invoice_date_due,
            "untaxed_amount": move.amount_untaxed,
            "tax_amount": move.amount_tax,
            "total_amount": move.amount_total,
            "vat_groups": payment_data.to_json(move._troc_vat_groups()),
            **claimed,
        }

    def _parties_of_invoice(self, move):
        """Return (seller, buyer), members of a common network, or raise RuleError."""
        # sudo: an accountant of the seller may not list members; he learns only
        # whether his customer is one, which the network exists to tell.
        members_sudo = self.env["troc.member"].sudo()
        sellers = members_sudo.search([("company_id", "=", move.company_id.id)])
        if not sellers:
            raise RuleError("seller_not_member", company=move.company_id.name)
        customer = move.commercial_partner_id
        buyer = members_sudo.search(
            [
                ("partner_id", "=", customer.id),
                ("network_id", "in", sellers.network_id.ids),
            ],
            limit=1,
        )
        if not buyer:
            names = ", ".join(sellers.network_id.mapped("name"))
            raise RuleError("buyer_not_member", partner=customer.name, network=names)
        seller = sellers.filtered(lambda m: m.network_id == buyer.network_id)
        parties.check_different(seller, buyer, seller.name)
        return seller, buyer

    def _check_invoice(self, move):
        if move.move_type not in ("out_invoice", "out_refund"):
            raise RuleError("not_customer_invoice")
        if move.state != "posted":
            raise RuleError("not_posted")
        if move.move_type == "out_invoice" and not move.actif_share:
            raise RuleError("no_share")
        if move.currency_id.name != "EUR":
            raise RuleError("not_euro", currency=move.currency_id.name)
        self.env["troc.company.setup"]._check_euros(move.company_id)

    def _claimed_by_invoice(self, move, seller, buyer):
        """Return share and amounts of an invoice or a credit note (RuleError)."""
        if move.move_type == "out_refund":
            numbers = move.reversed_entry_id.mapped("name")
            origin = self._origin_of(seller, buyer, numbers)
            total, untaxed = dec(move.amount_total), dec(move.amount_untaxed)
            return self._claimed_back(origin, total, untaxed)
        return self._prepare_split(move._troc_split(seller.network_id._share_terms()))

    # -- both -----------------------------------------------------------------

    def _check_no_live_one(self, seller, number, year):
        # sudo: a duplicate is refused even where the user may not see the first one
        live = (
            self.env["troc.compensation"]
            .sudo()
            .search(
                [
                    ("seller_id", "=", seller.id),
                    ("document_number", "=ilike", same_number(number)),
                    ("document_year", "=", year),
                    ("state", "in", ("draft", "submitted", "validated")),
                ],
                limit=1,
            )
        )
        if live:
            raise RuleError(
                "duplicate", number=number, member=seller.name, compensation=live.name
            )

    def _origin_of(self, seller, buyer, numbers):
        """Return the validated compensation that a credit note corrects (RuleError).

        `numbers` are those of the invoices that it names (BT-25); exactly one of them
        must be a compensation of these two members.
        """
        if not numbers:
            raise RuleError("no_preceding")
        # sudo: a member's file names an invoice of his own
        records_sudo = self.env["troc.compensation"].sudo()
        found = records_sudo.browse()
        for number in numbers:
            found |= records_sudo.search(
                [
                    ("seller_id", "=", seller.id),
                    ("buyer_id", "=", buyer.id),
                    ("document_type", "=", "invoice"),
                    ("document_number", "=ilike", same_number(number)),
                    ("state", "=", "validated"),
                ]
            )
        if len(found) != 1:
            raise RuleError("origin_unknown", number=", ".join(numbers))
        return found

    def _claimed_back(self, origin, total, untaxed):
        """Return share and amounts of a credit note over `total` (RuleError).

        Its part in Actifs is that of its invoice, whatever it says itself; the whole
        invoice takes back all that is left.
        """
        left = origin._left_to_take_back()
        if total > dec(origin.total_amount) or left <= 0:
            self._refuse_more(origin, left, total)
        split = share.split(
            total,
            dec(origin.actif_share),
            base=origin.network_id.share_base,
            untaxed=untaxed,
        )
        whole = total == dec(origin.total_amount)
        actif = left if whole or 0 < split.actif - left <= _CENT else split.actif
        if actif > left:
            self._refuse_more(origin, left, actif)
        return {
            "document_type": "credit_note",
            "origin_id": origin.id,
            "actif_share": float(split.share),
            "actif_amount": float(actif),
            "cash_amount": float(total - actif),
        }

    def _refuse_more(self, origin, left, amount):
        raise RuleError(
            "more_than_invoice",
            compensation=origin.name,
            number=origin.document_number,
            open=left,
            amount=amount,
        )
