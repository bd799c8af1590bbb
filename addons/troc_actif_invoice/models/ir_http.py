from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .. import exceptions
from ..lib.actif_rules.errors import RuleError


class IrHttp(models.AbstractModel):
    """What ends in an accident of Odoo's on any page: told in words instead."""

    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # the database cannot even be asked for such an address
        if "\0" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _handle_error(cls, exception):
        """Say in a sentence that others were faster, five times: nothing was done."""
        if isinstance(exception, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            told = UserError(exceptions.explain(request.env, RuleError("busy")))
            told.__cause__ = exception
            exception = told
        return super()._handle_error(exception)
