"""Load the marketplace: what members publish, write and agree upon, each as himself.

What an earlier run made is found by its member and title, and left alone.
"""

import base64
import datetime
import http.cookiejar
import re
import urllib.parse
import urllib.request
from pathlib import Path
from zoneinfo import ZoneInfo

from troc_demo import data
from troc_demo import market_data as market
from troc_demo.progress import Phase
from troc_demo.rpc import Unreachable

PICTURES = Path(__file__).parent / "pictures"
ENDS = {market.PAUSED: "action_pause", market.CLOSED: "action_close"}


def load(network):
    """Make what is missing of the marketplace."""
    network.server.connect_all(company.login for company in data.MEMBERS.values())
    _open(network)
    listings = _load_listings(network)
    _load_talks(network, listings)
    _load_people(network)


def _open(network):
    """Let visitors look, and companies ask to join."""
    manager = network.server.connect(data.MANAGER_LOGIN)["troc.network"]
    wanted = {"public_view": "teaser", "show_room": True, "joining_open": True}
    (found,) = manager.read([network.network_id], [*wanted, "charter"])
    with Phase("Place de marché ouverte", 1) as phase:
        if found["charter"]:
            phase.skip()
            return
        with phase.step("Logo, charte, page pour les visiteurs"):
            _set_logo(network)
            values = {**wanted, "charter": market.CHARTER}
            manager.write([network.network_id], values)


def _set_logo(network):
    image = base64.b64encode((PICTURES / "logo.png").read_bytes()).decode()
    companies = network.admin["res.company"]
    companies.write([network.companies["operator"]], {"logo": image})


# -- listings ------------------------------------------------------------------------


def _load_listings(network):
    """Return {title: id}."""
    manager = network.server.connect(data.MANAGER_LOGIN)
    names = [
        f"troc_actif_market.category_{listing.category}" for listing in market.LISTINGS
    ]
    categories = network.admin.ids(*names)
    rows = manager["troc.listing"].search_read(
        [("network_id", "=", network.network_id)], ["name", "member_id"]
    )
    found = {(row["member_id"][0], row["name"]): row["id"] for row in rows}
    ids = {}
    with Phase("Annonces", len(market.LISTINGS)) as phase:
        for listing in market.LISTINGS:
            key = (network.members[listing.member], listing.name)
            if key in found:
                phase.skip()
            else:
                with phase.step(listing.name):
                    found[key] = _publish(network, listing, categories)
            ids[listing.name] = found[key]
    return ids


def _publish(network, listing, categories):
    own = _session(network, listing.member)["troc.listing"]
    category_id = categories[f"troc_actif_market.category_{listing.category}"]
    listing_id = own.create(_values(network, listing, category_id))
    if listing.state != market.DRAFT:
        own.action_publish([listing_id])
    if listing.state in ENDS:
        getattr(own, ENDS[listing.state])([listing_id])
    return listing_id


def _session(network, key):
    return network.server.connect(data.MEMBERS[key].login)


def _values(network, listing, category_id):
    low, high = (*listing.price, 0, 0)[:2]
    values = {
        "member_id": network.members[listing.member],
        "name": listing.name,
        "kind": listing.kind,
        "is_helping_hand": listing.hand,
        "category_id": category_id,
        "description": " ".join(listing.text.split()),
        "price_min": low,
        "price_max": high,
        "price_unit": listing.unit,
        "share": listing.share,
        "service_area": listing.area,
        "quantity": listing.quantity,
        "availability": listing.when,
        "slot_ids": [(0, 0, _slot(slot)) for slot in listing.slots],
    }
    if listing.picture:
        image = (PICTURES / f"{listing.picture}.webp").read_bytes()
        picture = {"image": base64.b64encode(image).decode()}
        values["picture_ids"] = [(0, 0, picture)]
    return values


def _slot(slot):
    return {
        "date_from": in_days(slot.first),
        "date_to": in_days(slot.last),
        "capacity": slot.places,
        "note": slot.note,
    }


def in_days(days):
    """Return the day so many days from now, as text."""
    today = datetime.datetime.now(ZoneInfo(data.TIME_ZONE)).date()
    return (today + datetime.timedelta(days=days)).isoformat()


# -- conversations -------------------------------------------------------------------


def _load_talks(network, listings):
    manager = network.server.connect(data.MANAGER_LOGIN)["troc.introduction"]
    rows = manager.search_read(
        [("network_id", "=", network.network_id)], ["listing_id", "initiator_id"]
    )
    found = {(row["listing_id"][0], row["initiator_id"][0]) for row in rows}
    with Phase("Mises en relation", len(market.TALKS)) as phase:
        for talk in market.TALKS:
            if (listings[talk.listing], network.members[talk.by]) in found:
                phase.skip()
                continue
            with phase.step(f"{data.MEMBERS[talk.by].name} : {talk.listing}"):
                _talk(network, talk, listings[talk.listing])


def _talk(network, talk, listing_id):
    """Hold a conversation as its two sides; `owner` is whose listing it is."""
    (_who, first), *others = talk.words
    opener = _session(network, talk.by)
    talk_id = opener["troc.listing"].action_contact([listing_id], first)
    for who, text in others:
        _session(network, who)["troc.introduction"].action_say([talk_id], text)
    last = _session(network, talk.words[-1][0])["troc.introduction"]
    owner = next(x.member for x in market.LISTINGS if x.name == talk.listing)
    other = owner if talk.words[-1][0] == talk.by else talk.by
    if talk.terms:
        last.action_propose([talk_id], _terms(talk.terms))
    if talk.accepted:
        _session(network, other)["troc.introduction"].action_accept([talk_id], 1)
    if talk.delivered:
        last.action_deliver([talk_id])
    if talk.help:
        last.action_ask_help([talk_id], talk.help)
    if talk.given_up:
        opener["troc.introduction"].action_cancel([talk_id], talk.given_up)


def _terms(terms):
    return {
        "subject": terms.subject,
        "total_amount": terms.total,
        "actif_share": terms.share,
        "due_date": in_days(terms.day),
        "reserve": terms.reserve,
        "hours": terms.hours,
    }


# -- people --------------------------------------------------------------------------


def _load_people(network):
    steps = {
        "Présentations des membres": _present,
        "Une collègue, une recherche gardée": _add_colleague,
        "Une entreprise demande à adhérer": _join,
    }
    with Phase("Vie du réseau", len(steps)) as phase:
        for title, step in steps.items():
            if step(network, do=False):
                phase.skip()
                continue
            with phase.step(title):
                step(network, do=True)


def _present(network, do):
    """Tell whether it is done, or do it (as all steps here)."""
    manager = network.server.connect(data.MANAGER_LOGIN)["troc.member"]
    ids = {key: network.members[key] for key in market.PRESENTATIONS}
    rows = manager.read(list(ids.values()), ["presentation"])
    if not do:
        return all(row["presentation"] for row in rows)
    for key, member_id in ids.items():
        own = _session(network, key)["troc.member"]
        own.action_present([member_id], market.PRESENTATIONS[key])
    return True


def _add_colleague(network, do):
    key, name, email, right = market.COLLEAGUE
    if not do:
        domain = [("login", "=", email)]
        return network.admin["res.users"].search(domain)
    member_id = network.members[key]
    _session(network, key)["troc.member"].action_invite([member_id], name, email, right)
    key, name, filters = market.SEARCH
    values = {"name": name, "filters": {**filters, "args": filters}}
    return _session(network, key)["troc.saved.search"].create(values)


def _join(network, do):
    members = network.server.connect(data.MANAGER_LOGIN)["troc.member"]
    if not do:
        return members.search([("siren", "=", market.CANDIDATE_SIREN)])
    siret = next(
        number
        for number in (f"{market.CANDIDATE_SIREN}0001{key}" for key in range(10))
        if data.luhn(number)
    )
    return _send_form(network.server.url, {**market.CANDIDATE, "siret": siret})


def _send_form(url, values):
    """Fill in the public page as a browser does."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    try:
        with browser.open(f"{url}/troc/join", timeout=60) as page:
            found = re.search(rb'name="csrf_token" value="([^"]+)"', page.read())
        form = {**values, "csrf_token": found.group(1).decode()}
        content = urllib.parse.urlencode(form, doseq=True).encode()
        with browser.open(f"{url}/troc/join/send", content, timeout=60) as page:
            return page.url.endswith("/received")
    except OSError as error:
        raise Unreachable(f"La page d'adhésion ne répond pas ({error}).") from error
