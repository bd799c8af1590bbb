"""What fills the ZIP of a member, or of a whole network."""

import base64
import re

from odoo.tools import format_date

from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.columns import CATEGORIES
from odoo.addons.troc_actif_invoice.tools import inert

from ..archive import safe_name

AMOUNT = re.compile(r"-?[0-9]+,[0-9]{2}")
SETTINGS = (
    "name",
    "mention",
    "allow_full_share",
    "allow_half_share",
    "allow_free_share",
    "share_base",
    "credit_limit",
    "balance_limit",
    "four_eyes_threshold",
    "listing_days",
    "listing_moderation",
    "public_view",
    "buyer_acceptance",
    "show_room",
    "reservation_days",
    "joining_open",
    "charter",
)
READ_ME = """\
{name} : données du {day}

membres.csv, annonces.csv{more} : à reprendre tels quels par « Réseau > Imports ».
compensations.csv, mouvements.csv, messages.csv, personnes.csv : pour lire.
{base}donnees.json : tout cela et le reste, pour un programme.
photos/ : les photos des annonces. {base}documents/ : factures et pièces jointes.

Les montants sont en Actifs (1 Actif = 1 euro) ; un solde positif peut être dépensé.
"""


class TrocExportNetwork:
    """A part of TrocExport, where its fields stand."""

    __slots__ = ()

    def _fill(self, archive):
        """Write all of it."""
        self._write_sheets(archive)
        self._write_read_me(archive)
        if not self.member_id:
            self._write_network(archive)
        self._write_for_readers(archive)
        for member in self._members():
            self._write_member(archive, member)
            # every field of one member after the other would stay in memory
            self.env.flush_all()
            self.env.invalidate_all()

    def _write_read_me(self, archive):
        whole = not self.member_id
        words = READ_ME.format(
            name=(self.member_id or self.network_id).name,
            day=format_date(self.env, self.create_date, date_format="dd/MM/yyyy"),
            more=", categories.csv" if whole else "",
            base="membres/…/" if whole else "",
        )
        archive.text("LISEZ-MOI.txt", words)

    def _write_member(self, archive, member):
        base = "" if self.member_id else f"membres/{self._folder(member)}/"
        archive.json(f"{base}donnees.json", self._member_data(member))
        for listing in member.listing_ids:
            for name, picture in self._picture_files(listing):
                archive.file(name, base64.b64decode(picture.image or b""))
        for name, content in self._documents(member):
            archive.file(f"{base}documents/{name}", content)

    def _folder(self, member):
        return safe_name(f"{member.siren or member.id} {member.name}", 60)

    # -- the network's own -----------------------------------------------------

    def _write_network(self, archive):
        network = self.network_id
        archive.csv(
            "categories.csv",
            CATEGORIES.headers,
            [[inert(name)] for name in self._category_names()],
        )
        archive.csv(
            "territoires.csv",
            ["Territoire", "Départements", "Animateurs"],
            [
                [
                    inert(territory.name),
                    " ".join(territory.department_ids.mapped("code")),
                    ", ".join(territory.animator_ids.mapped("name")),
                ]
                for territory in self.env["troc.territory"].search([])
            ],
        )
        archive.csv(
            "reglages.csv",
            ["Réglage", "Nom technique", "Valeur"],
            [
                [
                    network._fields[name]._description_string(self.env),
                    name,
                    inert(str(network[name] or "")),
                ]
                for name in SETTINGS
            ],
        )
        archive.json("reseau.json", {name: network[name] for name in SETTINGS})

    def _category_names(self):
        categories = self.env["troc.category"].with_context(lang="fr_FR")
        own = [("network_id", "in", (False, self.network_id.id))]
        return categories.search(own).mapped("name")

    # -- for people ------------------------------------------------------------------

    def _write_for_readers(self, archive):
        for name, header, rows in (
            ("compensations", self.COMPENSATIONS, self._compensation_rows()),
            ("mouvements", self.MOVEMENTS, self._movement_rows()),
            ("messages", self.MESSAGES, self._message_rows()),
            ("personnes", self.PEOPLE, self._people_rows()),
        ):
            archive.csv(f"{name}.csv", header, (self._inert(row) for row in rows))

    def _inert(self, row):
        """Return the cells of a row, where only amounts may begin with a sign."""
        return [
            cell if AMOUNT.fullmatch(cell or "") else inert(cell or "") for cell in row
        ]
