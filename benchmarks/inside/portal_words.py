"""What the listings of the benchmark say, and what is looked for: pure Python.

Every listing is written from one known topic, so a search meant for a topic has a
known answer.  One in four also mentions another topic in passing, as real ones do.
"""

import random
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ALSO = 0.25  # of the listings mention another topic
NEEDS = 0.4
TOWNS = (
    *("Paris", "Montreuil", "Saint-Denis", "Créteil", "Nanterre", "Évry", "Melun"),
    *("Cergy", "Versailles", "Pantin", "Ivry", "Bobigny", "Meaux", "Argenteuil"),
)
WHO = (
    *(
        "Coopérative",
        "Association",
        "Petite entreprise",
        "Atelier",
        "Régie de quartier",
    ),
    *("Entreprise d'insertion", "Société familiale", "Collectif d'indépendants"),
)
TAILS = (
    *("", "", "", " pour associations", " en Île-de-France", ", devis gratuit"),
    *(
        " à petit prix",
        ", disponible tout de suite",
        " pour entreprises",
        ", sur mesure",
    ),
)
OPENINGS = {
    "offer": (
        "{who} de {town}, nous proposons : {title}.",
        "{title}, notre équipe vous reçoit à {town}.",
        "À {town} et aux environs : {title}.",
        "Vous voulez en savoir plus sur ce sujet ? {title}, depuis {town}.",
        "{who} de {town} depuis dix ans : {title}.",
    ),
    "need": (
        "{who} de {town}, nous cherchons : {title}.",
        "Il nous faudrait avant la fin du trimestre : {title}.",
        "Notre local de {town} en a besoin : {title}.",
        "Qui pourrait nous aider ? {title}, à {town}.",
    ),
}
COMMON = (
    "Devis sous quarante-huit heures.",
    "Nous intervenons dans toute l'Île-de-France.",
    "Appelez-nous pour convenir d'une date.",
    "Paiement en Actifs, tout ou partie.",
    "Références sur demande.",
    "Une équipe à l'écoute, dix ans d'expérience.",
    "Possibilité d'un échange régulier toute l'année.",
    "Prix dégressif selon la quantité.",
    "Nous nous adaptons à vos horaires.",
    "Travail soigné et délais tenus.",
    "Local accessible en transports en commun.",
    "Échange possible contre d'autres services du réseau.",
)


@dataclass(frozen=True)
class Topic:
    """`category`: the end of its external id; `titles` and `details` in French."""

    key: str
    category: str
    titles: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A search as it is typed, and the topic that answers it."""

    kind: str
    text: str
    topic: str


def topics(text=None):
    """Return the topics of the file (or of `text`), in its order."""
    found, category = [], ""
    for line in _lines("portal_topics.txt", text):
        if line.startswith("= "):
            category = line[2:]
        elif line.startswith("- "):
            found[-1][3].append(line[2:])
        else:
            key, _, titles = line.partition(": ")
            found.append((key, category, tuple(titles.split(" / ")), []))
    return [Topic(*head, tuple(details)) for *head, details in found]


def queries(text=None):
    """Return the searches of the file (or of `text`)."""
    lines = _lines("portal_queries.txt", text)
    return [Query(*(part.strip() for part in line.split("|"))) for line in lines]


def _lines(name, text):
    text = (HERE / name).read_text(encoding="utf-8") if text is None else text
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def listings(count, seed=1):
    """Yield (kind, topic, title, description) of so many listings, always the same."""
    chance = random.Random(seed)
    known = topics()
    for number in range(count):
        topic = known[number % len(known)]
        kind = "need" if chance.random() < NEEDS else "offer"
        yield (
            kind,
            topic,
            _title(chance, kind, topic),
            _text(chance, kind, topic, known),
        )


def _title(chance, kind, topic):
    title = chance.choice(topic.titles)
    if kind == "need":
        return f"{chance.choice(('Cherche', 'Besoin', 'Recherche'))} : {_small(title)}"
    return title + chance.choice(TAILS)


def _text(chance, kind, topic, known):
    opening = chance.choice(OPENINGS[kind])
    who, town = chance.choice(WHO), chance.choice(TOWNS)
    title = _small(chance.choice(topic.titles))
    text = opening.format(who=who, town=town, title=title)
    told = [text[:1].upper() + text[1:], *chance.sample(topic.details, 2)]
    told += chance.sample(COMMON, chance.randint(1, 3))
    if chance.random() < ALSO:
        other = chance.choice([one for one in known if one != topic])
        told.append(f"Et aussi : {_small(chance.choice(other.titles))}.")
    return " ".join(told)


def _small(title):
    """Return a title inside a sentence; names in capitals stay."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
