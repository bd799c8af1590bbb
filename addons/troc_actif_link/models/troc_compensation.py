"""Invoices that a member's own Odoo sends, and the entries it books for them."""

import hashlib

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    reader as facturx_reader,
)
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import same_number

LIVE = ("draft", "submitted", "validated")


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    link_entry_ids = fields.One2many(
        "troc.link.entry",
        "compensation_id",
        "Own Odoo",
        readonly=True,
        groups="base.group_user",
    )

    @api.model
    def _push_document(self, member, name, content):
        """Submit one file of a link; return what `troc.link.push` tells of it."""
        try:
            data = self.env["troc.inbox"]._decode(name, content)
            parsed = facturx_reader.read_document(data)
        except exceptions.UserError as error:
            return self._tell_refused(str(error))
        except RuleError as error:
            return self._tell_refused(exceptions.explain(self.env, error, name))
        sha256 = hashlib.sha256(data).hexdigest()
        there = self._live_of_seller(member, sha256, parsed)
        if there:
            return there._tell_pushed("known")
        try:
            with self.env.cr.savepoint():
                made = self.env["troc.inbox"]._take(name, data, parsed)
                sealed(made).source = "rpc"
                result = "draft" if made.state == "draft" else "submitted"
                return made._tell_pushed(result)
        except exceptions.UserError as error:
            told = {"number": parsed.number, "sha256": sha256}
            return {**self._tell_refused(str(error)), **told}

    @api.model
    def _live_of_seller(self, member, sha256, parsed):
        """Return the live compensation of this file, or of this number and year."""
        # sudo: the seller's own; the caller is of that member
        return self.sudo().search(
            [
                ("seller_id", "=", member.id),
                ("state", "in", LIVE),
                "|",
                ("document_sha256", "=", sha256),
                "&",
                ("document_number", "=ilike", same_number(parsed.number)),
                ("document_year", "=", parsed.issue_date.year),
            ],
            limit=1,
        )

    @api.model
    def _latest_of_seller(self, member, wanted):
        """Return {(NUMBER, year, type): the latest compensation} of the seller's own.

        `wanted`: such tuples.
        """
        # sudo: the seller's own; the caller is of that member
        numbers = {number for number, _year, _type in wanted}
        spelled = numbers | {n.upper() for n in numbers} | {n.lower() for n in numbers}
        own = self.sudo().search(
            [
                ("seller_id", "=", member.id),
                ("document_year", "in", [year for _number, year, _type in wanted]),
                ("document_type", "in", ("invoice", "credit_note")),
                ("document_number", "in", list(spelled)),
            ],
            order="id",
        )
        return {
            (one.document_number.upper(), one.document_year, one.document_type): one
            for one in own
        }

    @api.model
    def _known_documents(self, member, wanted):
        """Return, in the order of `wanted`, what is known of each, or None."""
        found = self._latest_of_seller(member, wanted)
        named = [(number.upper(), year, kind) for number, year, kind in wanted]
        return [found[one]._tell_known() if one in found else None for one in named]

    def _tell_known(self):
        return {
            "compensation": self.name,
            "state": self.state,
            "sha256": self.document_sha256 or "",
            "message": self.with_env(self.env(su=False))._tell_state(),
        }

    def _tell_pushed(self, result):
        told = {"result": result, "number": self.document_number}
        return {**told, **self._tell_known()}

    def _tell_state(self):
        """Return why it waits or was refused; empty where there is nothing to say."""
        if self.state in ("refused", "reversed"):
            return self.sudo().decision_reason or ""
        return self.blocked_reason or ""

    @api.model
    def _tell_refused(self, message):
        return {
            "result": "refused",
            "compensation": "",
            "state": "",
            "number": "",
            "sha256": "",
            "message": message,
        }
