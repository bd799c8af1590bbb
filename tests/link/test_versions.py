"""The table of differences between versions of Odoo."""

import pytest

from troc_link.books import versions


@pytest.mark.parametrize("major", [14, 15, 16, 17, 18, 19, 20])
def test_account(major):
    columns = versions.account_columns(major, 3)
    kind = "account_type" if major >= 16 else "user_type_id/id"
    company = "company_ids/.id" if major >= 18 else "company_id/.id"
    assert set(columns) == {"reconcile", kind, company}
    field = versions.account_domain(major, 3)[0]
    assert company.startswith(field)


@pytest.mark.parametrize(("major", "value"), [(16, "balance"), (17, "percent")])
def test_payment_terms(major, value):
    columns = versions.term_line_columns(major)
    assert columns["line_ids/value"] == value
    assert ("line_ids/days" in columns) == (major < 17)


def test_who_makes_the_pdf():
    assert versions.send_wizard(16) is None
    assert versions.send_wizard(17).values(5)["move_ids"] == [(6, 0, [5])]
    assert versions.send_wizard(18) == versions.send_wizard(19)
    values = versions.send_wizard(19).values(5)
    # nobody is sent anything
    assert values == {"move_id": 5, "sending_methods": [], "extra_edis": []}


def test_attachments_in_fields_are_asked_for_where_there_are_any():
    assert versions.attachments_domain(16, [1])[-1] == ("res_id", "in", [1])
    held = ("res_field", "=", versions.REPORT_FIELD)
    assert versions.attachments_domain(19, [1])[-1] == held


@pytest.mark.parametrize("major", [14, 15, 16, 17, 18, 19])
def test_what_is_sold(major):
    names = {leaf[0] for leaf in versions.invoice_lines_domain(major) if len(leaf) == 3}
    assert ("exclude_from_invoice_tab" in names) == (major < 16)
    assert "tax_line_id" in names
