"""A member takes all that is stored of him."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.troc_actif_portal.controllers.base import ActifPortal
from odoo.addons.troc_actif_portal.controllers.colleagues import URL


class ActifData(ActifPortal):
    @http.route(f"{URL}/data", type="http", auth="user", website=True, methods=["POST"])
    def ask_data(self, **_kwargs):
        """Gather it: at once when it is small, else a mail tells when it is there."""
        member = self._troc_member()
        try:
            with request.env.cr.savepoint():
                export_id = member.action_ask_export()
        except UserError as error:
            self._troc_tell(str(error), "danger")
            return request.redirect(URL)
        export = member._own_exports().browse(export_id)
        if export.state == "done":
            self._troc_tell(request.env._("Your data are ready: see below."))
        else:
            self._troc_tell(
                request.env._("Your data are being gathered: a mail tells you when.")
            )
        return request.redirect(f"{URL}#data")

    @http.route(f"{URL}/data/<int:export_id>", type="http", auth="user")
    def take_data(self, export_id, **_kwargs):
        """The file, for an administrator of the member that it is about."""
        for member in self._troc_members():
            export = member._own_exports().filtered(
                lambda e: e.id == export_id and e.state == "done"
            )
            if export:
                stream = request.env["ir.binary"]._get_stream_from(
                    export, "file", filename=export.filename
                )
                return stream.get_response(as_attachment=True)
        raise request.not_found()
