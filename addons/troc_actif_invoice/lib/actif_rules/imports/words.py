"""The French words of an import and of an export, each for a technical key.

The first word is the one that is written; all of them, and the key, are read.
"""

STATES = {
    "candidate": ("candidat", "candidate"),
    "active": ("actif", "active", "en activité", "membre"),
    "on_hold": ("suspendu", "suspendue", "suspendu (peut vendre)"),
    "stand_by": ("en attente", "en veille", "en attente (peut acheter)"),
    "leaving": ("sortant", "sur le départ", "en partance"),
    "left": ("parti", "sorti", "ancien membre"),
}
STRUCTURES = {
    "ess": ("ESS", "économie sociale", "économie sociale et solidaire (ess)"),
    "classic": ("classique", "entreprise classique", "autre"),
}
KINDS = {
    "portal": ("portail", "portal"),
    "linked": ("son Odoo", "odoo", "relié", "own odoo"),
    "hosted": ("hébergé", "hébergé ici", "hebergee"),
}
LISTING_KINDS = {
    "offer": ("offre", "propose", "vend"),
    "need": ("besoin", "cherche", "demande"),
}
LISTING_STATES = {
    "draft": ("brouillon",),
    "pending": ("à voir par l'animateur", "en attente"),
    "published": ("publiée", "publié", "en ligne"),
    "paused": ("en pause", "suspendue"),
    "expired": ("expirée", "expiré"),
    "closed": ("fermée", "close", "clôturée"),
}
LISTING_UNITS = {
    "flat": ("forfait", "ensemble", "lot"),
    "piece": ("pièce", "unité"),
    "hour": ("heure",),
    "half_day": ("demi-journée",),
    "day": ("jour", "journée"),
    "week": ("semaine",),
    "month": ("mois",),
    "person": ("personne",),
    "sqm": ("m²", "m2", "mètre carré"),
    "kg": ("kg", "kilogramme", "kilo"),
}
LISTING_SHARES = {
    "100": ("100 %", "100%", "100 % actif"),
    "50": ("50 %", "50%", "50 % actif"),
    "free": ("à convenir", "libre"),
}
LISTING_AREAS = {
    "department": ("département", "mon département"),
    "territory": ("territoire", "mon territoire"),
    "anywhere": ("partout", "à distance", "partout ou à distance"),
}
