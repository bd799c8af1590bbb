"""What the members of the demonstration offer, need, say to each other and agree upon.

Everybody and everything is invented.  Days are counted from today.
"""

from dataclasses import dataclass

DRAFT, PAUSED, CLOSED, PUBLISHED = "draft", "paused", "closed", "published"


@dataclass(frozen=True)
class Slot:
    """Days on which something is free."""

    first: int
    last: int
    places: int = 0
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """An offer or a need; `price` in Actifs incl. VAT, one figure or two."""

    member: str
    name: str
    category: str
    text: str
    price: tuple = ()
    unit: str = "flat"
    share: str = "100"
    area: str = "territory"
    kind: str = "offer"
    hand: bool = False
    quantity: int = 0
    when: str = ""
    slots: tuple = ()
    picture: str = ""
    state: str = PUBLISHED


@dataclass(frozen=True)
class Terms:
    """What one proposes; `day`: from today on."""

    subject: str
    total: float = 0.0
    share: int = 0
    day: int = 14
    reserve: bool = False
    hours: float = 0.0


@dataclass(frozen=True)
class Talk:
    """A conversation about a listing, opened by another member, and how far it went.

    `words`: (who, text), the first one by who opens it.  `terms` are proposed by the
    last one who spoke.
    """

    listing: str
    by: str
    words: tuple
    terms: Terms | None = None
    accepted: bool = False
    delivered: bool = False
    help: str = ""
    given_up: str = ""


LISTINGS = (
    Listing(
        "boisclair",
        "Tables et bureaux en chêne sur mesure",
        "supplies",
        "Bois d'Île-de-France, finition huilée. Fabrication en trois semaines,\n"
        "livraison et montage compris en petite couronne.",
        (650, 2400),
        "piece",
        "50",
        picture="meuble",
    ),
    Listing(
        "boisclair",
        "Atelier bois équipé, à la journée",
        "machines",
        "Scie à panneaux, raboteuse, perceuse à colonne et établis. Un menuisier\n"
        "est présent pour la prise en main et la sécurité.",
        (180,),
        "day",
        quantity=2,
        when="Deux ou trois jours par semaine",
        slots=(
            Slot(6, 6, 2, "Journée entière"),
            Slot(10, 10, 1, "Matinée"),
            Slot(13, 13, 2, "Journée entière"),
        ),
        picture="scie",
    ),
    Listing(
        "boisclair",
        "Reportage photo d'une nouvelle collection",
        "video",
        "Une vingtaine de vues en atelier et dix en situation, pour un catalogue et\n"
        "un site. Droits pour cinq ans.",
        (1200, 1600),
        share="50",
        kind="need",
        picture="photo",
    ),
    Listing(
        "contrechamp",
        "Identité visuelle d'une petite structure",
        "communication",
        "Logo, couleurs, typographies et un guide de dix pages. Deux pistes, trois\n"
        "allers-retours.",
        (1500, 2800),
        share="50",
        area="anywhere",
        picture="affiche",
    ),
    Listing(
        "contrechamp",
        "Studio podcast : cabine et ingénieur du son",
        "video",
        "Cabine traitée, quatre micros, montage d'un épisode de trente minutes.",
        (240,),
        "half_day",
        quantity=1,
        when="L'après-midi",
        slots=(Slot(7, 7, 1), Slot(9, 9, 1), Slot(14, 14, 1)),
        picture="micro",
    ),
    Listing(
        "contrechamp",
        "Ravalement de notre façade sur cour",
        "works",
        "Environ 90 m², enduit à reprendre par endroits. Échafaudage possible depuis\n"
        "la cour, accès par le passage.",
        (3500, 4500),
        share="50",
        kind="need",
        picture="peinture",
    ),
    Listing(
        "ruvert",
        "Impression de dépliants sur papier recyclé",
        "printing",
        "Encres végétales, papier recyclé 135 g, pliage compris. À partir de\n"
        "500 exemplaires, bon à tirer sous deux jours.",
        (180, 900),
        picture="presse",
    ),
    Listing(
        "ruvert",
        "Panneaux et enseignes de boutique",
        "printing",
        "Relevé sur place, maquette, impression et pose. Aluminium ou bois.",
        (420,),
        "sqm",
        "50",
        picture="enseigne",
    ),
    Listing(
        "ruvert",
        "Refonte de notre site internet",
        "web",
        "Cinq pages, devis en ligne et catalogue des papiers. Nous fournissons les\n"
        "textes et les photos.",
        (800, 1200),
        kind="need",
        area="anywhere",
        picture="site",
    ),
    Listing(
        "tablees",
        "Plateaux repas pour vos réunions",
        "catering",
        "De saison, végétarien ou non, livrés froids en boîtes consignées. De dix à\n"
        "cent personnes, commande la veille avant midi.",
        (17,),
        "person",
        quantity=100,
        picture="repas",
    ),
    Listing(
        "tablees",
        "Salle de réception pour 60 personnes",
        "premises",
        "Ancienne grange chauffée, cuisine attenante, vidéoprojecteur et scène.\n"
        "Gare à dix minutes à pied.",
        (450,),
        "day",
        "50",
        quantity=60,
        slots=(Slot(11, 13, 60, "Trois jours de suite"), Slot(20, 24, 60)),
        picture="fete",
    ),
    Listing(
        "tablees",
        "Légumes de saison pour notre cantine",
        "catering",
        "Une livraison par semaine, 80 à 120 kg selon la saison, de préférence\n"
        "cultivés à moins de 60 km.",
        (2, 4),
        "kg",
        kind="need",
        picture="legumes",
    ),
    Listing(
        "palissandre",
        "Film de présentation de votre entreprise",
        "video",
        "Une journée de tournage, montage de deux minutes, sous-titres et format\n"
        "vertical pour les réseaux.",
        (1400,),
        share="50",
        area="anywhere",
        picture="camera",
    ),
    Listing(
        "palissandre",
        "Portraits d'équipe dans vos locaux",
        "video",
        "Fond mobile et éclairage ; dix portraits retouchés en une demi-journée.",
        (380,),
        "half_day",
        picture="photo",
    ),
    Listing(
        "palissandre",
        "Assistance comptable pour le bilan",
        "accounting",
        "SAS de deux personnes, 300 écritures par an. Révision et liasse.",
        (600, 900),
        kind="need",
        area="anywhere",
        picture="compta",
    ),
    Listing(
        "octopluie",
        "Site vitrine sobre, hébergé en France",
        "web",
        "Cinq pages légères, accessibles et faciles à modifier. Formation d'une heure\n"
        "à la remise.",
        (900, 1400),
        area="anywhere",
        picture="site",
    ),
    Listing(
        "octopluie",
        "Hébergement et sauvegardes, un an",
        "web",
        "Serveurs alimentés en énergie renouvelable, sauvegarde chaque nuit,\n"
        "assistance par des humains.",
        (240,),
        area="anywhere",
        picture="serveur",
    ),
    Listing(
        "octopluie",
        "Une heure pour votre cybersécurité",
        "web",
        "Mots de passe, sauvegardes, courriels douteux : on regarde ensemble et vous\n"
        "repartez avec trois choses à faire.",
        hand=True,
        area="anywhere",
        when="Le mercredi matin",
        picture="cafe",
    ),
    Listing(
        "roulevite",
        "Livraison à vélo-cargo, petite couronne",
        "transport",
        "Jusqu'à 150 kg, dans la journée. Suivi en ligne et preuve de remise.",
        (22,),
        "hour",
        "50",
        picture="velo",
    ),
    Listing(
        "roulevite",
        "Vélo-cargo prêté le week-end",
        "transport",
        "Pour un déménagement de bureau ou un marché. Casque et antivol compris.",
        hand=True,
        quantity=1,
        slots=(Slot(5, 6, 1, "Deux jours"), Slot(12, 13, 1)),
        picture="velo",
    ),
    Listing(
        "recyclerie",
        "Mobilier de bureau remis en état",
        "reuse",
        "Bureaux, caissons, fauteuils et étagères vérifiés. Retrait sur place ou\n"
        "livraison possible.",
        (25, 180),
        "piece",
        quantity=120,
        picture="fauteuil",
    ),
    Listing(
        "recyclerie",
        "Collecte et livraison de meubles",
        "transport",
        "Deux tournées par semaine en Seine-Saint-Denis, un utilitaire et un bras\n"
        "suffisent.",
        (250, 400),
        "week",
        kind="need",
        picture="camion",
    ),
    Listing(
        "jardins",
        "Paniers de légumes pour vos équipes",
        "catering",
        "Cultivés à Melun en insertion, sans pesticides. Livraison le jeudi.",
        (14,),
        "piece",
        quantity=40,
        picture="legumes",
    ),
    Listing(
        "jardins",
        "Étagères et bacs de stockage solides",
        "supplies",
        "Pour la serre et la chambre froide ; d'occasion, c'est très bien.",
        (400, 600),
        kind="need",
        picture="bureau",
    ),
    Listing(
        "marchetti",
        "Plan de trésorerie et tableau de bord",
        "accounting",
        "Deux rendez-vous et un tableur que vous tenez ensuite seuls.",
        (720,),
        share="50",
        area="anywhere",
        picture="compta",
    ),
    Listing(
        "marchetti",
        "Préparer un rendez-vous avec sa banque",
        "accounting",
        "Deux heures de conseil pour une structure de l'économie sociale.",
        hand=True,
        area="anywhere",
        picture="conseil",
    ),
    Listing(
        "novarive",
        "Formation : vendre sans se brader",
        "training",
        "Sept heures en groupe de huit. Attestation, prise en charge possible de la\n"
        "part en euros.",
        (320,),
        "person",
        "50",
        quantity=8,
        slots=(Slot(16, 16, 8), Slot(44, 44, 8)),
        picture="formation",
    ),
    Listing(
        "novarive",
        "Salle de formation de 20 places",
        "premises",
        "Écran, tableau blanc, cuisine. À deux pas de la gare de Poissy.",
        (160,),
        "day",
        quantity=20,
        picture="salle",
        state=PAUSED,
    ),
    Listing(
        "novarive",
        "Relecture juridique de nos conventions",
        "legal",
        "Trois modèles de convention de formation à mettre à jour.",
        (300, 500),
        kind="need",
        area="anywhere",
        picture="droit",
    ),
    Listing(
        "facades",
        "Peinture intérieure de bureaux",
        "works",
        "Peintures sans solvants, travail possible le week-end. Devis sur place.",
        (28,),
        "sqm",
        "50",
        picture="peinture",
    ),
    Listing(
        "clairnet",
        "Nettoyage de bureaux, produits écologiques",
        "cleaning",
        "Équipe en insertion encadrée, passage hebdomadaire ou ponctuel.",
        (24,),
        "hour",
        picture="menage",
    ),
    Listing(
        "clairnet",
        "Prospecter des entreprises de la zone",
        "prospecting",
        "Vingt rendez-vous qualifiés avec des sites de plus de 500 m².",
        (900,),
        share="50",
        kind="need",
        picture="telephone",
    ),
    Listing(
        "librairie",
        "Bibliothèque d'entreprise, choisie et livrée",
        "events",
        "Trente livres choisis avec vos équipes, renouvelés chaque trimestre.",
        (480,),
        share="50",
        picture="livres",
    ),
    Listing(
        "librairie",
        "Espace de lecture pour vos rencontres",
        "premises",
        "Le soir, vingt personnes assises entre les rayons.",
        hand=True,
        quantity=20,
        picture="enseigne",
        state=DRAFT,
    ),
    Listing(
        "brasserie",
        "Bières locales pour vos événements",
        "catering",
        "Trois bières de Seine-et-Marne, tireuse prêtée à partir de 30 litres.",
        (4,),
        "piece",
        quantity=600,
        picture="biere",
    ),
    Listing(
        "brasserie",
        "Découpe laser d'étiquettes en bois",
        "machines",
        "Deux cents médaillons gravés pour nos coffrets de fin d'année.",
        (180, 260),
        kind="need",
        picture="laser",
        state=CLOSED,
    ),
)

TALKS = (
    Talk(
        "Reportage photo d'une nouvelle collection",
        "palissandre",
        (
            ("palissandre", "Bonjour, nous pouvons venir une journée entière."),
            ("boisclair", "Parfait. Vingt vues en atelier, dix en situation ?"),
            ("palissandre", "C'est noté, voici notre proposition."),
        ),
        Terms("Reportage de la collection, 30 vues, droits cinq ans", 1440, 50),
        accepted=True,
    ),
    Talk(
        "Étagères et bacs de stockage solides",
        "recyclerie",
        (
            ("recyclerie", "Nous avons huit lots qui conviendraient, métal et bois."),
            ("jardins", "Très bien, livrés à la serre ?"),
            ("recyclerie", "Oui, livraison comprise."),
        ),
        Terms("Huit lots d'étagères et de bacs, livrés", 480, 100),
        accepted=True,
    ),
    Talk(
        "Refonte de notre site internet",
        "octopluie",
        (
            ("octopluie", "Cinq pages et un devis en ligne : trois semaines."),
            ("ruvert", "Le catalogue des papiers pourra être modifié par nous ?"),
            ("octopluie", "Oui, et une heure de prise en main est comprise."),
        ),
        Terms("Site de cinq pages avec devis en ligne", 900, 100),
        accepted=True,
        delivered=True,
    ),
    Talk(
        "Bières locales pour vos événements",
        "librairie",
        (
            ("librairie", "Pour notre soirée d'anniversaire : soixante bouteilles ?"),
            ("brasserie", "Avec plaisir, livrées la veille."),
        ),
        Terms("Soixante bouteilles, livrées la veille", 240, 100, reserve=True),
        accepted=True,
    ),
    Talk(
        "Tables et bureaux en chêne sur mesure",
        "ruvert",
        (
            (
                "ruvert",
                "Tout notre atelier est à refaire : établis, casiers, comptoir.",
            ),
            ("boisclair", "Nous sommes venus mesurer. Voici ce que nous proposons."),
        ),
        Terms("Aménagement complet de l'atelier, posé", 3600, 100),
        accepted=True,
        delivered=True,
    ),
    Talk(
        "Nettoyage de bureaux, produits écologiques",
        "marchetti",
        (
            ("marchetti", "Un grand nettoyage de rentrée de nos 120 m²."),
            ("clairnet", "Deux personnes, une journée."),
        ),
        Terms("Grand nettoyage de 120 m²", 384, 50, 3),
        accepted=True,
        delivered=True,
    ),
    Talk(
        "Ravalement de notre façade sur cour",
        "facades",
        (
            ("facades", "Nous sommes passés voir : c'est faisable en six jours."),
            ("contrechamp", "L'échafaudage est compris ?"),
            ("facades", "Oui. Voici ce que nous proposons."),
        ),
        Terms("Ravalement de 90 m², échafaudage compris", 4200, 50, 40),
    ),
    Talk(
        "Plateaux repas pour vos réunions",
        "novarive",
        (
            ("novarive", "Huit stagiaires deux midis par mois, est-ce possible ?"),
            ("tablees", "Oui, et nous reprenons les boîtes à la livraison suivante."),
        ),
    ),
    Talk(
        "Livraison à vélo-cargo, petite couronne",
        "recyclerie",
        (("recyclerie", "Peut-on confier une armoire démontée de 80 kg ?"),),
        help="Nous n'arrivons pas à joindre le livreur pour un chantier pressé.",
    ),
    Talk(
        "Plan de trésorerie et tableau de bord",
        "jardins",
        (
            ("jardins", "Nous voudrions y voir clair avant l'hiver."),
            ("marchetti", "Je peux venir à Melun en janvier."),
        ),
        given_up="La chambre d'agriculture nous accompagne finalement.",
    ),
    Talk(
        "Préparer un rendez-vous avec sa banque",
        "clairnet",
        (
            ("clairnet", "Nous demandons un prêt pour une autolaveuse."),
            ("marchetti", "Apportez vos deux derniers bilans."),
        ),
        Terms("Deux heures de préparation", day=5, hours=2.0),
        accepted=True,
        delivered=True,
    ),
    Talk(
        "Vélo-cargo prêté le week-end",
        "brasserie",
        (("brasserie", "Samedi, pour le marché de Noël ? Nous offrons la tournée."),),
    ),
)

PRESENTATIONS = {
    "palissandre": "Deux photographes et une monteuse à Boulogne-Billancourt.\n"
    "Nous aimons les ateliers, les cuisines et les gens qui font.",
    "octopluie": "Une petite équipe de Versailles qui fait des sites légers et les\n"
    "héberge avec soin.",
    "recyclerie": "Nous donnons une seconde vie au mobilier de bureau et formons\n"
    "douze personnes par an.",
    "jardins": "Quatre hectares de maraîchage à Melun, vingt-cinq salariés en\n"
    "parcours d'insertion.",
    "clairnet": "Entreprise d'insertion à Pontoise : des équipes formées et suivies.",
    "librairie": "Librairie de quartier du vingtième, deux libraires et un chat.",
}

CHARTER = """<p><b>En rejoignant le réseau, notre entreprise s'engage :</b></p><ul>
<li>à répondre aux autres membres sous une semaine ;</li>
<li>à livrer ce qui est convenu, au prix habituel de nos clients ;</li>
<li>à dépenser les Actifs gagnés : ils ne sont jamais remboursés en euros ;</li>
<li>à signaler à l'animateur toute difficulté, avant qu'elle ne devienne un litige.</li>
</ul>"""

# Asks to join on the public page; an animator of Paris will admit it, or not.
CANDIDATE = {
    "name": "Cycles du Canal",
    "legal_form": "SARL",
    "trade": "réparation de vélos d'entreprise",
    "street": "12 quai des Écluses",
    "zip": "75019",
    "city": "Paris",
    "contact": "Awa Diallo",
    "email": "contact@cycles-canal.example",
    "phone": "01 99 00 21 60",
    "charter": "1",
    "offers": (
        "Entretien d'une flotte de vélos",
        "Atelier de réparation pour salariés",
    ),
    "needs": ("Un site internet", "Des étagères d'occasion"),
}
CANDIDATE_SIREN = "000021600"
COLLEAGUE = ("palissandre", "Chloé Vidal", "chloe@palissandre.example", "read")
SEARCH = ("recyclerie", "Transport dans le 93", {"query": "livraison", "kind": "offer"})
