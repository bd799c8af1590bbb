"""The sheets of an export that people read, and the files that go with them."""

import base64

from odoo import fields
from odoo.tools import html2plaintext

from ..archive import safe_name


class TrocExportTables:
    """A part of TrocExport, where its fields stand."""

    __slots__ = ()

    COMPENSATIONS = ("Numéro", "État", "Facture", "Date", "Vendeur", "Acheteur")
    COMPENSATIONS += ("Total TTC", "Actifs", "Euros", "Date d'écriture")
    MOVEMENTS = ("Membre", "Date", "Écriture", "Référence", "Avec")
    MOVEMENTS += ("Gagné", "Dépensé", "Solde")
    MESSAGES = ("Mise en relation", "Date", "De", "Message")
    PEOPLE = ("Membre", "Nom", "Courriel", "Droit", "Accès ouvert", "Dernière visite")

    def _documents(self, member):
        """Yield (name, bytes): invoices, files of conversations, letters."""
        for compensation in self._compensations(member):
            attachment = compensation._document_attachment()
            if attachment:
                name = f"{compensation.name} {attachment.name}".replace("/", "-")
                yield safe_name(name, 120), attachment.raw
        for introduction in self._introductions(member):
            for attachment in introduction._said().attachment_ids:
                name = f"{introduction.id}-{attachment.id} {attachment.name}"
                yield safe_name(name, 120), attachment.raw
        for confirmation in self._confirmations(member):
            if letter := confirmation.document:
                yield (
                    safe_name(f"{confirmation.name}.pdf", 120),
                    base64.b64decode(letter),
                )

    def _compensation_rows(self):
        for one in self._compensations(self._members()):
            yield [
                one.name,
                dict(one._fields["state"]._description_selection(self.env))[one.state],
                one.document_number,
                self._date(one.document_date),
                one.seller_id.name,
                one.buyer_id.name,
                *map(self._amount, (one.total_amount, one.actif_amount)),
                self._amount(one.cash_amount),
                self._date(one.entry_date),
            ]

    def _movement_rows(self):
        for item in self._items(self._members()):
            yield [
                item.member_id.name,
                self._date(item.date),
                item.entry_name,
                item.reference or "",
                item.counterpart_id.name or "",
                *map(self._amount, (item.earned, item.spent, item.balance)),
            ]

    def _message_rows(self):
        for introduction in self._introductions(self._members()):
            for message in introduction._said():
                day = fields.Datetime.to_string(message.date)
                author = message.author_id.name or ""
                words = html2plaintext(message.body or "")
                yield [introduction.name, day, author, words]

    def _people_rows(self):
        for member in self._members():
            for person in self._people(member):
                yield [
                    member.name,
                    person["nom"],
                    person["courriel"],
                    person["droit"],
                    "oui" if person["ouvert"] else "non",
                    person["derniere_visite"],
                ]
