"""What a file would become, told before anything is written."""

from odoo import api

from ... import exceptions
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.facturx import reader as facturx_reader
from ..common.seal import sealed


class TrocCompensationCheck:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @api.model
    def check_document(self, name, content):
        """Say what `submit_document` would make of a file; write nothing.

        `content`: the bytes in base64.  Returns a dict: name, type (success, warning
        where something is left to do, danger where it would be refused), message, and
        as far as the file could be read number, date (ISO), seller, buyer, total,
        actif_share, actif_amount, cash_amount (euros and Actifs).
        """
        return self._check_file(name, self._decode(name, content))

    def _check_file(self, name, content, **more):
        """Say what `_submit_file` would make of a file, with the same `more`."""
        read = {"name": name}
        try:
            parsed = facturx_reader.read_document(content)
            read.update(self._stated(parsed))
            values, question = self._prepare_from_document(parsed, name)
            told = self._told_before(values, question, **more)
        except RuleError as error:
            told = {"type": "danger"}
            told["message"] = exceptions.explain(self.env, error, name)
        except exceptions.UserError as error:
            told = {"type": "danger", "message": str(error)}
        return {**read, **told}

    def _stated(self, parsed):
        """Return what any reader of the file sees in it."""
        return {
            "number": parsed.number,
            "date": parsed.issue_date.isoformat(),
            "seller": parsed.seller.name,
            "buyer": parsed.buyer.name,
            "total": float(parsed.total),
        }

    def _told_before(self, values, question, **more):
        """Return the verdict on values that would be written."""
        # in memory only: the same checks as a submission, as the real user
        draft = sealed(self).new(values)
        draft._check_told(**more)
        if question:
            message = exceptions.explain(self.env, question, values["document_number"])
            return {"type": "warning", "message": message}
        draft._check_submission()
        split = ("actif_share", "actif_amount", "cash_amount")
        told = {name: values[name] for name in split}
        return {**told, **draft._told_ready(**more)}

    def _check_told(self):
        """Refuse what the sender says beside the file; for other addons."""

    def _told_ready(self):
        """Return the verdict on an invoice that may be sent."""
        return {"type": "success", "message": self.env._("Ready to send.")}
