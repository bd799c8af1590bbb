"""All that a member owns, and nothing of others but what he reads of them already.

Read as superuser: who asked was checked, and what is read is listed here.
"""

from odoo.tools import html2plaintext

from . import export_fields as shown


class TrocExportMember:
    """A part of TrocExport, where its fields stand."""

    __slots__ = ()

    def _member_data(self, member):
        """Return all of one member as plain data."""
        return {
            "membre": self._values(member, shown.MEMBER),
            "coordonnees": self._values(member.partner_id, shown.PARTNER),
            "territoire": member.territory_id.name or "",
            "consentement": self._values(member, shown.CONSENT),
            "personnes": [dict(p) for p in self._people(member)],
            "annonces": [self._listing_data(x) for x in self._listings(member)],
            "mises_en_relation": [
                self._introduction_data(x) for x in self._introductions(member)
            ],
            "compensations": [
                self._compensation_data(x) for x in self._compensations(member)
            ],
            "mouvements": [
                {**self._values(item, shown.MOVEMENT), "avec": item.counterpart_id.name}
                for item in self._items(member)
            ],
            **self._life_data(member),
            "recherches": [
                {"de": s.user_id.name, "nom": s.name, "filtres": s.filters}
                for s in self._searches(member)
            ],
        }

    def _values(self, record, names):
        """Return the fields of a record; those of an addon left out have none."""
        shown = [name for name in names if name in record._fields]
        return {name: self._plain(record[name]) for name in shown}

    def _plain(self, value):
        if isinstance(value, bool) or not hasattr(value, "isoformat"):
            return value
        return value.isoformat()

    # -- what is his -------------------------------------------------------------------

    def _listings(self, member):
        return self.env["troc.listing"].search(
            [("member_id", "in", member.ids)], order="id"
        )

    def _introductions(self, members):
        return self.env["troc.introduction"].search(
            ["|", ("seller_id", "in", members.ids), ("buyer_id", "in", members.ids)],
            order="id",
        )

    def _compensations(self, members):
        return self.env["troc.compensation"].search(
            members._compensation_domain(), order="id"
        )

    def _items(self, members):
        return self.env["troc.register.item"].search(
            [("member_id", "in", members.ids)], order="date, id"
        )

    def _searches(self, member):
        users = member._colleagues() | member._former_colleagues()
        return self.env["troc.saved.search"].search([("user_id", "in", users.ids)])

    def _people(self, member):
        for user in member._colleagues() | member._former_colleagues():
            yield {
                "nom": user.name,
                "courriel": user.login,
                "telephone": user.partner_id.phone or "",
                "droit": member._right_by_groups(user),
                "ouvert": user.active,
                "derniere_visite": self._plain(user.login_date or ""),
            }

    def _listing_data(self, listing):
        slots = ("date_from", "date_to", "capacity", "note")
        return {
            **self._values(listing, shown.LISTING),
            "categorie": listing.category_id.name or "",
            "calendrier": [self._values(slot, slots) for slot in listing.slot_ids],
            "photos": [name for name, _picture in self._picture_files(listing)],
        }

    def _introduction_data(self, introduction):
        return {
            **self._values(introduction, shown.INTRODUCTION),
            "vendeur": introduction.seller_id.name,
            "acheteur": introduction.buyer_id.name,
            "messages": [
                {
                    "date": self._plain(message.date),
                    "de": message.author_id.name or "",
                    "texte": html2plaintext(message.body or ""),
                    "fichiers": message.attachment_ids.mapped("name"),
                }
                for message in introduction._said()
            ],
        }

    def _compensation_data(self, compensation):
        return {
            **self._values(compensation, shown.COMPENSATION),
            "vendeur": compensation.seller_id.name,
            "acheteur": compensation.buyer_id.name,
            "litiges": self._all_values(
                compensation.dispute_ids.sorted("id"), shown.DISPUTE
            ),
        }

    # -- his membership ----------------------------------------------------------------

    def _life_data(self, member):
        """Return what was decided about him, and what he was charged."""
        return {
            "etats": self._all_values(
                member.state_change_ids.sorted("id"), shown.STATE_CHANGE
            ),
            "limites": self._all_values(
                member.limit_change_ids.sorted("id"), shown.LIMIT_CHANGE
            ),
            "demandes_de_limites": self._all_values(
                member.limit_request_ids.sorted("id"), shown.LIMIT_REQUEST
            ),
            "calendriers": [
                {
                    **self._values(schedule, shown.SCHEDULE),
                    "etapes": self._all_values(
                        schedule.line_ids.sorted("id"), shown.STEP
                    ),
                }
                for schedule in member.schedule_ids
            ],
            "soldes_confirmes": self._all_values(
                self._confirmations(member), shown.CONFIRMATION
            ),
            "frais": self._all_values(self._fees(member), shown.FEE),
        }

    def _all_values(self, records, names):
        return [self._values(record, names) for record in records]

    def _confirmations(self, member):
        """Return those that were sent: a draft is not his yet."""
        return self._of_addon(
            "troc.balance.confirmation",
            [("member_id", "=", member.id), ("state", "!=", "draft")],
        )

    def _fees(self, member):
        return self._of_addon("troc.fee", [("member_id", "=", member.id)])

    def _of_addon(self, model, domain):
        """Return records of a model that a network may do without, else none."""
        return self.env[model].search(domain, order="id") if model in self.env else ()
