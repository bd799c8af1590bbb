"""Invoices in Actifs: send one, see at once what was read, follow it, object to it."""

import time

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .base import ActifPortal

MAX_FILES = 10
# What one form may keep a worker for; one file takes seconds at most.
MAX_SECONDS = 15
LISTED = 50  # told of by name, though not read
STATES = {
    "open": [("state", "in", ("draft", "submitted"))],
    "validated": [("state", "=", "validated")],
    "closed": [("state", "in", ("refused", "reversed"))],
}


class ActifInvoices(ActifPortal):
    @http.route(
        ["/my/actif/invoices", "/my/actif/invoices/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def invoices(self, page=1, filterby=None, **_kwargs):
        member = self._troc_member()
        domain = [*member._compensation_domain(), *STATES.get(filterby, [])]
        compensations = request.env["troc.compensation"]
        pager = portal_pager(
            url="/my/actif/invoices",
            url_args={"filterby": filterby} if filterby else {},
            total=compensations.search_count(domain),
            page=self._troc_page(page),
            step=self._items_per_page,
        )
        found = compensations.search(
            domain,
            order="document_date desc, id desc",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        return request.render(
            "troc_actif_portal.invoices",
            self._troc_values(
                "troc_invoices",
                rows=[(c, c._portal_row(member)) for c in found],
                pager=pager,
                filterby=filterby,
                results=request.session.pop("troc_results", []),
                max_files=MAX_FILES,
            ),
        )

    @http.route(
        "/my/actif/invoices/send",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def send(self, **typed):
        """Submit the files of the form, each with its own result."""
        inbox = request.env["troc.inbox"]
        results = self._troc_each_file(inbox._submit, typed)
        request.session["troc_results"] = results
        url = "/my/actif/invoices"
        # the script that shows the progress goes there by itself: what is told, is
        # told to one page only
        by_script = request.httprequest.headers.get("X-Requested-With")
        return request.make_response(url) if by_script else request.redirect(url)

    @http.route(
        "/my/actif/invoices/read",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        readonly=True,
    )
    def read_files(self, **typed):
        """Say what is in the files of the form, before they are sent; keep nothing.

        Answers a piece of a page, for the script that shows it below the form.
        """
        inbox = request.env["troc.inbox"]
        results = self._troc_each_file(inbox._check, typed)
        ready = sum(result["type"] != "danger" for result in results)
        return request.render(
            "troc_actif_portal.invoices_read",
            {"results": results, "ready": ready, "count": len(results)},
        )

    def _troc_each_file(self, treat, typed):
        """Return what `treat` says of each file of the form, none left out."""
        self._troc_member()
        told = self._troc_told_with_files(typed)
        files = self._troc_files("files", LISTED)
        try:
            request.env["troc.inbox"]._queue_up()
        except UserError as error:
            return [self._troc_not_read(name, str(error)) for name, _file in files]
        return [
            *self._troc_in_time(treat, files[:MAX_FILES], told),
            *(self._troc_too_many(name) for name, _file in files[MAX_FILES:]),
        ]

    def _troc_in_time(self, treat, files, told):
        """Yield what `treat` says of each file, as long as there is time for it."""
        end = time.monotonic() + MAX_SECONDS
        late = request.env._(
            "Not read: the files before it took too long. Send this one again, alone."
        )
        for name, content in files:
            if time.monotonic() < end:
                yield treat(name, content, **told)
            else:
                yield self._troc_not_read(name, late)

    def _troc_not_read(self, name, message):
        return {"name": name, "type": "danger", "message": message}

    def _troc_told_with_files(self, typed):
        """Return what the form says beside its files (see `troc.inbox`)."""
        return {}

    def _troc_too_many(self, name):
        message = request.env._(
            "Not read: at most %s files at once. Send this one again.", MAX_FILES
        )
        return self._troc_not_read(name, message)

    @http.route(
        "/my/actif/invoices/<int:compensation_id>",
        type="http",
        auth="user",
        website=True,
    )
    def invoice(self, compensation_id, **_kwargs):
        return self._troc_show_invoice(self._troc_compensation(compensation_id))

    def _troc_show_invoice(self, compensation, error=None, typed=""):
        member = self._troc_side_of_invoice(compensation)
        return request.render(
            "troc_actif_portal.invoice",
            self._troc_values(
                "troc_invoice",
                compensation=compensation,
                member=member,
                typed=typed,
                row=compensation._portal_row(member),
                stage=compensation._portal_stage(),
                may_dispute=compensation.state == "submitted"
                and not compensation.is_disputed,
                may_accept=compensation._portal_may_accept(member),
                error=error,
            ),
        )

    @http.route(
        "/my/actif/invoices/<int:compensation_id>/document", type="http", auth="user"
    )
    def document(self, compensation_id, **_kwargs):
        """The document, byte for byte, always as a download: it is another's file."""
        compensation = self._troc_compensation(compensation_id)
        attachment = compensation._document_attachment()
        if compensation.document_fault:
            # that page says so
            return request.redirect(f"/my/actif/invoices/{compensation_id}")
        if not attachment:
            raise request.not_found()
        return request.make_response(
            attachment.raw,
            [
                ("Content-Type", "application/octet-stream"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", content_disposition(attachment.name)),
            ],
        )

    @http.route(
        "/my/actif/invoices/<int:compensation_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def dispute(self, compensation_id, reason=None, **_kwargs):
        """Stop the validation with a reason, until an animator settles it."""
        compensation = self._troc_compensation(compensation_id)
        url = f"/my/actif/invoices/{compensation_id}"
        try:
            compensation.action_dispute(reason)
        except UserError as error:
            return self._troc_show_invoice(compensation, str(error), typed=reason)
        return request.redirect(url)

    @http.route(
        "/my/actif/invoices/<int:compensation_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def accept(self, compensation_id, **_kwargs):
        """The buyer's word that the invoice is right."""
        compensation = self._troc_compensation(compensation_id)
        return self._troc_try(
            compensation.action_accept, f"/my/actif/invoices/{compensation_id}"
        )

    def _troc_compensation(self, compensation_id):
        """Return a compensation of one of the user's own companies, else not found."""
        compensation = request.env["troc.compensation"].browse(compensation_id)
        members = self._troc_members()
        try:
            compensation.check_access("read")
            sides = compensation.exists()._both_sides()
        except (AccessError, MissingError):
            raise request.not_found() from None
        if not sides & members:
            raise request.not_found()
        return compensation

    def _troc_side_of_invoice(self, compensation):
        """Return the own company that this invoice is of: the chosen one, if both."""
        own = self._troc_members() & compensation._both_sides()
        return own & self._troc_member() or own[:1]
