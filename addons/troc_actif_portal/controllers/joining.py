"""The public page by which a company asks to join the network."""

from odoo import http
from odoo.http import request

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.lib.actif_rules.errors import RuleError

URL = "/troc/join"
TRIES_AN_HOUR = 6
WISHES = 3
# Hidden from people; whoever fills it in is a machine.
TRAP = "fax"


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
        members = request.env["troc.member"]
        problems = members._application_problems(network, post)
        if not problems and not self._is_seldom():
            problems = {"form": RuleError("too_often")}
        if problems:
            return self._form(post, self._explained(problems))
        form = request.httprequest.form
        wishes = {name: form.getlist(name)[:WISHES] for name in ("offers", "needs")}
        members._apply_to_join(network, {**post, **wishes})
        return request.redirect(f"{URL}/received")

    @http.route(f"{URL}/received", type="http", auth="public", website=True)
    def received(self, **_kwargs):
        return request.render(
            "troc_actif_portal.join_received", {"network": self._network()}
        )

    def _network(self):
        # sudo: the network's name and charter, shown to whoever asks to join
        networks = request.env["troc.network"].sudo()
        network = networks.search([("joining_open", "=", True)], limit=1)
        if not network:
            raise request.not_found()
        return network

    def _is_seldom(self):
        address = request.httprequest.remote_addr
        return request.env["troc.rate.limit"]._allows("join", address, TRIES_AN_HOUR)

    def _form(self, typed, problems):
        form = request.httprequest.form
        return request.render(
            "troc_actif_portal.join",
            {
                "network": self._network(),
                "typed": typed,
                "problems": problems,
                "wishes": {
                    name: (form.getlist(name) + [""] * WISHES)[:WISHES]
                    for name in ("offers", "needs")
                },
                "trap": TRAP,
            },
        )

    def _explained(self, problems):
        return {
            name: exceptions.explain(request.env, error)
            for name, error in problems.items()
        }
