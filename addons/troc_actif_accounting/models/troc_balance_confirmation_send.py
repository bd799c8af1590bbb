"""How the confirmations of a year are made, numbered, printed and mailed."""

import base64
import hashlib
from datetime import timedelta

from odoo import api, fields

from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed

# Printing takes about a second a letter: more than so many go through the queue.
CHUNK = 5


class TrocBalanceConfirmationSend:
    """A part of TrocBalanceConfirmation, where its fields stand."""

    __slots__ = ()

    @api.model
    def _make(self, network, date_from, date_to):
        """Make the drafts of all who are to be asked; return them.

        The caller has checked the right.
        """
        figures = self._figures(network, date_from, date_to)
        members = self._to_ask(network, date_to, figures)
        sequence = self._sequence_of(network)
        return sealed(self).create(
            [
                {
                    "name": sequence.next_by_id(sequence_date=date_to),
                    "network_id": network.id,
                    "member_id": member.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    **figures[member.id],
                }
                for member in members.sorted("name")
            ]
        )

    def _asked(self, network, date_to):
        """Return the confirmations of that day that stand: who contested is no more."""
        return self.search(
            [
                ("network_id", "=", network.id),
                ("date_to", "=", date_to),
                ("state", "!=", "contested"),
            ]
        )

    def _to_ask(self, network, date_to, figures):
        """Return the members of `figures` who are still to be asked.

        Not the network itself: its own account is the operator's.
        """
        asked = self._asked(network, date_to).member_id
        members = self.env["troc.member"].browse(figures).exists()
        return members - asked - network.own_member_id

    def _figures(self, network, date_from, date_to):
        """Return {member id: figures} of all who had a movement until `date_to`."""
        # sudo: the figures of the whole network; the caller has checked the right
        items_sudo = self.env["troc.register.item"].sudo()
        until = [("network_id", "=", network.id), ("date", "<=", date_to)]
        sums = ["amount:sum", "earned:sum", "spent:sum"]
        year = {
            member.id: rest
            for member, *rest in items_sudo._read_group(
                [*until, ("date", ">=", date_from)], ["member_id"], sums
            )
        }
        ends = items_sudo._read_group(until, ["member_id"], ["amount:sum"])
        figures = {}
        for member, balance in ends:
            moved, earned, spent = year.get(member.id, (0.0, 0.0, 0.0))
            figures[member.id] = {
                "opening": balance - moved,
                "earned": earned,
                "spent": spent,
                "balance": balance,
            }
        return figures

    def _sequence_of(self, network):
        """Return the numbering of a network's confirmations; made with the first."""
        # sudo: a network manager administers no sequences
        sequences_sudo = self.env["ir.sequence"].sudo()
        code = f"troc.balance.confirmation.{network.id}"
        return sequences_sudo.search(
            [("code", "=", code)], limit=1
        ) or sequences_sudo.create(
            {
                "name": f"Confirmations de solde – {network.name}",
                "code": code,
                "prefix": "CONF/%(range_year)s/",
                "padding": 4,
                "implementation": "no_gap",
                "use_date_range": True,
                "company_id": False,
            }
        )

    def _send_or_queue(self):
        """Send a few at once, many through the queue."""
        if len(self) <= CHUNK:
            return each_alone(sealed(self), lambda confirmation: confirmation._send())
        # sudo: starting a scheduled action is no right of a manager
        return (
            self.env.ref("troc_actif_accounting.cron_confirmations").sudo()._trigger()
        )

    @api.model
    def _cron_send(self):
        """Print and mail what waits, one letter a transaction, with progress."""
        drafts = self.search([("state", "=", "draft")], order="id")
        each_alone(sealed(drafts), lambda confirmation: confirmation._send())

    def _send(self):
        """Print the letter, freeze it with its fingerprint, and mail it."""
        self.ensure_one()
        self.lock_for_update()
        if self.state != "draft":
            return
        content = self._printed()
        self.write(
            {
                "document": base64.b64encode(content),
                "document_sha256": hashlib.sha256(content).hexdigest(),
                "state": "sent",
                "sent_on": fields.Datetime.now(),
            }
        )
        template = unsealed(self).env.ref(
            "troc_actif_accounting.mail_balance_confirmation"
        )
        attachment = self._attachment()
        template.send_mail(self.id, email_values={"attachment_ids": attachment.ids})

    def _printed(self):
        own = self.with_context(lang=self._lang())
        reports = own.env["ir.actions.report"]
        return reports._render_qweb_pdf(
            "troc_actif_accounting.report_confirmation", self.ids
        )[0]

    def _attachment(self):
        """Return a copy of the letter for the mail: the field's own has no name."""
        return self.env["ir.attachment"].create(
            {
                "name": self.document_filename,
                "datas": self.document,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _lang(self):
        return self.partner_id.lang or self.network_id.company_id.partner_id.lang

    def _recipients(self):
        """Return whom the letter goes to: who acts for the member, else the company."""
        return self.member_id._traders().partner_id or self.partner_id

    def _opened_on(self):
        """Return the day of the opening balance."""
        return self.date_from - timedelta(days=1)

    def _issued_on(self):
        """Return the day that the letter bears."""
        return self.sent_on or fields.Date.context_today(self)

    def _is_intact(self):
        """Tell whether the letter is the one that was sent."""
        content = base64.b64decode(self.with_context(bin_size=False).document or b"")
        return hashlib.sha256(content).hexdigest() == self.document_sha256
