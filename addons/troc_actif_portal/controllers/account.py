"""The member's account: what he can spend, and every movement."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

LAST_MOVEMENTS = 5
MAX_BYTES = 10 * 1024 * 1024


class ActifPortal(CustomerPortal):
    """What all pages share: whose account it is, and the tile on the home page."""

    def _troc_members(self):
        """Return the members whose pages the user may see, as himself."""
        user = request.env.user
        members = request.env["troc.member"]
        if not members.has_access("read"):
            return members
        return members.search([("id", "in", members._of_user(user).ids)])

    def _troc_member(self):
        """Return the member that the page is about; not found when there is none."""
        return self._chosen(self._troc_members())

    def _chosen(self, members):
        chosen = members.filtered(
            lambda m: m.id == request.session.get("troc_member_id")
        )
        member = chosen or members[:1]
        if not member:
            raise request.not_found()
        return member

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "troc_member_count" in counters:
            values["troc_member_count"] = len(self._troc_members())
        return values

    def _troc_values(self, page_name, **values):
        members = self._troc_members()
        member = self._chosen(members)
        right = member._right_by_groups(request.env.user)
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page_name,
            "member": member,
            "members": members,
            # sudo: whose name and logo stand on the page
            "res_company": member.sudo().network_id.company_id,
            "may_trade": right in ("trade", "administer"),
            "may_administer": right == "administer",
            "told": request.session.pop("troc_told", None),
            **values,
        }

    def _tell(self, text, kind="success"):
        """Show `text` on the next page, once."""
        request.session["troc_told"] = {"kind": kind, "text": text}

    def _try(self, action, url):
        """Do what a form asks and go on to `url`, where a refusal is shown."""
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            self._tell(str(error), "danger")
        return request.redirect(url)

    def _readable(self, model, record_id):
        """Return a record that the user may read, else not found."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            record.exists().ensure_one()
        except (AccessError, MissingError, ValueError):
            raise request.not_found() from None
        return record

    def _files(self, name, most):
        """Return [(name, bytes)] of a form's files, one more than `most` at the most,
        each cut one byte beyond what is taken, so that it is refused as too big."""
        files = request.httprequest.files.getlist(name)
        sent = []
        for file in [file for file in files if file.filename][: most + 1]:
            # Odoo repeats what conflicts, with the files where they were left
            file.stream.seek(0)
            sent.append((file.filename[:120], file.stream.read(MAX_BYTES + 1)))
        return sent

    def _page(self, text):
        """Return the number of a page that an address names, 1 for nonsense."""
        return min(max(self._number(text), 1), 10_000)

    def _number(self, text, kind=int):
        """Return the number that a form or an address sends; nonsense counts as 0."""
        try:
            number = kind(str(text or 0).replace(",", ".").replace(" ", ""))
        except ValueError:
            return kind(0)
        # below zero, infinite, or too long for the database
        return number if 0 <= number < 2**31 else kind(0)


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
        first, last = self._day(date_from), self._day(date_to)
        domain = member._movements_domain(first, last, search)
        step = self._items_per_page
        query = {"date_from": date_from, "date_to": date_to, "search": search}
        pager = portal_pager(
            url="/my/actif/statement",
            url_args={k: v for k, v in query.items() if v},
            total=request.env["troc.register.item"].search_count(domain),
            page=self._page(page),
            step=step,
        )
        return request.render(
            "troc_actif_portal.statement",
            self._troc_values(
                "troc_statement",
                movements=member._movements(domain, limit=step, offset=pager["offset"]),
                pager=pager,
                query=query,
                months=self._months(),
            ),
        )

    @http.route("/my/actif/statement.csv", type="http", auth="user", readonly=True)
    def statement_csv(self, date_from=None, date_to=None, search=None, **_kwargs):
        member = self._troc_member()
        domain = member._movements_domain(
            self._day(date_from), self._day(date_to), search
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
        first = self._day(f"{month}-01") or fields.Date.context_today(member)
        first = first.replace(day=1)
        last = first + relativedelta(months=1, days=-1)
        return self._print_statement(member, first, last)

    def _print_statement(self, member, first, last):
        # sudo: rendering reads the report; `member` was found with the user's rights
        report = request.env["ir.actions.report"].sudo()
        content, _kind = report._render_qweb_pdf(
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

    def _day(self, text):
        """Return the day that a form sends, None for nothing or nonsense."""
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return None

    def _months(self):
        today = fields.Date.context_today(request.env.user)
        return [
            (today.replace(day=1) - relativedelta(months=back)) for back in range(12)
        ]
