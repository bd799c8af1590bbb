"""The public page by which a company asks to join the network."""

from odoo import http
from odoo.http import request

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

URL = "/troc/join"
TRIES_AN_HOUR = 20  # the wrong ones count as well
WISHES = 3
# Hidden from people; whoever fills it in is a machine.
TRAP = "confirm_nothing"


class ActifJoining(http.Controller):
    @http.route(URL, type="http", auth="public", website=True, sitemap=True)
    def join(self, **_kwargs):
        return self._form({}, {})

    @http.route(
        f"{URL}/send", type="http", auth="public", website=True, methods=["POST"]
    )
    def send(self, **post):
        network = self._network()
        if post.get(TRAP):
            return request.redirect(f"{URL}/received")
        applications = request.env["troc.application"]
        if self._is_seldom():
            problems = applications._problems(network, post)
        else:
            # not even told whether the network knows a number or an address
            problems = {"form": RuleError("too_often")}
        if problems:
            return self._form(post, self._explained(problems))
        form = request.httprequest.form
        wishes = {name: form.getlist(name)[:WISHES] for name in ("offers", "needs")}
        applications._apply(network, {**post, **wishes})
        return request.redirect(f"{URL}/received")

    @http.route(f"{URL}/received", type="http", auth="public", website=True)
    def received(self, **_kwargs):
        return request.render("troc_actif_portal.join_received", self._values())

    def _network(self):
        # sudo: the network's name and charter, shown to whoever asks to join
        networks_sudo = request.env["troc.network"].sudo()
        network = networks_sudo.search([("joining_open", "=", True)], limit=1)
        if not network:
            raise request.not_found()
        return network

    def _values(self, **values):
        network = self._network()
        # the name and the logo on the page are the network's own
        return {
            "network": network,
            "res_company": network.company_id,
            "charter": network._charter_html(),
            **values,
        }

    def _is_seldom(self):
        address = request.httprequest.remote_addr
        return request.env["troc.rate.limit"]._allows("join", address, TRIES_AN_HOUR)

    def _form(self, typed, problems):
        form = request.httprequest.form
        wishes = {
            name: (form.getlist(name) + [""] * WISHES)[:WISHES]
            for name in ("offers", "needs")
        }
        values = self._values(typed=typed, problems=problems, wishes=wishes, trap=TRAP)
        return request.render("troc_actif_portal.join", values)

    def _explained(self, problems):
        return {
            name: exceptions.explain(request.env, error)
            for name, error in problems.items()
        }
