"""The marketplace: search, look, contact, keep a search, get suggestions."""

import dataclasses
from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_portal.controllers.base import ActifPortal

from ..models.troc_introduction_talk import MAX_FILES
from ..models.troc_listing_search import Filters
from ..models.troc_saved_search import MOST

URL = "/my/actif/market"
PAGE = 24
SUGGESTED = 6  # own listings on a page of suggestions
DISTANCES = (1, 30, 60, 100, 200)  # km; 1: one's own department
QUERY_LENGTH = 120
CONTACTS_AN_HOUR = 60  # from one address


class ActifMarket(ActifPortal):
    @http.route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def market(self, page=1, order="", **query):
        member, page = self._troc_member(), self._troc_page(page)
        filters = self._troc_filters(query, member)
        listings = request.env["troc.listing"]
        found = listings._market(filters, order, PAGE, (page - 1) * PAGE)
        args = self._troc_args(query, order)
        pager = portal_pager(
            url=URL, url_args=args, total=found.total, page=page, step=PAGE
        )
        nearest = listings
        if not found.total:
            nearest = listings._market_nearest(filters)
        return request.render(
            "troc_actif_market.market",
            self._troc_values(
                "troc_market",
                cards=found.listings._portal_cards(),
                found=found,
                nearest=nearest._portal_cards(),
                pager=pager,
                query=args,
                order=order,
                searches=self._troc_searches(),
                need_url=f"/my/actif/listings/new?{urlencode(self._troc_need(args))}",
                **self._troc_choices(member),
            ),
        )

    def _troc_filters(self, query, member):
        """Return what an address asks for; nonsense counts as not asked."""
        near = self._troc_number(query.get("near"))
        home = member.sudo().department_id.id if near in DISTANCES else 0
        return Filters(
            query=(query.get("query") or "")[:QUERY_LENGTH],
            kind=query.get("kind") or "",
            category_id=self._troc_number(query.get("category")),
            territory_id=self._troc_number(query.get("territory")),
            department_id=home or 0,
            kilometres=near if home else 0,
            share=query.get("share") or "",
            max_price=self._troc_number(query.get("max_price"), float),
        )

    def _troc_args(self, query, order):
        names = ("query", "kind", "category", "territory", "near", "share", "max_price")
        args = {name: query[name][:QUERY_LENGTH] for name in names if query.get(name)}
        return {**args, "order": order} if order else args

    def _troc_need(self, args):
        """Return what the form of a need starts with, after a search in vain."""
        return {"kind": "need", "name": args.get("query", "")}

    def _troc_choices(self, member):
        # sudo: names of territories, which every member may read
        territories = request.env["troc.territory"].sudo().search([])
        return {
            "categories": request.env["troc.category"].search([]),
            "territories": territories,
            "distances": DISTANCES[1:] if member.sudo().department_id else (),
        }

    @http.route(f"{URL}/<int:listing_id>", type="http", auth="user", website=True)
    def listing(self, listing_id, **_kwargs):
        return self._troc_show_listing(self._troc_readable("troc.listing", listing_id))

    def _troc_show_listing(self, listing, error=None, typed=""):
        member = self._troc_member()
        owner = listing.sudo().member_id
        return request.render(
            "troc_actif_market.listing",
            self._troc_values(
                "troc_listing",
                listing=listing,
                card=listing._portal_cards()[0],
                owner=owner._public_profile(),
                is_own=owner in self._troc_members(),
                is_trading=member.state in ("active", "on_hold", "stand_by", "leaving"),
                slots=listing._portal_slots(),
                months=listing._portal_calendar(),
                suggestions=listing._portal_suggestions(),
                error=error,
                typed=typed,
            ),
        )

    @http.route(
        f"{URL}/<int:listing_id>/contact",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def contact(self, listing_id, body="", **_kwargs):
        listing = self._troc_readable("troc.listing", listing_id)
        member = self._troc_member_for(listing)
        try:
            with request.env.cr.savepoint():
                self._troc_check_address()
                introduction = request.env["troc.introduction"]._start(
                    listing, member, body, self._troc_files("files", MAX_FILES)
                )
        except UserError as error:
            return self._troc_show_listing(listing, str(error), typed=body)
        return request.redirect(f"/my/actif/introductions/{introduction.id}")

    def _troc_member_for(self, listing):
        """Return the own company that is in the network of the listing."""
        network = listing.sudo().network_id
        own = self._troc_members().filtered(lambda m: m.sudo().network_id == network)
        return own & self._troc_member() or own[:1]

    def _troc_check_address(self):
        """Against floods by many users of one address."""
        address = request.httprequest.remote_addr
        tries = request.env["troc.rate.limit"]
        if not tries._allows("contact", f"address {address}", CONTACTS_AN_HOUR):
            exceptions.refuse(request.env, RuleError("too_often"))

    @http.route(
        [
            "/my/actif/members/<int:member_id>",
            "/my/actif/members/<int:member_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def profile(self, member_id, page=1, **_kwargs):
        """What any member of the network reads of another one, and his listings."""
        member = self._troc_member()
        shown = member._visible_on_market(member_id)
        if not shown:
            raise request.not_found()
        page = self._troc_page(page)
        found = request.env["troc.listing"]._market(
            Filters(member_id=shown.id), limit=PAGE, offset=(page - 1) * PAGE
        )
        return request.render(
            "troc_actif_market.profile",
            self._troc_values(
                "troc_profile",
                profile=shown._public_profile(),
                is_own=shown in self._troc_members(),
                cards=found.listings._portal_cards(),
                pager=portal_pager(
                    url=f"/my/actif/members/{shown.id}",
                    total=found.total,
                    page=page,
                    step=PAGE,
                ),
            ),
        )

    @http.route(
        ["/my/actif/suggestions", "/my/actif/suggestions/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def suggestions(self, page=1, **_kwargs):
        member = self._troc_member()
        domain = [("member_id", "=", member.id), ("state", "=", "published")]
        listings = request.env["troc.listing"]
        pager = portal_pager(
            url="/my/actif/suggestions",
            total=listings.search_count(domain),
            page=self._troc_page(page),
            step=SUGGESTED,
        )
        own = listings.search(domain, limit=SUGGESTED, offset=pager["offset"])
        found = zip(own._portal_cards(), own._portal_suggested(6).values(), strict=True)
        return request.render(
            "troc_actif_market.suggestions",
            self._troc_values("troc_suggestions", found=list(found), pager=pager),
        )

    # -- searches that one keeps ---------------------------------------------------

    def _troc_searches(self):
        searches = request.env["troc.saved.search"].search(
            [("user_id", "=", request.env.uid)], limit=MOST
        )
        return [
            (search, f"{URL}?{urlencode((search.filters or {}).get('args') or {})}")
            for search in searches
        ]

    @http.route(f"{URL}/keep", type="http", auth="user", website=True, methods=["POST"])
    def keep(self, **query):
        """Keep a search: its filters, and the address that shows it again."""
        member = self._troc_member()
        args = self._troc_args(query, "")
        filters = self._troc_filters(query, member)

        def act():
            searches = request.env["troc.saved.search"]
            name = (query.get("name") or filters.query or "").strip()[:60]
            searches.create(
                {
                    "name": name or request.env._("All listings"),
                    "filters": {**dataclasses.asdict(filters), "args": args},
                }
            )
            self._troc_tell(
                request.env._("Kept: a mail tells you what is new, once a day.")
            )

        return self._troc_try(act, f"{URL}?{urlencode(args)}")

    @http.route(
        "/my/actif/searches/<int:search_id>/<string:action>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def change_search(self, search_id, action, **_kwargs):
        search = self._troc_readable("troc.saved.search", search_id)
        if action == "forget":
            search.unlink()
        elif action in ("mail", "quiet"):
            search.is_alert = action == "mail"
        return request.redirect(URL)

    # -- for visitors -----------------------------------------------------------------

    @http.route(
        ["/troc/market", "/troc/market/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        readonly=True,
    )
    def public_market(self, page=1, query="", **_kwargs):
        """What visitors see, where the network shows something: never a name."""
        # sudo: what the network shows to everybody, and only its cards leave
        networks_sudo = request.env["troc.network"].sudo()
        network = networks_sudo.search([("public_view", "=", "teaser")], limit=1)
        if not network:
            raise request.not_found()
        listings_sudo = request.env["troc.listing"].sudo()
        page = self._troc_page(page)
        filters = Filters(query=query[:QUERY_LENGTH], network_id=network.id)
        found = listings_sudo._market(filters, "", PAGE, (page - 1) * PAGE)
        return request.render(
            "troc_actif_market.public_market",
            {
                "network": network,
                "res_company": network.company_id,
                "cards": found.listings._portal_cards(teaser=True),
                "query": query,
                "pager": portal_pager(
                    url="/troc/market",
                    url_args={"query": query} if query else {},
                    total=found.total,
                    page=page,
                    step=PAGE,
                ),
            },
        )

    @http.route(
        "/troc/unsubscribe/<int:user_id>/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        csrf=False,  # mail programs send it without a page; the token is the proof
    )
    def unsubscribe(self, user_id, token, **_kwargs):
        """A click in the mail asks; the button, or the mail program, confirms."""
        searches = request.env["troc.saved.search"]
        if not consteq(token, searches._unsubscribe_token(user_id)):
            raise request.not_found()
        done = request.httprequest.method == "POST"
        if done:
            searches._unsubscribe(user_id)
        return request.render("troc_actif_market.unsubscribed", {"done": done})
