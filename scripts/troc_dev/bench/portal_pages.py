"""Which pages benchmarks/portal.py asks for, and what the same page is with one row."""

from dataclasses import dataclass
from urllib.parse import urlencode

REFERENCE = "/my/invoices"
MARKET = "/my/actif/market"
MISSPELT, NOTHING = "misspelt", "nothing found"
SEARCHES = {
    "logo": {"query": "logo"},
    "traiteur buffet": {"query": "traiteur buffet"},
    "nettoyage de bureaux": {"query": "nettoyage de bureaux"},
    "creation site internet": {"query": "creation site internet"},
    "formation": {"query": "formation"},
    "devis": {"query": "devis"},
    "toners fanfare séminaire (nowhere together)": {
        "query": "toners fanfare séminaire"
    },
    f"photograhpe ({MISSPELT})": {"query": "photograhpe"},
    f"nettoyge de bureau ({MISSPELT})": {"query": "nettoyge de bureau"},
    "peinture, filters": {
        "query": "peinture",
        "kind": "offer",
        "near": "30",
        "share": "100",
        "max_price": "900",
        "order": "cheapest",
    },
    NOTHING: {"query": "xyloglyphe"},
}


@dataclass(frozen=True)
class Page:
    """`kind`: odoo, ours, search or public; `who` looks at `path`.

    The same page with one row: `few_path`, which `few_who` looks at; None: it has none.
    """

    name: str
    kind: str
    path: str
    few_path: str | None = None
    who: str = "hot"
    few_who: str = "few"


def pages(ids):
    """Return all pages; `ids` of what they show come from portal_fill.py."""
    return [*_odoo(), *_own(ids), *_market(ids), *_searches(), *_public()]


def _odoo():
    return [Page(path, "odoo", path, path) for path in ("/my", REFERENCE)]


def _own(ids):
    own = "statement", "listings", "suggestions", "introductions", "invoices"
    paths = ["/my/actif", *(f"/my/actif/{name}" for name in (*own, "colleagues"))]
    found = [Page(path, "ours", path, path) for path in paths]
    for name in ("introductions", "invoices"):
        hot, few = (f"/my/actif/{name}/{ids[name][who]}" for who in ("hot", "few"))
        found.append(Page(f"/my/actif/{name}/…", "ours", hot, few))
    return found


def _market(ids):
    rare, members = ids["rare"], ids["members"]
    profile = "/my/actif/members/{}".format
    seen = [
        (MARKET, MARKET, f"{MARKET}?category={rare['category']}&kind=offer"),
        (f"{MARKET}/…", f"{MARKET}/{ids['listing']}", f"{MARKET}/{rare['listing']}"),
        (profile("…"), profile(members["shop"]), profile(members["few"])),
    ]
    return [Page(*names, few_who="hot") for names in _with_kind(seen, "ours")]


def _searches():
    return [
        Page(f"search: {name}", "search", _search(args), _few(name), few_who="hot")
        for name, args in SEARCHES.items()
    ]


def _search(args):
    return f"{MARKET}?{urlencode(args)}"


def _few(name):
    """Return the address of the same search for words that one listing has."""
    if name == NOTHING:
        return None
    query = "pressoire cidree" if MISSPELT in name else "pressoir cidre"
    return _search({"query": query, "kind": "offer"})


def _public():
    seen = [
        ("/troc/market", "/troc/market", "/troc/market?query=pressoir+voulu"),
        ("/troc/join", "/troc/join", None),
    ]
    return [
        Page(*names, who="visitor", few_who="visitor")
        for names in _with_kind(seen, "public")
    ]


def _with_kind(seen, kind):
    return [(name, kind, *paths) for name, *paths in seen]
