"""A listing as its page and its card show it."""

from odoo import fields
from odoo.tools import format_date, formatLang

COLOURS = {
    "draft": "secondary",
    "pending": "info",
    "published": "success",
    "paused": "warning",
    "expired": "warning",
    "closed": "secondary",
}


class TrocListingPage:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    def _portal_cards(self, teaser=False):
        """Return a dict a listing for its card; without names in a `teaser`."""
        # sudo: the name of the member stands on his listings, for whoever sees them
        return [
            listing._portal_card(own, teaser)
            for listing, own in zip(self, self.sudo(), strict=True)
        ]

    def _portal_card(self, own, teaser):
        label = self._portal_label
        return {
            "id": own.id,
            "name": own.name,
            "kind": own.kind,
            "is_helping_hand": own.is_helping_hand,
            "kind_label": self._portal_kind(own),
            "member": "" if teaser else own.member_id.name,
            "category": own.category_id.name or "",
            "territory": own.territory_id.name or own.department_id.name or "",
            "price": own._portal_price(),
            "share": "" if own.is_helping_hand else label("share", own.share),
            "picture_id": False if teaser else own.picture_ids[:1].id,
            "state": own.state,
            "state_label": self._portal_state(own),
            "state_colour": COLOURS[own.state],
            "expires_on": own.expires_on,
        }

    def _portal_state(self, own):
        if own.suspended_state:
            return self.env._("Suspended: comes back by itself")
        return self._portal_label("state", own.state)

    def _portal_kind(self, own):
        if own.is_helping_hand:
            return self.env._("Helping hand")
        return self._portal_label("kind", own.kind)

    def _portal_label(self, name, value):
        """Return the words of a choice, in the reader's language."""
        return dict(self._fields[name]._description_selection(self.env)).get(value, "")

    def _portal_price(self):
        """Return the price in one line, in the reader's words."""
        if self.is_helping_hand:
            return self.env._("Without Actifs")
        if not self.price_min and not self.price_max:
            return self.env._("Price to agree upon")
        low, high = self._portal_number("price_min"), self._portal_number("price_max")
        if not self.price_max or self.price_max == self.price_min:
            price = self.env._("%s Actifs", low)
        elif not self.price_min:
            price = self.env._("up to %s Actifs", high)
        else:
            price = self.env._("%(low)s to %(high)s Actifs", low=low, high=high)
        unit = self.price_unit
        return price if unit == "flat" else f"{price} {self._portal_unit()}"

    def _portal_area(self):
        """Return where it is served, in words for whoever reads the page."""
        own_sudo = self.sudo()  # names of places, which every member may read
        places = {
            "department": own_sudo.department_id.name,
            "territory": own_sudo.territory_id.name,
        }
        if self.service_area in places:
            return places[self.service_area] or ""
        return self._portal_label("service_area", self.service_area)

    def _portal_unit(self):
        return self._portal_label("price_unit", self.price_unit)

    def _portal_number(self, name):
        value = self[name]
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)

    def _portal_slots(self):
        """Return the days on which it is free, from today on."""
        today = fields.Date.context_today(self)
        return [
            {
                "from": format_date(self.env, slot.date_from),
                "to": format_date(self.env, slot.date_to),
                "capacity": slot.capacity,
                "note": slot.note or "",
            }
            for slot in self.slot_ids
            if slot.date_to >= today
        ]

    def _portal_suggestions(self, limit=3):
        """Return [(card, why)] of the other kind, best first."""
        return self._portal_suggested(limit)[self]

    def _portal_suggested(self, limit=3):
        """Return {listing: its `_portal_suggestions`} in the queries of one."""
        found = self._suggested(limit)
        ids = dict.fromkeys(x.id for pairs in found.values() for x, _match in pairs)
        cards = {card["id"]: card for card in self.browse(ids)._portal_cards()}
        return {
            listing: [(cards[x.id], self._reasons(match)) for x, match in pairs]
            for listing, pairs in found.items()
        }
