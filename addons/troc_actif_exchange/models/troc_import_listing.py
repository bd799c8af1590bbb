"""A row of listings: found by its member, its kind and its title."""

import base64

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import files as import_files
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.words import LISTING_STATES
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_market.models.troc_listing_picture import MAX_PICTURES

from .import_outcome import Outcome

TEXTS = ("description", "price_unit", "share", "service_area", "availability")
PRICES = ("price_min", "price_max")
PICTURE_BYTES = 20 * 1024 * 1024


class TrocImportRowListing:
    """A part of TrocImportRow, where its fields stand."""

    __slots__ = ()

    def _import_listings(self, archive):
        member = self._member(self.values["siren"])
        if not member:
            siren = self.values["siren"]
            raise RuleError("import_member_unknown", name="SIREN", siren=siren)
        values = self._listing_values()
        listing = self.env["troc.listing"].search(
            [
                ("member_id", "=", member.id),
                ("kind", "=", self.values["kind"]),
                ("name", "=", self.values["name"]),
            ],
            limit=1,
        )
        if listing and self.import_id.existing == "skip":
            return Outcome("unchanged", record=listing, notes=[self._left_alone()])
        if listing:
            return self._update_listing(listing, values, archive)
        return self._create_listing(member, values, archive)

    def _listing_values(self):
        cells = self.values
        values = {n: cells[n] for n in TEXTS if n in cells}
        values |= {n: float(cells[n]) for n in PRICES if n in cells}
        if "quantity" in cells:
            values["quantity"] = int(cells["quantity"])
        if "is_helping_hand" in cells:
            values["is_helping_hand"] = bool(cells["is_helping_hand"])
        if "category" in cells:
            category = self._category(cells["category"])
            if not category:
                raise RuleError(
                    "import_category", name="Catégorie", value=cells["category"]
                )
            values["category_id"] = category.id
        return values

    def _create_listing(self, member, values, archive):
        outcome = Outcome("created")
        listing = self.env["troc.listing"].create(
            {
                **values,
                "member_id": member.id,
                "kind": self.values["kind"],
                "name": self.values["name"],
            }
        )
        self._add_pictures(listing, archive, outcome)
        self._move_listing(listing, outcome)
        outcome.record = listing
        return outcome

    def _update_listing(self, listing, values, archive):
        outcome = Outcome("unchanged", record=listing)
        changed = {n: v for n, v in values.items() if self._differs(listing, n, v)}
        for name, value in changed.items():
            column = "category" if name == "category_id" else name
            after = self.values.get("category") if column == "category" else value
            before = listing[name]
            before = before.name if column == "category" else before
            outcome.notes.append(self._changed(column, before, after))
        if changed:
            listing.write(changed)
            outcome.result = "updated"
        if not listing.picture_ids:
            self._add_pictures(listing, archive, outcome)
        state = self.values.get("state")
        if state and state != listing.state:
            before = LISTING_STATES[listing.state][0]
            outcome.notes.append(
                self._changed("state", before, LISTING_STATES[state][0])
            )
            self._move_listing(listing, outcome)
            outcome.result = "updated"
        return outcome

    def _differs(self, listing, name, value):
        if name in PRICES:
            return dec(listing[name]) != dec(value)
        if name == "category_id":
            return listing.category_id.id != value
        return (listing[name] or "") != value

    # -- its state and its end --------------------------------------------------------

    def _move_listing(self, listing, outcome):
        """Bring it where the file says; what others will read is checked first."""
        state = self.values.get("state", "draft")
        ends = self._ends(state)
        if state == "published" and ends and ends < fields.Date.context_today(self):
            state = "expired"
            outcome.warnings.append(
                self.env._("It has expired: imported as such; renew it to show it.")
            )
        if state == "published":
            listing.action_publish()
        elif state == "pending":
            listing._check_publishable()
            sealed(listing).state = "pending"
            listing._ask_animators()
        else:
            # the state alone, which no form writes; nothing of it is shown
            sealed(listing).state = state
        if ends and state in ("published", "paused", "expired"):
            sealed(listing).expires_on = ends
        if state in ("paused", "expired") and not listing.published_on:
            sealed(listing).published_on = fields.Datetime.now()

    def _ends(self, state):
        ends = self.values.get("expires_on")
        return fields.Date.to_date(ends) if ends and state != "draft" else None

    # -- its pictures ----------------------------------------------------------

    def _add_pictures(self, listing, archive, outcome):
        names = self._picture_names()
        if names and archive is None:
            outcome.warnings.append(
                self.env._("Its pictures were not imported: they come in a ZIP.")
            )
        elif names:
            for name in names[:MAX_PICTURES]:
                self._add_picture(listing, archive, name, outcome)
            if outcome.result == "unchanged":
                outcome.result = "updated"

    def _add_picture(self, listing, archive, name, outcome):
        try:
            content = import_files.read_member(archive, name, PICTURE_BYTES)
        except RuleError:
            outcome.warnings.append(
                self.env._("The picture “%s” is not in the file, or too large.", name)
            )
            return
        self.env["troc.listing.picture"].create(
            {"listing_id": listing.id, "image": base64.b64encode(content)}
        )
