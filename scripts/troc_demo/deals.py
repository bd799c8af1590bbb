"""What happens in the demonstration: every invoice, and what becomes of it."""

from dataclasses import dataclass

from troc_demo import data

VALIDATED, REVERSED, REFUSED = "validated", "reversed", "refused"
SUBMITTED, BLOCKED, DRAFT = "submitted", "blocked", "draft"

GOODS, SERVICES = "20% G", "20% S"  # VAT due at the invoice; on payment


@dataclass(frozen=True)
class Line:
    """One line of an invoice; its price excludes VAT."""

    name: str
    quantity: float
    price: float
    tax: str = SERVICES


@dataclass(frozen=True)
class Deal:
    """One invoice.  `fate` is the state it ends in, decided by `by`.

    Hosted sellers make it in Odoo (found again by its origin, `key`); the others send
    `file`, whose number is `key`.
    """

    key: str
    seller: str
    buyer: str
    share: int
    lines: tuple
    fate: str
    story: str
    by: str = ""
    reason: str = ""
    days: int = 0  # how long ago the invoice was made
    bill: bool = False  # the buyer's accountant posts his bill
    file: str = ""


@dataclass(frozen=True)
class Limits:
    """A change of a member's limits by the manager."""

    member: str
    credit: float
    balance: float
    reason: str


LIMITS = (
    Limits(
        "contrechamp",
        3000.0,
        0.0,
        "Campagne déjà commandée par l'Atelier Boisclair : le découvert sera comblé "
        "dans le mois.",
    ),
)

DEALS = (
    Deal(
        key="Devis BC-101",
        seller="boisclair",
        buyer="contrechamp",
        share=100,
        days=18,
        lines=(
            Line("Banque d'accueil en chêne massif", 1, 1500.0, GOODS),
            Line("Fauteuil de réunion, modèle Rosny", 6, 150.0, GOODS),
        ),
        fate=VALIDATED,
        by=data.GRAND_PARIS,
        bill=True,
        story="du mobilier design, payé entièrement en Actifs…",
    ),
    Deal(
        key="Devis CC-88",
        seller="contrechamp",
        buyer="boisclair",
        share=50,
        days=14,
        lines=(
            Line("Campagne de lancement de la collection : création", 1, 3200.0),
            Line("Campagne de lancement : diffusion et suivi", 1, 1600.0),
        ),
        fate=VALIDATED,
        by=data.PARIS,
        bill=True,
        story="… contre une campagne : le mobilier est échangé",
    ),
    Deal(
        key="PAL-2026-031",
        seller="palissandre",
        buyer="boisclair",
        share=50,
        lines=(Line("Reportage photographique de la collection", 1, 1200.0),),
        fate=VALIDATED,
        by=data.GRAND_PARIS,
        bill=True,
        file="PAL-2026-031.pdf",
        story="un Factur-X (PDF/A-3) envoyé par un membre sans Odoo",
    ),
    Deal(
        key="Devis TV-212",
        seller="tablees",
        buyer="palissandre",
        share=100,
        days=6,
        lines=(Line("Buffet de vernissage, 40 personnes", 1, 500.0),),
        fate=VALIDATED,
        by=data.NORTH_WEST,
        story="le studio dépense les Actifs qu'il vient de gagner",
    ),
    Deal(
        key="Devis RV-640",
        seller="ruvert",
        buyer="contrechamp",
        share=100,
        days=12,
        lines=(Line("Dépliants trois volets, 5 000 ex.", 5, 180.0, GOODS),),
        fate=VALIDATED,
        by=data.SOUTH_EAST,
        story="la facture fournisseur reste en brouillon chez l'acheteur",
    ),
    Deal(
        key="Devis TV-198",
        seller="tablees",
        buyer="ruvert",
        share=50,
        days=11,
        lines=(
            Line("Cantine de chantier, semaine 45", 5, 240.0),
            Line("Service en salle", 5, 60.0),
        ),
        fate=VALIDATED,
        by=data.SOUTH_EAST,
        bill=True,
        story="l'imprimerie achète à son tour",
    ),
    Deal(
        key="Devis BC-107",
        seller="boisclair",
        buyer="ruvert",
        share=100,
        days=9,
        lines=(Line("Aménagement complet de l'atelier", 1, 3000.0, GOODS),),
        fate=BLOCKED,
        by=data.SOUTH_EAST,
        story="un achat au-delà du découvert autorisé : il attend, motif à l'appui",
    ),
    Deal(
        key="Devis RV-655",
        seller="ruvert",
        buyer="tablees",
        share=100,
        days=8,
        lines=(Line("Cartes et menus", 1, 350.0, GOODS),),
        fate=REVERSED,
        by=data.NORTH_WEST,
        reason="500 menus livrés au lieu de 1 000 : la facture sera refaite.",
        story="une compensation validée, puis contre-passée avec son motif",
    ),
    Deal(
        key="RDC-26-118",
        seller="recyclerie",
        buyer="jardins",
        share=100,
        lines=(Line("Étagères et bacs de stockage réemployés", 8, 50.0, GOODS),),
        fate=VALIDATED,
        by=data.SOUTH_EAST,
        file="RDC-26-118.pdf",
        story="deux membres du portail : seul le registre porte des écritures",
    ),
    Deal(
        key="Devis BC-103",
        seller="boisclair",
        buyer="librairie",
        share=50,
        days=16,
        lines=(Line("Rayonnages sur mesure", 4, 250.0, GOODS),),
        fate=VALIDATED,
        by=data.PARIS,
        story="du mobilier pour une librairie",
    ),
    Deal(
        key="Devis CC-91",
        seller="contrechamp",
        buyer="novarive",
        share=100,
        days=7,
        lines=(Line("Affiches de la campagne de rentrée", 1, 600.0),),
        fate=VALIDATED,
        by=data.NORTH_WEST,
        story="l'agence rembourse son découvert en vendant",
    ),
    Deal(
        key="Devis RV-661",
        seller="ruvert",
        buyer="brasserie",
        share=100,
        days=5,
        lines=(Line("Étiquettes de bouteilles, 10 000 ex.", 1, 450.0, GOODS),),
        fate=VALIDATED,
        by=data.SOUTH_EAST,
        story="des étiquettes pour une brasserie",
    ),
    Deal(
        key="Devis TV-220",
        seller="tablees",
        buyer="marchetti",
        share=100,
        days=4,
        lines=(Line("Déjeuner de séminaire", 12, 25.0),),
        fate=REFUSED,
        by=data.NORTH_WEST,
        reason="Séminaire annulé avant sa date : la prestation n'a pas eu lieu.",
        story="une demande refusée avec son motif",
    ),
    Deal(
        key="Devis CC-94",
        seller="contrechamp",
        buyer="tablees",
        share=50,
        days=3,
        lines=(Line("Identité visuelle et logo", 1, 1500.0),),
        fate=SUBMITTED,
        story="une demande toute fraîche, à valider à Paris ou dans le Val-d'Oise",
    ),
    Deal(
        key="OCT-0457",
        seller="octopluie",
        buyer="ruvert",
        share=100,
        lines=(Line("Refonte du site internet", 1, 750.0),),
        fate=SUBMITTED,
        file="OCT-0457.pdf",
        story="un Factur-X qui attend son animateur",
    ),
    Deal(
        key="RLV-1182",
        seller="roulevite",
        buyer="contrechamp",
        share=0,
        lines=(Line("Courses à vélo-cargo, octobre", 12, 20.0),),
        fate=DRAFT,
        file="RLV-1182.pdf",
        story="le fichier ne dit pas sa part Actif : à l'animateur de la demander",
    ),
)
