"""Every difference between versions of Odoo at the member's end, 14 to 19 and later.

Only 19 runs in the tests; what is said of older ones comes from their sources and is
chosen here, nowhere else.  The link calls what has been the same since 14: search_read
(never `search` and `search_count`, whose `domain` was `args` before 17), read, load,
create, fields_get.  Fields of a localisation are asked for (`fields_there`).

- account.account: `user_type_id` became `account_type` in 16; `company_id` became
  `company_ids` in 18, when an account may belong to several companies.
- account.payment.term.line: one line of the "balance" after `days` before 17;
  "percent" and `nb_days` since.
- account.move.line: `exclude_from_invoice_tab` before 16; `display_type` "product" and
  "rounding" since.
- The PDF of an invoice: made by `account.move.send.wizard` since 18, by
  `account.move.send` (with boxes to tick) in 17, only by printing before; kept in the
  field `invoice_pdf_report_file` since 17, as any attachment before.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OLDEST = 14
ACCOUNT_TYPE_IDS, ACCOUNT_COMPANIES, PDF_FIELD, TERM_PERCENT = 16, 18, 17, 17
SEND_BOXES, SEND_WIZARD = 17, 18
USER_GROUPS = 18
TERM_DAYS = "30"

REPORT_FIELD = "invoice_pdf_report_file"


@dataclass(frozen=True)
class SendWizard:
    """How Odoo is asked to make the PDF of an invoice, and to send it to nobody.

    Neither by mail nor to an authority (`extra_edis`); it then shows it as sent.
    """

    model: str
    method: str
    params: dict

    def values(self, move_id: int) -> dict:
        """Return what a wizard for this invoice is created with."""
        if self.model == "account.move.send":
            boxes = {"checkbox_send_mail": False, "checkbox_download": False}
            return {"move_ids": [(6, 0, [move_id])], **boxes}
        return {"move_id": move_id, "sending_methods": [], "extra_edis": []}


def account_domain(major: int, company_id: int) -> tuple:
    """Return the condition for accounts of a company.

    >>> account_domain(17, 3)
    ('company_id', '=', 3)
    """
    if major >= ACCOUNT_COMPANIES:
        return ("company_ids", "in", [company_id])
    return ("company_id", "=", company_id)


def account_columns(major: int, company_id: int) -> dict[str, str]:
    """Return what an asset account of a company is loaded with, name and code aside."""
    columns = {"reconcile": "False"}
    if major >= ACCOUNT_TYPE_IDS:
        columns["account_type"] = "asset_current"
    else:
        columns["user_type_id/id"] = "account.data_account_type_current_assets"
    several = major >= ACCOUNT_COMPANIES
    columns["company_ids/.id" if several else "company_id/.id"] = str(company_id)
    return columns


def term_line_columns(major: int) -> dict[str, str]:
    """Return what the only line of a payment term is loaded with: all, in 30 days."""
    if major >= TERM_PERCENT:
        return {
            "line_ids/value": "percent",
            "line_ids/value_amount": "100",
            "line_ids/nb_days": TERM_DAYS,
        }
    return {"line_ids/value": "balance", "line_ids/days": TERM_DAYS}


def invoice_lines_domain(major: int) -> list:
    """Return the condition for what an invoice sells, and for its taxes."""
    if major >= ACCOUNT_TYPE_IDS:
        sold = ("display_type", "in", ["product", "rounding"])
        return ["|", sold, ("tax_line_id", "!=", False)]
    sold = ["&", ("exclude_from_invoice_tab", "=", False), ("display_type", "=", False)]
    return ["|", *sold, ("tax_line_id", "!=", False)]


def attachments_domain(major: int, move_ids: Iterable[int]) -> list:
    """Return the condition for what may be the document of these invoices."""
    domain = [("res_model", "=", "account.move"), ("res_id", "in", list(move_ids))]
    # without a word on res_field, Odoo leaves out what fields hold
    fields = ["|", ("res_field", "=", False), ("res_field", "=", REPORT_FIELD)]
    return [*domain, *fields] if major >= PDF_FIELD else domain


def send_wizard(major: int) -> SendWizard | None:
    """Return how to have the PDF made; None where there is no public way."""
    if major >= SEND_WIZARD:
        return SendWizard("account.move.send.wizard", "action_send_and_print", {})
    if major == SEND_BOXES:
        now = {"force_synchronous": True}
        return SendWizard("account.move.send", "action_send_and_print", now)
    return None


def fields_there(client, model: str, names: Iterable[str]) -> list[str]:
    """Return those of these fields that a model has, in their order (one call)."""
    names = list(names)
    found = client.call(model, "fields_get", allfields=names, attributes=["type"])
    return [name for name in names if name in found]


def group_ids(major: int, user_id: int) -> list[int] | None:
    """Return what `res.users.has_group` is called on: the model until 17.

    >>> group_ids(17, 2), group_ids(19, 2)
    (None, [2])
    """
    return [user_id] if major >= USER_GROUPS else None
