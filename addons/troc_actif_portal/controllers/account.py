"""The member's account: what he can spend, and every movement."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .base import ActifPortal

LAST_MOVEMENTS = 5


class ActifAccount(ActifPortal):
    @http.route("/my/actif", type="http", auth="user", website=True, readonly=True)
    def my_actif(self, **_kwargs):
        member = self._troc_member()
        waiting = request.env["troc.compensation"].search(
            [*member._compensation_domain(), ("state", "in", ("draft", "submitted"))],
            limit=10,
        )
        return request.render(
            "troc_actif_portal.home",
            self._troc_values(
                "troc_home",
                picture=member._balance_picture(),
                movements=member._movements(
                    member._movements_domain(), limit=LAST_MOVEMENTS
                ),
                waiting=[(c, c._portal_row(member)) for c in waiting],
                **member._portal_home(),
            ),
        )

    @http.route("/my/actif/member/<int:member_id>", type="http", auth="user")
    def choose_member(self, member_id):
        """Look at another of one's own companies."""
        if member_id in self._troc_members().ids:
            request.session["troc_member_id"] = member_id
        return request.redirect("/my/actif")

    @http.route(
        ["/my/actif/statement", "/my/actif/statement/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def statement(self, page=1, date_from=None, date_to=None, search=None, **_kwargs):
        member = self._troc_member()
        first, last = self._troc_day(date_from), self._troc_day(date_to)
        domain = member._movements_domain(first, last, search)
        step = self._items_per_page
        query = {"date_from": date_from, "date_to": date_to, "search": search}
        pager = portal_pager(
            url="/my/actif/statement",
            url_args={k: v for k, v in query.items() if v},
            total=request.env["troc.register.item"].search_count(domain),
            page=self._troc_page(page),
            step=step,
        )
        return request.render(
            "troc_actif_portal.statement",
            self._troc_values(
                "troc_statement",
                movements=member._movements(domain, limit=step, offset=pager["offset"]),
                pager=pager,
                query=query,
                months=self._troc_months(),
            ),
        )

    @http.route("/my/actif/statement.csv", type="http", auth="user", readonly=True)
    def statement_csv(self, date_from=None, date_to=None, search=None, **_kwargs):
        member = self._troc_member()
        domain = member._movements_domain(
            self._troc_day(date_from), self._troc_day(date_to), search
        )
        text = member._statement_csv(member._movements(domain))
        name = request.env._("actif-statement.csv")
        return request.make_response(
            text,
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    @http.route("/my/actif/statement.pdf", type="http", auth="user")
    def statement_pdf(self, month=None, **_kwargs):
        """The statement of one month (2026-11), the current one by default."""
        member = self._troc_member()
        first = self._troc_day(f"{month}-01") or fields.Date.context_today(member)
        first = first.replace(day=1)
        last = first + relativedelta(months=1, days=-1)
        return self._troc_print_statement(member, first, last)

    def _troc_print_statement(self, member, first, last):
        # sudo: rendering reads the report; `member` was found with the user's rights
        report_sudo = request.env["ir.actions.report"].sudo()
        content, _kind = report_sudo._render_qweb_pdf(
            "troc_actif_portal.report_statement",
            member.ids,
            data={"date_from": first.isoformat(), "date_to": last.isoformat()},
        )
        name = f"releve-actif-{first:%Y-%m}.pdf"
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    def _troc_day(self, text):
        """Return the day that a form sends, None for nothing or nonsense."""
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return None

    def _troc_months(self):
        today = fields.Date.context_today(request.env.user)
        return [
            (today.replace(day=1) - relativedelta(months=back)) for back in range(12)
        ]
