"""Invoices what is due: ordinary documents of the operator, one a member at a time."""

from collections import namedtuple

from odoo import Command, api, fields
from odoo.tools import format_date, formatLang
from odoo.tools.date_utils import end_of, subtract

from odoo.addons.troc_actif import exceptions, scheduled
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.tools import dec

CHUNK = 25
# One document to make: its type, the invoice that it corrects, the fees by line.
Document = namedtuple("Document", "type origin lines")


class TrocFeeInvoice:
    """A part of TrocFee, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_invoice(self):
        """Invoice these fees where they are due, credit those below zero.

        Those already settled are skipped.  More members than a screenful are left to
        the queue, in the name of the current user.
        """
        self.check_access("read")
        self._check_runner(self.network_id)
        if len(self.member_id) > CHUNK:
            return self._enqueue()
        moves = self._invoice_now()
        refunds = moves.filtered(lambda move: move.move_type == "out_refund")
        return self._told(
            self.env._(
                "%(invoices)s invoices and %(refunds)s credit notes are posted.",
                invoices=len(moves - refunds),
                refunds=len(refunds),
            )
        )

    def _enqueue(self):
        # sudo: nobody writes fees by hand; the runner was checked
        due = self.sudo().filtered(lambda fee: fee.state == "due")
        due.write({"queued_by_id": self.env.uid})
        # sudo: starting a scheduled action is no right of a manager
        self.env.ref("troc_actif_fees.cron_fees_queue").sudo()._trigger()
        return self._told(
            self.env._(
                "The fees of %s members are being invoiced in the background. The "
                "filter “In the queue” shows what is left.",
                len(due.member_id),
            )
        )

    def _told(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _invoice_now(self):
        """Return the documents made and posted for those of these that are due."""
        # sudo: what is counted of them, for a manager without accounting rights
        moves = self.env["account.move"].sudo()
        for network, fees in self.grouped("network_id").items():
            # sudo: a network manager has no accounting right; what he may make is
            # this, of fees that the rules worked out.  Checked by the caller.
            own = fees.sudo().with_company(network.company_id)
            context = {
                "allowed_company_ids": network.sudo().company_id.ids,
                "tracking_disable": True,
            }
            moves += own.with_context(**context)._invoice_network(network.sudo())
        return moves

    def _invoice_network(self, network):
        self._take_turn(network)
        self.invalidate_recordset(["state"])
        due = self.union().filtered(lambda fee: fee.state == "due").sorted("id")
        documents = [
            (member, document)
            for member, fees in due.grouped("member_id").items()
            for document in fees._documents()
        ]
        moves = self.env["account.move"].create(
            [self._prepare_move(network, *pair) for pair in documents]
        )
        moves._post(soft=False)
        for move, (member, document) in zip(moves, documents, strict=True):
            state = "credited" if document.type == "out_refund" else "invoiced"
            lines = self.browse().union(*document.lines)
            lines.write({"state": state, "move_id": move.id, "queued_by_id": False})
            self._draft_bill(move, member)
        rest = due.filtered(lambda fee: fee.state == "due")
        rest.write({"state": "offset", "queued_by_id": False})
        return moves

    def _draft_bill(self, move, member):
        """Give a hosted member's accountant the draft of what he is asked for."""
        company = member._books()
        if company and company != move.company_id:
            self.env["troc.draft.bill"]._draft_invoice(move, company)

    def _documents(self):
        """Return the documents for one member's due fees.

        Fees of one compensation are one line; those that come to nothing are none.
        What is given back goes on a credit note of the invoice that had asked for it.
        """
        lines = [
            fees
            for fees in self.grouped(lambda fee: fee.compensation_id or fee).values()
            if dec(fees._net())
        ]
        asked = [fees for fees in lines if fees._net() > 0]
        documents = [Document("out_invoice", self.move_id, asked)] if asked else []
        back = {}
        for fees in lines:
            if fees._net() < 0:
                back.setdefault(fees._asked_on(), []).append(fees)
        return documents + [
            Document("out_refund", origin, fees) for origin, fees in back.items()
        ]

    def _net(self):
        return sum(self.mapped("amount"))

    def _asked_on(self):
        """Return the first invoice that asked for the commission of these lines."""
        invoiced = self.compensation_id.fee_ids.filtered(
            lambda fee: fee.member_id == self.member_id and fee.state == "invoiced"
        )
        return invoiced.sorted("number").move_id[:1]

    def _prepare_move(self, network, member, document):
        partner = member.partner_id
        french = self.with_context(
            lang=partner.lang or network.company_id.partner_id.lang
        )
        term = document.lines[0].policy_id.payment_term_id
        values = {
            "move_type": document.type,
            "company_id": network.company_id.id,
            "partner_id": partner.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": network.name,
            "reversed_entry_id": document.origin.id,
            "invoice_line_ids": [
                Command.create(fees.with_env(french.env)._prepare_move_line())
                for fees in document.lines
            ],
        }
        if term and document.type == "out_invoice":
            values["invoice_payment_term_id"] = term.id
        return values

    def _prepare_move_line(self):
        """Return the invoice line of fees of one compensation, or of one year."""
        first = self.sorted("number")[0]
        try:
            product = first.policy_id._product(first.kind)
        except RuleError as error:
            exceptions.refuse(self.env, error, first.display_name)
        values = {
            "product_id": product.id,
            "name": first._line_name(),
            "quantity": 1,
            "price_unit": abs(self._net()),
            "analytic_distribution": first._analytic_distribution(),
        }
        if not product.taxes_id:
            # else Odoo takes the company's default tax
            values["tax_ids"] = [Command.clear()]
        return values

    def _line_name(self):
        """Return the words of an invoice line, in the language of the customer."""
        if self.kind != "commission":
            words = {
                "membership": self.env._("Membership"),
                "share": self.env._("Refundable share"),
            }
            first, last = (format_date(self.env, d) for d in (self.date, self.date_to))
            return f"{words[self.kind]} ({first} - {last})"
        compensation = self.compensation_id
        return self.env._(
            "Commission on %(number)s (%(compensation)s): %(rate)s %% of %(base)s",
            number=compensation.document_number,
            compensation=compensation.name,
            rate=formatLang(self.env, self.rate, digits=2),
            base=formatLang(self.env, compensation._fee_base(self), digits=2),
        )

    def _analytic_distribution(self):
        account = self.territory_id.analytic_account_id
        if not account or not self.territory_share:
            return False
        return {str(account.id): self.territory_share}

    # -- scheduled ------------------------------------------------------------

    @api.model
    def _cron_fees(self):
        """Find what is due up to last month, in each network that asks for fees.

        A network that ticked “automatic” has it invoiced; else its managers are told.
        """
        networks = self.env["troc.network"].search([("fee_policy_id", "!=", False)])
        scheduled.each_alone(networks, self._run_month)

    def _run_month(self, network):
        date_to = end_of(subtract(fields.Date.context_today(self), months=1), "month")
        self._prepare_due(network, date_to)
        due = self.search([("network_id", "=", network.id), ("state", "=", "due")])
        due = due.filtered(lambda fee: fee.date <= date_to or fee.number > 1)
        if due and network.fees_automatic:
            due._enqueue()
        elif due:
            network._notify_due(due)

    @api.model
    def _cron_fees_queue(self):
        """Invoice what was queued, a member at a time, as the user who queued it."""
        queued = self.search([("queued_by_id", "!=", False), ("state", "=", "due")])
        scheduled.each_alone(queued.member_id, self._invoice_queued)

    def _invoice_queued(self, member):
        queued = self.search(
            [
                ("member_id", "=", member.id),
                ("queued_by_id", "!=", False),
                ("state", "=", "due"),
            ]
        )
        for user, fees in queued.grouped("queued_by_id").items():
            own = fees.with_user(user)
            own._check_runner(member.network_id)
            own._invoice_now()
