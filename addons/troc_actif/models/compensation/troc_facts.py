from odoo import models
from odoo.tools import format_date, formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    extract as facturx_extract,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    facts as facturx_facts,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    reader as facturx_reader,
)
from odoo.addons.troc_actif_invoice.tools import dec

AMOUNTS = ("total_untaxed", "total_tax", "total", "due", "actif_amount")
DATES = ("issue_date", "due_date")


class TrocFacts(models.AbstractModel):
    """Side by side: what a machine reads in a document, and what a person sees."""

    _name = "troc.facts"
    _description = "Facts of a document"

    def _stored(self, content, parsed=None):
        """Return the facts of a document as they are stored, None if unreadable.

        `parsed` is what it says, where it was read already.
        """
        try:
            parsed = parsed or facturx_reader.read_document(content)
        except RuleError:
            return None
        page = facturx_extract.page_text(content)
        return facturx_facts.to_json(facturx_facts.facts(parsed, page))

    def _html(self, compensation):
        """Return the facts of its document, against what is known here, as HTML."""
        return self.env["ir.qweb"]._render(
            "troc_actif.compensation_facts", {"rows": self._rows(compensation)}
        )

    def _rows(self, compensation):
        """Return a dict for each fact: label, file, known, on_page, mark."""
        facts = facturx_facts.from_json(compensation.document_facts or [])
        known = self._known(compensation)
        labels = self._labels()
        return [
            {"label": labels[fact.code], **self._row(fact, known.get(fact.code))}
            for fact in facts
        ]

    def _row(self, fact, known):
        return {
            "file": self._text(fact.code, fact.value),
            "known": self._text(fact.code, known),
            "on_page": fact.on_page,
            "mark": self._mark(fact, known),
        }

    def _mark(self, fact, known):
        """Return agrees, differs (from what is known here), unseen, or missing."""
        if fact.value is None:
            return "missing"
        if known is not None and not self._same(fact.code, fact.value, known):
            return "differs"
        return "unseen" if fact.on_page is False else "agrees"

    def _same(self, code, stated, known):
        if code in AMOUNTS or code == "actif_share":
            return dec(float(stated)) == dec(float(known))
        return " ".join(stated.split()).casefold() == " ".join(known.split()).casefold()

    def _known(self, compensation):
        """Return what this database knows of the same facts, as text by code.

        Names are not compared: a company may trade under another one than it is
        registered with; its number says who it is.
        """
        known = {
            "number": compensation.document_number,
            "issue_date": compensation.document_date.isoformat(),
            "seller_siren": compensation.seller_id.siren,
            "buyer_siren": compensation.buyer_id.siren,
            "total": str(
                compensation.move_id.amount_total or compensation.total_amount
            ),
            "total_untaxed": str(
                compensation.move_id.amount_untaxed or compensation.untaxed_amount
            ),
            "total_tax": str(
                compensation.move_id.amount_tax or compensation.tax_amount
            ),
        }
        if compensation.actif_share:
            known["actif_share"] = str(compensation.actif_share)
        return {code: value for code, value in known.items() if value}

    def _text(self, code, value):
        if value is None:
            return ""
        if code in AMOUNTS:
            return formatLang(self.env, float(value), digits=2)
        if code in DATES:
            return format_date(self.env, value)
        if code == "actif_share":
            return f"{formatLang(self.env, float(value), digits=2)} %"
        return value

    def _labels(self):
        return {
            "number": self.env._("Number"),
            "issue_date": self.env._("Date"),
            "due_date": self.env._("Due date"),
            "seller_name": self.env._("Seller"),
            "seller_siren": self.env._("SIREN of the seller"),
            "buyer_name": self.env._("Buyer"),
            "buyer_siren": self.env._("SIREN of the buyer"),
            "total_untaxed": self.env._("Total excl. VAT"),
            "total_tax": self.env._("VAT"),
            "total": self.env._("Total incl. VAT"),
            "due": self.env._("Amount due"),
            "actif_share": self.env._("Actif share"),
            "actif_amount": self.env._("Amount in Actifs"),
        }
