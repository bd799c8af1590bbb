"""What the reports of the accountant's pack share: whose books, on paper, as XLSX."""

import base64

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocHostedReportMixin(models.AbstractModel):
    """A report on the books of one hosted member, as its reader may see him.

    A concrete model names `_report` (the printed form) and the fields that are `_asked`
    for, and gives `_sheet()` and `_take_picture()`, which reads the books.
    """

    _name = "troc.hosted.report.mixin"
    _description = "Report on the books of a hosted member"

    _report = ""
    _asked = frozenset()

    member_id = fields.Many2one(
        "troc.member",
        "Company",
        required=True,
        domain=[("kind", "=", "hosted")],
        default=lambda self: self._own_member(),
    )
    # sudo: the reader of a network is no user of its members' companies
    company_id = fields.Many2one(
        "res.company", "Books", compute="_compute_company_id", compute_sudo=True
    )
    company_name = fields.Char(compute="_compute_company_id", compute_sudo=True)
    account_code = fields.Char(
        "Actif account", compute="_compute_company_id", compute_sudo=True
    )
    currency_id = fields.Many2one(related="member_id.currency_id")
    xlsx = fields.Binary(compute="_compute_xlsx")

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        for report in reports:
            report._take_picture()
        return reports

    def write(self, vals):
        result = super().write(vals)
        if self._asked & vals.keys():
            # without a member, which the database refuses, there are no books to read
            for report in self.filtered("member_id"):
                report._take_picture()
        return result

    @each_once
    def action_compare(self):
        """Read the books anew; the form then shows it."""
        self._take_picture()
        return True

    def _take_picture(self):
        raise NotImplementedError

    def _own_member(self):
        """Return the member whose books are open, else the first to be read."""
        members = self.env["troc.member"]
        own = members.search(
            [("kind", "=", "hosted"), ("company_id", "=", self.env.company.id)], limit=1
        )
        return own or members.search([("kind", "=", "hosted")], limit=1)

    @api.depends("member_id")
    def _compute_company_id(self):
        for report in self:
            company = report._books_shown()
            account = company.troc_account_id.with_company(company)
            report.company_id = company
            report.company_name = company.name
            report.account_code = account.code

    def _books_shown(self):
        """Return the company of a member whom the user may read, else none.

        A form that is being filled in computes too, before any right was checked.
        """
        member = self.member_id
        readable = member and member.sudo(False).has_access("read")
        return member._books() if readable else self.env["res.company"]

    def _books_read(self):
        """Return the company whose books are read, after checking the right to.

        sudo: the readers and managers of a network have no accounting right; what
        leaves is about its Actifs.
        """
        self.ensure_one()
        self.member_id.check_access("read")
        return self.member_id.sudo()._books()

    @api.depends("member_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = report._description_of()

    def _compute_xlsx(self):
        for report in self:
            report.xlsx = base64.b64encode(report._sheet())

    @each_once
    def action_pdf(self):
        """Print what is shown."""
        self.ensure_one()
        return self.env.ref(self._report).report_action(self)

    @each_once
    def action_xlsx(self):
        """Give what is shown as a spreadsheet."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/xlsx/{self._file_name()}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?download=true",
            "target": "self",
        }
