"""Who takes part in the demonstration.  Everybody and every number is invented.

The SIREN numbers start with 000: valid by their key, never allocated.  Telephone
numbers are of the range 01 99 00, kept for fiction; mail goes to `.example`, which
exists nowhere.
"""

from dataclasses import dataclass

DOMAIN = "troc-actif.example"
PASSWORD = "troc-actif"
NETWORK = "Troc Actif"
LANGUAGE, TIME_ZONE = "fr_FR", "Europe/Paris"

ANIMATOR = "troc_actif.group_troc_animator"
MANAGER = "troc_actif.group_troc_manager"
OVERRIDE = "troc_actif.group_troc_override"
READER = "troc_actif.group_troc_reader"
ACCOUNTANT = "account.group_account_user"
CONTACTS = "base.group_partner_manager"


@dataclass(frozen=True)
class Company:
    """A legal person: the operator, or a member."""

    key: str
    name: str
    legal_form: str
    trade: str
    siren: str
    street: str
    zip: str
    city: str
    phone: str
    domain: str
    contact: str
    structure: str = "classic"
    hosted: bool = False  # this database keeps its books
    prefix: str = ""  # of its invoice numbers, where it is hosted

    @property
    def login(self):
        """The login of its accountant (hosted) or of its contact (portal)."""
        return f"{'comptable' if self.hosted else 'contact'}@{self.domain}"

    @property
    def siret(self):
        """SIREN, number of the head office and key."""
        start = f"{self.siren}0001"
        return next(s for s in (f"{start}{key}" for key in range(10)) if luhn(s))

    @property
    def vat(self):
        """The French VAT number of the SIREN."""
        return f"FR{(12 + 3 * int(self.siren)) % 97:02d}{self.siren}"

    @property
    def iban(self):
        """An account at bank 99999, which does not exist, with the right keys."""
        bank, branch, account = "99999", "00001", f"00{self.siren}"
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        domestic = f"{bank}{branch}{account}{key:02d}"
        return f"FR{98 - int(domestic + '152700') % 97:02d}{domestic}"


@dataclass(frozen=True)
class Staff:
    """Someone who works for the network; `territory` is what he animates."""

    login: str
    name: str
    role: str
    groups: tuple
    territory: str = ""


def luhn(digits):
    """Tell whether the key of a SIREN or SIRET is right."""
    ones = sum(map(int, digits[::-2]))
    return (ones + sum(sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])) % 10 == 0


OPERATOR = Company(
    key="operator",
    name=NETWORK,
    legal_form="Association loi 1901",
    trade="réseau de compensation entre entreprises",
    siren="000020008",
    street="3 passage des Ateliers",
    zip="75020",
    city="Paris",
    phone="01 99 00 20 08",
    domain=DOMAIN,
    contact="Bruno Castaing",
    structure="ess",
    hosted=True,
)

HOSTED = (
    Company(
        key="boisclair",
        name="Atelier Boisclair",
        legal_form="SCOP",
        trade="mobilier design en bois local",
        siren="000020016",
        street="14 rue des Menuisiers",
        zip="93100",
        city="Montreuil",
        phone="01 99 00 20 16",
        domain="boisclair.example",
        contact="Jeanne Audibert",
        structure="ess",
        hosted=True,
        prefix="FBC",
    ),
    Company(
        key="contrechamp",
        name="Agence Contrechamp",
        legal_form="SAS",
        trade="agence de communication",
        siren="000020024",
        street="8 cour du Fer à Cheval",
        zip="75011",
        city="Paris",
        phone="01 99 00 20 24",
        domain="contrechamp.example",
        contact="Idris Fontanel",
        hosted=True,
        prefix="FCC",
    ),
    Company(
        key="ruvert",
        name="Imprimerie du Ru Vert",
        legal_form="SARL",
        trade="imprimerie et signalétique",
        siren="000020032",
        street="27 allée des Typographes",
        zip="91000",
        city="Évry-Courcouronnes",
        phone="01 99 00 20 32",
        domain="ru-vert.example",
        contact="Patrick Morvan",
        hosted=True,
        prefix="FRV",
    ),
    Company(
        key="tablees",
        name="Les Tablées du Vexin",
        legal_form="SCIC",
        trade="traiteur et cantine solidaire",
        siren="000020040",
        street="5 quai du Moulin",
        zip="95300",
        city="Pontoise",
        phone="01 99 00 20 40",
        domain="tablees-vexin.example",
        contact="Aminata Diarra",
        structure="ess",
        hosted=True,
        prefix="FTV",
    ),
)

PORTAL = (
    Company(
        key="palissandre",
        name="Studio Palissandre",
        legal_form="SASU",
        trade="photographie et vidéo",
        siren="000020057",
        street="41 rue du Point de Vue",
        zip="92100",
        city="Boulogne-Billancourt",
        phone="01 99 00 20 57",
        domain="palissandre.example",
        contact="Louise Tran",
    ),
    Company(
        key="octopluie",
        name="Octopluie",
        legal_form="SAS",
        trade="sites internet et hébergement sobre",
        siren="000020065",
        street="12 rue des Réservoirs Hauts",
        zip="78000",
        city="Versailles",
        phone="01 99 00 20 65",
        domain="octopluie.example",
        contact="Karim Belhadj",
    ),
    Company(
        key="roulevite",
        name="Roulevite Coursiers",
        legal_form="SARL",
        trade="livraison à vélo-cargo",
        siren="000020073",
        street="9 avenue du Chemin Vert",
        zip="94000",
        city="Créteil",
        phone="01 99 00 20 73",
        domain="roulevite.example",
        contact="Thomas Ribeiro",
    ),
    Company(
        key="recyclerie",
        name="Recyclerie Deux Canaux",
        legal_form="Association loi 1901",
        trade="réemploi de mobilier et d'équipement",
        siren="000020081",
        street="60 rue de l'Écluse",
        zip="93300",
        city="Aubervilliers",
        phone="01 99 00 20 81",
        domain="deux-canaux.example",
        contact="Mireille Coste",
        structure="ess",
    ),
    Company(
        key="jardins",
        name="Les Jardins de l'Almont",
        legal_form="Association loi 1901",
        trade="maraîchage d'insertion",
        siren="000020099",
        street="2 chemin des Serres",
        zip="77000",
        city="Melun",
        phone="01 99 00 20 99",
        domain="jardins-almont.example",
        contact="Gilles Pruvost",
        structure="ess",
    ),
    Company(
        key="marchetti",
        name="Marchetti Conseil",
        legal_form="EURL",
        trade="conseil en gestion",
        siren="000020107",
        street="18 place des Belles Lettres",
        zip="92000",
        city="Nanterre",
        phone="01 99 00 21 07",
        domain="marchetti.example",
        contact="Chiara Marchetti",
    ),
    Company(
        key="novarive",
        name="Institut Novarive",
        legal_form="SA",
        trade="formation professionnelle",
        siren="000020115",
        street="33 rue de la Terrasse Basse",
        zip="78100",
        city="Saint-Germain-en-Laye",
        phone="01 99 00 21 15",
        domain="novarive.example",
        contact="Hélène Quesnel",
    ),
    Company(
        key="facades",
        name="Couleurs de l'Yvette",
        legal_form="EURL",
        trade="peinture et ravalement",
        siren="000020123",
        street="7 rue des Peupliers",
        zip="91300",
        city="Massy",
        phone="01 99 00 21 23",
        domain="couleurs-yvette.example",
        contact="Joaquim Teixeira",
    ),
    Company(
        key="clairnet",
        name="Clairnet Insertion",
        legal_form="SAS",
        trade="nettoyage, entreprise d'insertion",
        siren="000020131",
        street="25 rue du Port aux Vins",
        zip="95100",
        city="Argenteuil",
        phone="01 99 00 21 31",
        domain="clairnet.example",
        contact="Fatoumata Keïta",
        structure="ess",
    ),
    Company(
        key="librairie",
        name="Librairie Page Cornée",
        legal_form="SARL",
        trade="librairie indépendante",
        siren="000020149",
        street="11 rue des Deux Ponts Neufs",
        zip="75020",
        city="Paris",
        phone="01 99 00 21 49",
        domain="page-cornee.example",
        contact="Simon Delattre",
    ),
    Company(
        key="brasserie",
        name="Brasserie du Grand Morin",
        legal_form="SAS",
        trade="brasserie artisanale",
        siren="000020156",
        street="4 rue du Pont de Bois",
        zip="77120",
        city="Coulommiers",
        phone="01 99 00 21 56",
        domain="grand-morin.example",
        contact="Nolwenn Salaün",
    ),
)

MEMBERS = {company.key: company for company in HOSTED + PORTAL}
BOOKS = (*HOSTED, OPERATOR)  # whose books are kept in this database

GRAND_PARIS = f"animatrice@{DOMAIN}"
PARIS = f"animateur.paris@{DOMAIN}"
NORTH_WEST = f"animatrice.nord-ouest@{DOMAIN}"
SOUTH_EAST = f"animateur.sud-est@{DOMAIN}"
MANAGER_LOGIN = f"gestion@{DOMAIN}"

STAFF = (
    Staff(
        GRAND_PARIS,
        "Nadia Benhamou",
        "animatrice 92-93-94, sans droit comptable",
        (ANIMATOR,),
        "troc_actif.territory_metropole",
    ),
    Staff(
        PARIS,
        "Hugo Lemarchand",
        "animateur 75, sans droit comptable",
        (ANIMATOR,),
        "troc_actif.territory_paris",
    ),
    Staff(
        NORTH_WEST,
        "Sylvie Kerdoncuf",
        "animatrice 78-95, sans droit comptable",
        (ANIMATOR,),
        "troc_actif.territory_nord_ouest",
    ),
    Staff(
        SOUTH_EAST,
        "Marc Tessandier",
        "animateur 77-91, sans droit comptable",
        (ANIMATOR,),
        "troc_actif.territory_sud_est",
    ),
    Staff(
        MANAGER_LOGIN,
        "Élodie Vasseur",
        "gestionnaire du réseau",
        (MANAGER, OVERRIDE, CONTACTS),
    ),
    Staff(
        OPERATOR.login,
        OPERATOR.contact,
        "comptable du réseau, lit tout",
        (READER, ACCOUNTANT),
    ),
)
