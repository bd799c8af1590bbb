from dataclasses import dataclass, field
from types import SimpleNamespace

from odoo import models
from odoo.tools import format_amount


@dataclass
class Parts:
    """What the taxes of one line of the seller's become in the buyer's books.

    taxes: the buyer's; fixed: [(name, amount, taxes)] that become lines of their own;
    same: whether the buyer's count on the price as the seller's do.
    """

    taxes: object
    fixed: list = field(default_factory=list)
    same: bool = True


class BuyersTaxes:
    """The purchase taxes of one company, as mirrors of a seller's; what was missing."""

    def __init__(self, company, taxes):
        self.company = company
        self.taxes = taxes
        self.missing = {}
        self.activated = taxes.browse()

    def _parts(self, line):
        """Return the Parts of a line of the seller's invoice."""
        own = line.tax_ids.flatten_taxes_hierarchy()
        fixed = own.filtered(lambda tax: tax.amount_type == "fixed" and tax.amount)
        rates = (own - fixed).filtered("amount")
        mirrors = {tax: self._mirror(tax, fixed) for tax in rates}
        same = not fixed and all(
            mirror.price_include == tax.price_include for tax, mirror in mirrors.items()
        )
        if not same:
            mirrors = {tax: self._mirror(tax, True) for tax in rates}
        taxes = self._use(line, mirrors)
        return Parts(taxes, self._fixed(line, fixed, taxes), same)

    def _use(self, line, mirrors):
        """Return the taxes of {seller's: buyer's}; note those that lack one.

        One that the chart of accounts holds back is put to use.
        """
        for tax, mirror in mirrors.items():
            if not mirror:
                self.missing[tax, line] = self._amount(line, tax)
        taxes = self.taxes.browse().union(*mirrors.values())
        held_back = taxes.filtered(lambda tax: not tax.active)
        held_back.active = True
        self.activated |= held_back
        return taxes

    def _mirror(self, tax, excluded):
        """Return the purchase tax of the same rate that is deducted at the same time.

        None is taken in the place of one that is not there: VAT would be deducted too
        early, or as that of a fixed asset.
        """
        return self.taxes.filtered(
            lambda own: (
                own.amount_type == tax.amount_type
                and own.amount == tax.amount
                and own.tax_exigibility == tax.tax_exigibility
                and self._is_of_scope(own, tax)
                and not (own.price_include and (excluded or not tax.price_include))
            )
        ).sorted(lambda own: self._rank(own, tax))[:1]

    def _is_of_scope(self, own, tax):
        """Goods and services differ by when VAT is deducted: at once, that is all."""
        either = not own.tax_scope or not tax.tax_scope
        at_once = tax.tax_exigibility == "on_invoice"
        return either or at_once or own.tax_scope == tax.tax_scope

    def _rank(self, own, tax):
        return (
            own.tax_scope != tax.tax_scope,
            bool(own.tax_scope),
            not own.active,
            own.price_include != tax.price_include,
            own.sequence,
            own.id,
        )

    def _fixed(self, line, fixed, taxes):
        """Return what each fixed tax of the line comes to, as lines of their own."""
        return [
            SimpleNamespace(
                name=tax.invoice_label or tax.name,
                amount=self._amount(line, tax),
                taxes=taxes if tax.include_base_amount else taxes.browse(),
            )
            for tax in fixed
        ]

    def _amount(self, line, tax):
        price = line.price_unit * (1 - line.discount / 100)
        found = line.tax_ids.compute_all(price, line.currency_id, line.quantity)
        return sum(one["amount"] for one in found["taxes"] if one["id"] == tax.id)

    def _notes(self):
        """Return the sentences for the accountant."""
        env = self.taxes.env
        notes = []
        if self.activated:
            notes.append(
                env._(
                    "Put to use for this draft, they were inactive: %s.",
                    ", ".join(self.activated.mapped("name")),
                )
            )
        for tax in self.taxes.browse().union(*(tax for tax, _line in self.missing)):
            amount = sum(self.missing[key] for key in self.missing if key[0] == tax)
            notes.append(
                env._(
                    "No purchase tax here is of %(rate)s %% and deducted when the "
                    "seller's is (%(name)s): %(amount)s of VAT are missing in this "
                    "draft. Create that tax, then put it on the line.",
                    rate=f"{tax.amount:g}",
                    name=tax.name,
                    amount=format_amount(env, amount, self.company.currency_id),
                )
            )
        return notes


class TrocDraftBillTaxes(models.AbstractModel):
    _name = "troc.draft.bill.taxes"
    _description = "The buyer's taxes for a seller's"

    def _of(self, company):
        """Return a company's BuyersTaxes: plain purchase taxes, inactive ones too."""
        # sudo: an animator who submits reads no taxes of the buyer's
        taxes_sudo = self.env["account.tax"].sudo().with_context(active_test=False)
        found = taxes_sudo.search(
            [("company_id", "=", company.id), ("type_tax_use", "=", "purchase")]
        )
        return BuyersTaxes(company, found.filtered(self._is_plain))

    def _is_plain(self, tax):
        """Tell whether a tax is no reverse charge."""
        return not tax.invoice_repartition_line_ids.filtered(lambda r: r.factor < 0)
