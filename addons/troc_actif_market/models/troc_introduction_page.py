"""A conversation as its two sides read it."""

OPEN = ("open", "agreed", "delivered")

COLOURS = {
    "open": "info",
    "agreed": "primary",
    "delivered": "warning",
    "invoiced": "warning",
    "settled": "success",
    "cancelled": "secondary",
}


class TrocIntroductionPage:
    """A part of TrocIntroduction, where its fields stand."""

    __slots__ = ()

    def _portal_rows(self, member):
        """Return a dict a conversation for the lists of `member`, one of its sides."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        # sudo: each side knows the other's name
        return [
            {
                "id": own.id,
                "name": own.name,
                "other": (own.buyer_id if own.seller_id == member else own.seller_id),
                "sells": own.seller_id == member,
                "is_helping_hand": own.is_helping_hand,
                "state": own.state,
                "state_label": labels[own.state],
                "state_colour": COLOURS[own.state],
                "turn": own._portal_turn(member),
                "last_message_on": own.last_message_on,
                "amount": own.actif_amount if own.terms_version else 0.0,
            }
            for own in self.sudo()
        ]

    def _portal_turn(self, member):
        """Return what waits for `member` here, in a few words; "" for nothing."""
        if self.seller_id == member and self.state == "delivered":
            return self.env._("Your invoice is awaited")
        if self.seller_id == member and self.state == "agreed":
            return self.env._("To be delivered by you")
        if self.awaited_id == member and self.state in OPEN:
            return self.env._("Your answer is awaited")
        return ""

    def _portal_deal(self, member):
        """Return what the page of a conversation shows of its terms to `member`."""
        self.ensure_one()
        own_sudo = self.sudo()
        role = "seller" if own_sudo.seller_id == member else "buyer"
        other = "buyer" if role == "seller" else "seller"
        return {
            "role": role,
            "version": own_sudo.terms_version,
            "text": self._terms_text() if own_sudo.terms_version else "",
            "accepted_by_me": bool(own_sudo[f"{role}_accepted_on"]),
            "accepted_by_other": bool(own_sudo[f"{other}_accepted_on"]),
            "asks_me": own_sudo.state == "open"
            and bool(own_sudo.terms_version)
            and not own_sudo[f"{role}_accepted_on"],
            "room": self._room_is_enough() if role == "seller" else None,
            "reserved": own_sudo.reserved_amount,
            "text_agreed": own_sudo.deal_text or "",
            "compensations": [
                (c.id, c.document_number) for c in own_sudo.compensation_ids
            ],
        }

    def _portal_terms(self):
        """Return the terms as a form shows them: what was proposed, else the listing.

        Amounts as text for an input, "" for what is still to say.
        """
        own_sudo = self.sudo()
        if own_sudo.terms_version:
            return {
                "subject": own_sudo.subject or "",
                "total_amount": f"{own_sudo.total_amount:.2f}"
                if own_sudo.total_amount
                else "",
                "actif_share": f"{own_sudo.actif_share:g}",
                "due_date": own_sudo.due_date and own_sudo.due_date.isoformat(),
                "hours": f"{own_sudo.hours:g}" if own_sudo.hours else "",
                "reserve": own_sudo.reserve,
            }
        listing = own_sudo.listing_id
        price = listing.price_min if listing.price_unit == "flat" else 0.0
        return {
            "subject": own_sudo.name,
            "total_amount": f"{price:.2f}" if price else "",
            "actif_share": "50" if listing.share == "50" else "100",
            "due_date": "",
            "hours": "",
            "reserve": False,
        }
