"""The rows of an export that an import takes again, as the table of columns says."""

from odoo.tools import format_date

from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import columns, words
from odoo.addons.troc_actif_invoice.tools import dec, inert

BATCH = 200


class TrocExportSheets:
    """A part of TrocExport, where its fields stand."""

    __slots__ = ()

    def _write_sheets(self, archive):
        """Write what can be imported again; the members first, in one look at all of
        their balances: the sum of what is written is zero.
        """
        members = self._members()
        archive.csv(
            "membres.csv",
            columns.MEMBERS.headers,
            [self._member_cells(member) for member in members],
        )
        archive.csv(
            "annonces.csv", columns.LISTINGS.headers, self._listing_rows(members)
        )

    def _cells(self, sheet, values):
        """Return values in the order of the columns, as texts."""
        return [inert(values.get(column.name) or "") for column in sheet.columns]

    def _amount(self, value):
        # not `inert`: a spreadsheet reads a number below zero as one, and so do we
        return f"{dec(value)}".replace(".", ",")

    def _date(self, value):
        return format_date(self.env, value, date_format="dd/MM/yyyy") if value else ""

    def _member_cells(self, member):
        partner = member.partner_id
        texts = ("name", "vat", "email", "phone", "website", "street", "zip", "city")
        own = ("siren", "legal_form", "trade", "presentation")
        values = {
            **{name: partner[name] for name in texts},
            **{name: member[name] for name in own},
            "structure": words.STRUCTURES[member.structure][0],
            "territory": member.territory_id.name,
            "kind": words.KINDS[member.kind][0],
            "state": self._state_word(member),
            "state_reason": member.state_reason,
            "notice_end": self._notice_end(member),
            "joined_on": self._date(member.member_since),
            "credit_limit": self._amount(member.credit_limit),
            "balance_limit": self._amount(member.balance_limit),
            "contact_name": member.contact_name,
            "contact_email": member.contact_email,
            "hours_promised": self._amount(member.hours_promised),
            "own_account": "oui" if self._is_own_account(member) else "",
        }
        texts = self._cells(columns.MEMBERS, values)
        cells = dict(zip(columns.MEMBERS.names, texts, strict=True))
        if not self.member_id:
            # of one member alone it would not sum to zero: it is in his data
            cells["opening_balance"] = self._amount(member.balance)
        return list(cells.values())

    def _state_word(self, member):
        return words.STATES.get(member.state, (member.state,))[0]

    def _notice_end(self, member):
        return self._date(member.notice_end) if member.state == "leaving" else ""

    def _is_own_account(self, member):
        return member == self.network_id.own_member_id

    def _listing_rows(self, members):
        listings = self.env["troc.listing"].search(
            [("member_id", "in", members.ids)], order="id"
        )
        for start in range(0, len(listings), BATCH):
            for listing in listings[start : start + BATCH]:
                yield self._listing_cells(listing)
            listings.invalidate_recordset()

    def _listing_cells(self, listing):
        texts = ("name", "description", "availability")
        values = {
            **{name: listing[name] for name in texts},
            "siren": listing.member_id.siren,
            "kind": words.LISTING_KINDS[listing.kind][0],
            "category": listing.category_id.with_context(lang="fr_FR").name,
            "price_min": listing.price_min and self._amount(listing.price_min),
            "price_max": listing.price_max and self._amount(listing.price_max),
            "price_unit": words.LISTING_UNITS[listing.price_unit][0],
            "share": words.LISTING_SHARES[listing.share][0],
            "quantity": str(listing.quantity or ""),
            "service_area": words.LISTING_AREAS[listing.service_area][0],
            "is_helping_hand": "oui" if listing.is_helping_hand else "",
            "state": words.LISTING_STATES[listing.state][0],
            "expires_on": self._date(listing.expires_on),
            "pictures": "|".join(n for n, _p in self._picture_files(listing)),
        }
        return self._cells(columns.LISTINGS, values)

    def _picture_files(self, listing):
        """Yield (name in the archive, picture) of a listing."""
        for index, picture in enumerate(listing.picture_ids, start=1):
            yield f"photos/{listing.id}-{index}", picture
