"""What all pages of a member share: whose account it is, and how a form is answered.

Odoo makes one class of all that derive from `CustomerPortal`, in whichever addon: our
helpers bear `_troc_` so that none hides another addon's.
"""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

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
        return self._troc_chosen(self._troc_members())

    def _troc_chosen(self, members):
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
        member = self._troc_chosen(members)
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

    def _troc_tell(self, text, kind="success"):
        """Show `text` on the next page, once."""
        request.session["troc_told"] = {"kind": kind, "text": text}

    def _troc_try(self, action, url):
        """Do what a form asks and go on to `url`, where a refusal is shown."""
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            self._troc_tell(str(error), "danger")
        return request.redirect(url)

    def _troc_readable(self, model, record_id):
        """Return a record that the user may read, else not found."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            record.exists().ensure_one()
        except (AccessError, MissingError, ValueError):
            raise request.not_found() from None
        return record

    def _troc_files(self, name, most):
        """Return [(name, bytes)] of a form's files, one more than `most` at the most,
        each cut one byte beyond what is taken, so that it is refused as too big."""
        files = request.httprequest.files.getlist(name)
        sent = []
        for file in [file for file in files if file.filename][: most + 1]:
            # Odoo repeats what conflicts, with the files where they were left
            file.stream.seek(0)
            sent.append((file.filename[:120], file.stream.read(MAX_BYTES + 1)))
        return sent

    def _troc_page(self, text):
        """Return the number of a page that an address names, 1 for nonsense."""
        return min(max(self._troc_number(text), 1), 10_000)

    def _troc_number(self, text, kind=int):
        """Return the number that a form or an address sends; nonsense counts as 0."""
        try:
            number = kind(str(text or 0).replace(",", ".").replace(" ", ""))
        except ValueError:
            return kind(0)
        # below zero, infinite, or too long for the database
        return number if 0 <= number < 2**31 else kind(0)
