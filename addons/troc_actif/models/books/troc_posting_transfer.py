"""Entries of transfers outside invoices, in the register and in hosted books."""

from odoo import Command

from odoo.addons.troc_actif_invoice.lib.actif_rules import entries
from odoo.addons.troc_actif_invoice.tools import dec


class TrocPostingTransfer:
    """A part of TrocPosting, where its fields stand."""

    __slots__ = ()

    def _post_transfers(self, transfers, date):
        """Post all their entries; return {transfer: its register entry}."""
        self._post_in_books(transfers, date)
        posted = {}
        for network, group in transfers.grouped("network_id").items():
            env = self._in_companies(network.company_id)
            moves = env["account.move"].create(
                [self._prepare_transfer_register(t, date) for t in group]
            )
            moves._post(soft=False)
            posted.update(zip(group, moves, strict=True))
        return posted

    def _post_in_books(self, transfers, date):
        """Post the entries of the hosted members' own books, in one batch."""
        companies = transfers._companies()
        if not companies:
            return
        env = self._in_companies(companies)
        moves = env["account.move"].create(
            [
                self._prepare_transfer_move(transfer, side, date)
                for transfer in transfers
                for side in ("giver", "taker")
                if transfer[f"{side}_id"]._books()
            ]
        )
        moves._post(soft=False)

    def _prepare_transfer_move(self, transfer, side, date):
        """Return the values of one member's entry (see the table in entries.py)."""
        company = transfer[f"{side}_id"]._books()
        accounts = {
            "actif": company.troc_account_id,
            "counterpart": company._troc_transfer_account(transfer.kind, side),
        }
        other = transfer.taker_id if side == "giver" else transfer.giver_id
        return {
            **self._prepare_transfer_head(transfer, date),
            "journal_id": company.troc_journal_id.id,
            "company_id": company.id,
            "line_ids": [
                self._prepare_transfer_line(transfer, line, accounts[line.role], other)
                for line in self._transfer_lines(transfer)
                if line.book == side
            ],
        }

    def _prepare_transfer_register(self, transfer, date):
        network = transfer.network_id
        parties = {
            "register_giver": (transfer.giver_id, transfer.taker_id),
            "register_taker": (transfer.taker_id, transfer.giver_id),
        }
        return {
            **self._prepare_transfer_head(transfer, date),
            "journal_id": network.register_journal_id.id,
            "company_id": network.company_id.id,
            "line_ids": [
                self._prepare_transfer_line(
                    transfer,
                    line,
                    network.register_account_id,
                    parties[line.role][1],
                    parties[line.role][0],
                )
                for line in self._transfer_lines(transfer)
                if line.book == "register"
            ],
        }

    def _prepare_transfer_head(self, transfer, date):
        return {
            "troc_transfer_id": transfer.id,
            "move_type": "entry",
            "date": date,
            "ref": transfer._reference(),
        }

    def _transfer_lines(self, transfer):
        return entries.transfer_lines(
            dec(transfer.amount),
            giver_hosted=bool(transfer.giver_id._books()),
            taker_hosted=bool(transfer.taker_id._books()),
        )

    def _prepare_transfer_line(self, transfer, line, account, other, partner=None):
        """`partner`: whose account it is in the register; else the other member."""
        return Command.create(
            {
                "account_id": account.id,
                "partner_id": (partner or other).partner_id.id,
                "name": self._transfer_label(transfer, other),
                "debit": float(line.debit),
                "credit": float(line.credit),
            }
        )

    def _transfer_label(self, transfer, other):
        network = transfer.network_id.name
        return f"Actif {transfer.name} {other.name} ({network}) {transfer.reason}"

    def _reverse_transfers(self, transfers, date):
        """Reverse all their entries as of `date`, the register last."""
        register = transfers.register_move_id
        others = transfers.entry_ids - register
        for moves in (others, register):
            if moves:
                own = moves.with_env(self._in_companies(moves.company_id))
                self._reverse_moves(own, date)
