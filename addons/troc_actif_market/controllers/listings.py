"""A member's own offers and needs: write, show, pause, close, copy, renew."""

import base64

from odoo import Command, fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_portal.controllers.base import ActifPortal

URL = "/my/actif/listings"
MAX_FILES = 6
BLANK_SLOTS = 2
MAX_SLOTS = 24
TEXTS = ("name", "description", "availability")
CHOICES = ("kind", "price_unit", "share", "service_area")
NUMBERS = {"price_min": float, "price_max": float, "quantity": int}
STATES = {
    "online": ("published", "pending"),
    "draft": ("draft",),
    "offline": ("paused", "expired", "closed"),
}
ACTIONS = {
    "publish": "action_publish",
    "renew": "action_renew",
    "pause": "action_pause",
    "close": "action_close",
}


class ActifListings(ActifPortal):
    @http.route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def listings(self, page=1, filterby=None, **_kwargs):
        member = self._troc_member()
        domain = [("member_id", "=", member.id)]
        if filterby in STATES:
            domain.append(("state", "in", STATES[filterby]))
        listings = request.env["troc.listing"]
        pager = portal_pager(
            url=URL,
            url_args={"filterby": filterby} if filterby else {},
            total=listings.search_count(domain),
            page=self._troc_page(page),
            step=self._items_per_page,
        )
        found = listings.search(
            domain,
            order="write_date desc, id desc",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        rows = zip(found, found._portal_cards(), strict=True)
        return request.render(
            "troc_actif_market.listings",
            self._troc_values(
                "troc_listings", rows=list(rows), pager=pager, filterby=filterby
            ),
        )

    @http.route(f"{URL}/new", type="http", auth="user", website=True)
    def new(self, kind="offer", name="", helping_hand=None, **_kwargs):
        typed = {
            "kind": kind if kind in ("offer", "need") else "offer",
            "name": name,
            "is_helping_hand": bool(helping_hand),
            "price_unit": "flat",
            "share": "100",
            "service_area": "territory",
        }
        return self._troc_form(request.env["troc.listing"], typed)

    @http.route(
        f"{URL}/new/save", type="http", auth="user", website=True, methods=["POST"]
    )
    def save_new(self, **post):
        return self._troc_save(request.env["troc.listing"], post)

    @http.route(f"{URL}/<int:listing_id>", type="http", auth="user", website=True)
    def edit(self, listing_id, **_kwargs):
        listing = self._troc_own(listing_id)
        return self._troc_form(listing, self._troc_written(listing))

    @http.route(
        f"{URL}/<int:listing_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def save(self, listing_id, **post):
        return self._troc_save(self._troc_own(listing_id), post)

    @http.route(
        f"{URL}/<int:listing_id>/do/<string:action>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def do(self, listing_id, action, **_kwargs):
        """One click in the list: publish, renew, pause, close."""
        listing = self._troc_own(listing_id)
        if action not in ACTIONS:
            raise request.not_found()

        def act():
            self._troc_member()._check_trader()
            getattr(listing, ACTIONS[action])()
            self._troc_tell(self._troc_done(listing))

        return self._troc_try(act, URL)

    @http.route(
        f"{URL}/<int:listing_id>/copy",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def copy_one(self, listing_id, **_kwargs):
        listing = self._troc_own(listing_id)
        try:
            self._troc_member()._check_trader()
            new = listing.copy()
        except UserError as error:
            self._troc_tell(str(error), "danger")
            return request.redirect(URL)
        return request.redirect(f"{URL}/{new.id}")

    # -- the form -----------------------------------------------------------------

    def _troc_own(self, listing_id):
        """Return a listing of the user's own company, else not found."""
        listing = self._troc_readable("troc.listing", listing_id)
        if listing.sudo().member_id not in self._troc_members():
            raise request.not_found()
        return listing

    def _troc_form(self, listing, typed, problems=None):
        member = self._troc_member()
        member._check_trader()
        model = request.env["troc.listing"]
        choices = {
            name: model._fields[name]._description_selection(request.env)
            for name in CHOICES
        }
        return request.render(
            "troc_actif_market.listing_form",
            self._troc_values(
                "troc_listing_form",
                listing=listing,
                typed=typed,
                problems=problems or {},
                choices=choices,
                categories=request.env["troc.category"].search([]),
                slots=[*self._troc_slots_of(listing, typed), *[{}] * BLANK_SLOTS],
                max_pictures=MAX_FILES,
            ),
        )

    def _troc_written(self, listing):
        """Return what a listing holds, as its form shows it."""
        names = (*TEXTS, *CHOICES, "is_helping_hand")
        numbers = {name: self._troc_as_typed(listing[name]) for name in NUMBERS}
        return {
            **{name: listing[name] or "" for name in names},
            **numbers,
            "category_id": str(listing.category_id.id or ""),
        }

    def _troc_as_typed(self, number):
        """Return a number as a form shows it again: 12 or 12.5, "" for none."""
        text = f"{number:.2f}".rstrip("0").rstrip(".")
        return text if number else ""

    def _troc_slots_of(self, listing, typed):
        if "slots" in typed:
            return typed["slots"]
        return [
            {
                "from": slot.date_from.isoformat(),
                "to": slot.date_to.isoformat(),
                "capacity": slot.capacity or "",
                "note": slot.note or "",
            }
            for slot in listing.slot_ids
        ]

    def _troc_save(self, listing, post):
        """Keep all that can be kept, then publish if that was asked.

        What cannot be kept is shown again as it was typed, with the reason beside it.
        """
        member = self._troc_member()
        member._check_trader()
        typed = {**post, "slots": self._troc_typed_slots()}
        typed["is_helping_hand"] = bool(post.get("is_helping_hand"))
        values, problems = self._troc_read(typed)
        if problems:
            return self._troc_form(listing, typed, problems)
        try:
            with request.env.cr.savepoint():
                listing = self._troc_kept(listing, member, values)
        except UserError as error:
            return self._troc_form(listing, typed, {"form": str(error)})
        problems = self._troc_save_pictures(listing, post)
        if post.get("then") == "publish":
            problems = {**self._troc_explained(listing), **problems}
        if problems:
            return self._troc_form(listing, self._troc_written(listing), problems)
        return self._troc_saved(listing, post)

    def _troc_kept(self, listing, member, values):
        slots = self._troc_slots(listing, values.pop("slots"))
        values = {**values, "slot_ids": slots}
        if listing:
            listing.write(values)
            return listing
        return listing.create({**values, "member_id": member.id})

    def _troc_slots(self, listing, slots):
        return [
            *(Command.delete(slot.id) for slot in listing.slot_ids),
            *(Command.create(slot) for slot in slots),
        ]

    def _troc_saved(self, listing, post):
        if post.get("then") != "publish":
            self._troc_tell(request.env._("Kept. Publish it when it is ready."))
            return request.redirect(URL)
        try:
            with request.env.cr.savepoint():
                listing.action_publish()
        except UserError as error:
            problems = {"form": str(error)}
            return self._troc_form(listing, self._troc_written(listing), problems)
        self._troc_tell(self._troc_done(listing))
        return request.redirect(f"/my/actif/market/{listing.id}")

    def _troc_done(self, listing):
        label = listing._portal_label("state", listing.state)
        return f"{listing.name} : {label}"

    def _troc_read(self, typed):
        """Return ({field: value}, {field: words of a problem}) of a form."""
        values = {name: (typed.get(name) or "").strip() for name in TEXTS}
        values["is_helping_hand"] = typed["is_helping_hand"]
        problems = {}
        if not values["name"]:
            problems["name"] = request.env._("Give it a title.")
        values.update(self._troc_read_choices(typed))
        for name, kind in NUMBERS.items():
            try:
                values[name] = self._troc_typed_number(typed.get(name), kind)
            except ValueError:
                problems[name] = request.env._("This is not a number.")
        values["slots"], wrong = self._troc_read_slots(typed["slots"])
        if wrong:
            problems["slots"] = wrong
        return values, problems

    def _troc_read_choices(self, typed):
        """Return what was chosen, as far as it can be chosen."""
        fields_of = request.env["troc.listing"]._fields
        values = {}
        for name in CHOICES:
            allowed = fields_of[name].get_values(request.env)
            if typed.get(name) in allowed:
                values[name] = typed[name]
        category_id = self._troc_number(typed.get("category_id"))
        found = request.env["troc.category"].search([("id", "=", category_id)])
        return {**values, "category_id": found.id}

    def _troc_typed_number(self, text, kind):
        text = (text or "").replace("\u202f", "").replace("\u00a0", "")
        number = kind(text.replace(" ", "").replace(",", ".") or 0)
        if not 0 <= number < 10**9:
            raise ValueError(text)
        return number

    def _troc_typed_slots(self):
        form = request.httprequest.form
        columns = [form.getlist(f"slot_{n}") for n in ("from", "to", "capacity")]
        notes = form.getlist("slot_note")
        rows = zip(*columns, notes, strict=False)
        slots = [
            {"from": first, "to": last, "capacity": capacity, "note": note}
            for first, last, capacity, note in rows
            if first or last or capacity or note
        ]
        return slots[:MAX_SLOTS]

    def _troc_read_slots(self, slots):
        """Return (values, words of a problem) of the days that a form names."""
        values = []
        for slot in slots:
            try:
                first = fields.Date.to_date(slot["from"])
                last = fields.Date.to_date(slot["to"] or slot["from"])
            except ValueError:
                first = last = None
            if not first or not last or last < first:
                return [], request.env._("Give a first and a last day, in this order.")
            capacity = max(self._troc_number(slot["capacity"]), 0)
            note = slot["note"].strip()[:120]
            values.append(
                {"date_from": first, "date_to": last, "capacity": capacity}
                | {"note": note}
            )
        return values, None

    def _troc_explained(self, listing):
        """Return {field: words} for what keeps it from being published."""
        return {
            field: exceptions.explain(request.env, error, listing.name)
            for field, error in listing._problems()
        }

    # -- pictures --------------------------------------------------------------------

    def _troc_save_pictures(self, listing, post):
        """Remove and add pictures; return the problem of the first one refused."""
        removed = set(request.httprequest.form.getlist("remove_picture"))
        listing.picture_ids.filtered(lambda p: str(p.id) in removed).unlink()
        for name, content in self._troc_files("pictures", MAX_FILES):
            image = base64.b64encode(content)
            try:
                with request.env.cr.savepoint():
                    listing.picture_ids.create(
                        {"listing_id": listing.id, "image": image}
                    )
            except UserError as error:
                return {"pictures": f"{name} : {error}"}
        return {}
