"""For the member's accountant: entries to book, and the balance to confirm."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.http import content_disposition, request

from odoo.addons.troc_actif_portal.controllers.base import ActifPortal

BOOKINGS = "/my/actif/bookings"
CONFIRMATIONS = "/my/actif/confirmations"
CODES = ("actif_code", "customer_code", "supplier_code")


class ActifAccounting(ActifPortal):
    @http.route(BOOKINGS, type="http", auth="user", website=True, readonly=True)
    def bookings(self, month=None, **_kwargs):
        """The entries of one month (2026-11), the current one by default."""
        member = self._troc_member()
        first, last = self._troc_month(month)
        lines = member._bookings(first, last)
        return request.render(
            "troc_actif_accounting.bookings",
            self._troc_values(
                "troc_bookings",
                lines=lines,
                names=member._booking_names(),
                notes=member._booking_notes(lines),
                text=member._bookings_text(lines),
                codes=member._booking_accounts(),
                month=first,
                months=self._troc_last_months(),
            ),
        )

    @http.route(f"{BOOKINGS}.csv", type="http", auth="user", readonly=True)
    def bookings_csv(self, month=None, **_kwargs):
        member = self._troc_member()
        first, last = self._troc_month(month)
        text = member._bookings_csv(member._bookings(first, last))
        return self._troc_download(
            text, f"ecritures-actifs-{first:%Y-%m}.csv", "text/csv"
        )

    @http.route(f"{BOOKINGS}.txt", type="http", auth="user", readonly=True)
    def bookings_fec(self, month=None, **_kwargs):
        """The same as lines of a FEC, for the software of an accountant."""
        member = self._troc_member()
        first, last = self._troc_month(month)
        text = member._bookings_fec(member._bookings(first, last))
        return self._troc_download(
            text, f"ecritures-fec-{first:%Y-%m}.txt", "text/plain"
        )

    @http.route(
        f"{BOOKINGS}/accounts", type="http", auth="user", website=True, methods=["POST"]
    )
    def booking_accounts(self, **form):
        """Keep the codes of the member's own chart."""
        member = self._troc_member()
        codes = [form.get(name, "") for name in CODES]
        return self._troc_try(lambda: member.action_set_booking_codes(*codes), BOOKINGS)

    def _troc_download(self, text, name, kind):
        return request.make_response(
            text,
            [
                ("Content-Type", f"{kind}; charset=utf-8"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    def _troc_month(self, text):
        """Return the first and last day of the month that an address names."""
        try:
            first = fields.Date.to_date(f"{text}-01") if text else None
        except ValueError:
            first = None
        first = first or fields.Date.context_today(request.env.user).replace(day=1)
        # the calendar ends with the year 9999
        return first, first + relativedelta(day=31)

    def _troc_last_months(self):
        month = fields.Date.context_today(request.env.user).replace(day=1)
        months = []
        for _back in range(14):
            months.append(month)
            month = (month - timedelta(days=1)).replace(day=1)
        return months

    # -- the balance at year end ------------------------------------------------------

    @http.route(CONFIRMATIONS, type="http", auth="user", website=True, readonly=True)
    def confirmations(self, **_kwargs):
        member = self._troc_member()
        found = request.env["troc.balance.confirmation"].search(
            [("member_id", "=", member.id), ("state", "!=", "draft")]
        )
        return request.render(
            "troc_actif_accounting.confirmations",
            self._troc_values("troc_confirmations", confirmations=found),
        )

    @http.route(
        f"{CONFIRMATIONS}/<int:confirmation_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def confirmation(self, confirmation_id, **_kwargs):
        confirmation = self._troc_own_confirmation(confirmation_id)
        return request.render(
            "troc_actif_accounting.confirmation",
            self._troc_values("troc_confirmation", confirmation=confirmation),
        )

    @http.route(f"{CONFIRMATIONS}/<int:confirmation_id>/pdf", type="http", auth="user")
    def confirmation_pdf(self, confirmation_id, **_kwargs):
        """The letter, byte for byte as it was sent."""
        confirmation = self._troc_own_confirmation(confirmation_id)
        # sudo: the file belongs to the record, which the user may read
        stream = request.env["ir.binary"]._get_stream_from(
            confirmation.sudo(), "document", confirmation.document_filename
        )
        return stream.get_response(as_attachment=True)

    @http.route(
        f"{CONFIRMATIONS}/<int:confirmation_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def confirm_balance(self, confirmation_id, **_kwargs):
        confirmation = self._troc_own_confirmation(confirmation_id)
        return self._troc_try(confirmation.action_confirm, confirmation._portal_url())

    @http.route(
        f"{CONFIRMATIONS}/<int:confirmation_id>/contest",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def contest_balance(self, confirmation_id, reason=None, **_kwargs):
        """Say what is wrong; the member's animators have it to look into."""
        confirmation = self._troc_own_confirmation(confirmation_id)
        return self._troc_try(
            lambda: confirmation.action_contest(reason), confirmation._portal_url()
        )

    def _troc_own_confirmation(self, confirmation_id):
        """Return a confirmation of one of the user's own companies, else not found."""
        confirmation = self._troc_readable("troc.balance.confirmation", confirmation_id)
        if confirmation.member_id not in self._troc_members():
            raise request.not_found()
        return confirmation
