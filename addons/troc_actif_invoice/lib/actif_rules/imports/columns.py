"""All sheets of an import and of an export."""

from . import values
from .members import MEMBERS
from .sheet import Column, Sheet, choice
from .words import (
    LISTING_AREAS,
    LISTING_KINDS,
    LISTING_SHARES,
    LISTING_STATES,
    LISTING_UNITS,
)

LISTINGS = Sheet(
    "listings",
    "annonces",
    (
        Column(
            "siren",
            "SIREN",
            values.siren,
            required=True,
            aliases=("siren du membre", "membre"),
            example="732829320",
        ),
        choice(
            "kind", "Sens", LISTING_KINDS, "offre", required=True, aliases=("nature",)
        ),
        Column(
            "name",
            "Titre",
            values.line(120),
            required=True,
            aliases=("intitulé", "annonce", "title"),
            example="Bureaux en chêne sur mesure",
        ),
        Column(
            "description",
            "Description",
            values.lines(5000),
            aliases=("texte",),
            example="Bois français, livrés et montés en Île-de-France.",
        ),
        Column(
            "category",
            "Catégorie",
            values.line(120),
            aliases=("rubrique",),
            note="Le nom d'une catégorie du réseau.",
            example="Mobilier et équipement",
        ),
        Column(
            "price_min",
            "Prix",
            values.positive,
            aliases=("prix minimum", "price"),
            note="En Actifs, TVA comprise.",
            example="450,00",
        ),
        Column(
            "price_max",
            "Jusqu'à",
            values.positive,
            aliases=("prix maximum", "prix max"),
        ),
        choice("price_unit", "Unité", LISTING_UNITS, "pièce", aliases=("par",)),
        choice("share", "Part Actif", LISTING_SHARES, "100 %", aliases=("part",)),
        Column("quantity", "Quantité", values.whole, example="6"),
        choice("service_area", "Zone", LISTING_AREAS, "territoire"),
        Column("availability", "Disponibilité", values.line(200)),
        Column("is_helping_hand", "Coup de main", values.truth, aliases=("entraide",)),
        choice("state", "État", LISTING_STATES, "publiée", aliases=("statut",)),
        Column(
            "expires_on",
            "Expire le",
            values.day,
            aliases=("échéance", "expiration"),
            note="JJ/MM/AAAA. Vide : la durée du réseau.",
        ),
        Column(
            "pictures",
            "Photos",
            values.line(1000),
            note="Dans un ZIP : chemins des images, séparés par « | ».",
        ),
    ),
)
CATEGORIES = Sheet(
    "categories",
    "categories",
    (Column("name", "Catégorie", values.line(120), required=True, aliases=("nom",)),),
)
SHEETS = (MEMBERS, LISTINGS, CATEGORIES)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
# What our exports hold beside these: read by people, taken by no import.
FOR_READERS = frozenset(
    {"notes", "territoires", "reglages", "mouvements", "compensations", "personnes"}
    | {"messages", "recherches", "limites", "mises-en-relation", "calendriers"}
)
