"""Conversations between two members, and the deals they come to."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.troc_actif_portal.controllers.base import ActifPortal

from ..models.troc_introduction_talk import MAX_FILES

URL = "/my/actif/introductions"
STATES = {
    "open": ("open",),
    "deals": ("agreed", "delivered", "invoiced"),
    "done": ("settled", "cancelled"),
}
TERMS = ("subject", "total_amount", "actif_share", "due_date", "reserve", "hours")


class ActifIntroductions(ActifPortal):
    @http.route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def introductions(self, page=1, filterby=None, **_kwargs):
        member = self._troc_member()
        domain = ["|", ("seller_id", "=", member.id), ("buyer_id", "=", member.id)]
        if filterby in STATES:
            domain.append(("state", "in", STATES[filterby]))
        introductions = request.env["troc.introduction"]
        pager = portal_pager(
            url=URL,
            url_args={"filterby": filterby} if filterby else {},
            total=introductions.search_count(domain),
            page=self._troc_page(page),
            step=self._items_per_page,
        )
        found = introductions.search(
            domain, limit=self._items_per_page, offset=pager["offset"]
        )
        return request.render(
            "troc_actif_market.introductions",
            self._troc_values(
                "troc_introductions",
                rows=found._portal_rows(member),
                pager=pager,
                filterby=filterby,
            ),
        )

    @http.route(f"{URL}/<int:introduction_id>", type="http", auth="user", website=True)
    def introduction(self, introduction_id, **_kwargs):
        return self._troc_show_introduction(self._troc_introduction(introduction_id))

    def _troc_show_introduction(self, introduction, error=None, typed=None):
        member = self._troc_side(introduction)
        return request.render(
            "troc_actif_market.introduction",
            self._troc_values(
                "troc_introduction",
                introduction=introduction,
                member=member,
                row=introduction._portal_rows(member)[0],
                deal=introduction._portal_deal(member),
                terms={**introduction._portal_terms(), **(typed or {})},
                shares=introduction.sudo().network_id._allowed_shares(),
                messages=introduction._messages(),
                listing=introduction.sudo().listing_id,
                error=error,
                typed=typed or {},
            ),
        )

    @http.route(
        f"{URL}/<int:introduction_id>/<string:action>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def act(self, introduction_id, action, **post):
        """A form of the page: say, propose, accept, deliver, cancel, help.

        A refusal shows the page again with what was typed.
        """
        introduction = self._troc_introduction(introduction_id)
        actions = self._troc_actions(introduction, post)
        if action not in actions:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                actions[action]()
        except UserError as error:
            typed = {"reserve": "", **post, "action": action}
            return self._troc_show_introduction(introduction, str(error), typed)
        return request.redirect(f"{URL}/{introduction_id}#{action}")

    def _troc_actions(self, introduction, post):
        version = self._troc_number(post.get("terms_version"))
        return {
            "say": lambda: introduction.action_say(
                post.get("body"), self._troc_files("files", MAX_FILES)
            ),
            "propose": lambda: introduction.action_propose(self._troc_terms(post)),
            "accept": lambda: introduction.action_accept(version),
            "deliver": introduction.action_deliver,
            "cancel": lambda: introduction.action_cancel(post.get("reason")),
            "help": lambda: introduction.action_ask_help(post.get("reason")),
        }

    def _troc_terms(self, post):
        terms = {name: post.get(name) for name in TERMS}
        for name in ("total_amount", "actif_share", "hours"):
            text = (terms[name] or "").replace("\u202f", "").replace("\u00a0", "")
            terms[name] = text.replace(" ", "").replace(",", ".")
        return terms

    @http.route(
        f"{URL}/<int:introduction_id>/file/<int:attachment_id>",
        type="http",
        auth="user",
    )
    def file(self, introduction_id, attachment_id, **_kwargs):
        """A file of the conversation, always as a download: it is another's."""
        introduction = self._troc_introduction(introduction_id)
        attachment = introduction._file(attachment_id)
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

    def _troc_introduction(self, introduction_id):
        """Return a conversation of one of the user's own companies, else not found."""
        introduction = self._troc_readable("troc.introduction", introduction_id)
        if not introduction._sides() & self._troc_members():
            raise request.not_found()
        return introduction

    def _troc_side(self, introduction):
        """Return the own company that talks here."""
        return (self._troc_members() & introduction._sides())[:1]
