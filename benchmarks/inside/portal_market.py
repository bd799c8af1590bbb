"""The listings and the conversations of the benchmark."""

from datetime import timedelta

from portal_copies import copies
from portal_words import listings as written
from psycopg2.extras import execute_values

from odoo import fields
from odoo.tools import SQL

HOT_ONLINE, HOT_OFFLINE = 45, 15
SHOP = 30
HOT_INTRODUCTIONS = 200
MESSAGES = {"hot": 40, "few": 1}
RARE = "Pressoir à cidre"
STATES = ("paused", "expired", "closed", "draft")


def make_listings(network, members, others, count):
    """Publish `count` listings, and more of the hot member's that are offline.

    Leaves their topics in the table bench_topic, for the measure of quality.
    """
    hot = members["hot"].id
    owners = [(owner, "published") for owner in _owners(members, others, count)]
    owners += [(hot, STATES[n % len(STATES)]) for n in range(HOT_OFFLINE)]
    _load(network.env.cr, list(_rows(network.env, owners)))
    pattern = _published(network, members["shop"], "offer", "Modèle", "autre chose")
    before = _copied(pattern)
    pattern.unlink()
    network.env.cr.execute(SQL("UPDATE bench_topic SET listing_id = n + %s", before))


def _rows(env, owners):
    """Yield the rows of bench_topic; the texts to search as Odoo computes them."""
    # known only once the configuration has told where the addons are
    from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines, fold

    texts = zip(written(len(owners)), owners, strict=True)
    for n, ((kind, topic, title, text), (owner, state)) in enumerate(texts, 1):
        category = env.ref(f"troc_actif_market.category_{topic.category}")
        words = fold(title), fold(category.name), fold(clean_lines(text, 5000))
        yield n, kind, topic.key, title, text, category.id, *words, owner, state


def _owners(members, others, count):
    """Return the id of the member of each listing: a share for the named, the rest."""
    shares = {"hot": HOT_ONLINE, "shop": SHOP}
    named = [members[key].id for key, share in shares.items() for _ in range(share)]
    step = max(count // len(named), 1)
    return [
        named[n // step]
        if n % step == 0 and n // step < len(named)
        else others[n * 7919 % len(others)]
        for n in range(count)
    ]


def _load(cr, rows):
    cr.execute(
        SQL(
            """CREATE TABLE bench_topic (n int, kind varchar, topic varchar,
                   title varchar, text text, category int, search_title varchar,
                   search_category varchar, search_body text, member int,
                   state varchar, listing_id int)"""
        )
    )
    columns = "n, kind, topic, title, text, category, search_title, search_category"
    columns += ", search_body, member, state"
    execute_values(
        cr._obj, f"INSERT INTO bench_topic ({columns}) VALUES %s", rows, page_size=1000
    )


def _published(network, member, kind, title, text, category="other"):
    """Return a listing as a member's form makes it, online."""
    listing = network.env["troc.listing"].create(
        {
            "member_id": member.id,
            "kind": kind,
            "name": title,
            "description": text,
            "category_id": network.env.ref(f"troc_actif_market.category_{category}").id,
            "price_min": 120,
            "price_max": 120,
        }
    )
    listing._put_online()
    return listing


def _copied(pattern):
    chance = SQL("abs(hashint4(s.n))")
    texts = ("search_title", "search_category", "search_body")
    return copies(
        pattern,
        SQL(
            """SELECT bench_topic.*, m.department_id, m.territory_id
                 FROM bench_topic JOIN troc_member m ON m.id = member"""
        ),
        kind=SQL("s.kind"),
        name=SQL("s.title"),
        description=SQL("s.text"),
        category_id=SQL("s.category"),
        member_id=SQL("s.member"),
        department_id=SQL("s.department_id"),
        territory_id=SQL("s.territory_id"),
        state=SQL("s.state"),
        **{name: SQL.identifier("s", name) for name in texts},
        search_short=SQL(
            "left(s.search_title || ' ' || s.search_category || ' ' || s.search_body,"
            " 300)"
        ),
        price_min=SQL("20 + %s %% 1500", chance),
        price_max=SQL("20 + %s %% 1500", chance),
        price_unit=SQL("(ARRAY['flat','hour','day','piece'])[1 + %s %% 4]", chance),
        share=SQL("(ARRAY['100','100','50','free'])[1 + %s %% 4]", chance),
        service_area=SQL(
            "(ARRAY['territory','department','anywhere'])[1 + %s %% 3]", chance
        ),
        is_helping_hand=SQL("%s %% 20 = 7", chance),
        published_on=SQL("t.published_on - s.n * interval '5 minutes'"),
    )


def make_rare(network, members):
    """Publish a pair whose words nobody else uses; return the offer and the need."""
    category = network.env["troc.category"].create({"name": "Cidrerie"})
    words = f"{RARE} ancien, fouloir et cuves en fonte"
    pair = [
        _published(network, members[owner], kind, f"{RARE} {tail}", words)
        for owner, kind, tail in (("few", "offer", "ancien"), ("shop", "need", "voulu"))
    ]
    for listing in pair:
        listing.category_id = category
    return pair


def make_pictures(network):
    """Every second listing has a picture; the pages name it, none is asked for."""
    network.env.cr.execute(
        SQL(
            """INSERT INTO troc_listing_picture (listing_id, sequence)
               SELECT id, 10 FROM troc_listing WHERE id %% 2 = 0"""
        )
    )


def make_introductions(network, members, rare, others):
    """Return {"hot", "few"}: a conversation of each, the hot one with many more.

    `others`: how many there are between other members.
    """
    shop = members["shop"]
    listing = network.env["troc.listing"].search(
        [("member_id", "=", shop.id), ("id", "!=", rare[1].id)], limit=1
    )
    hot = _started(listing, members["hot"], "hot0")
    few = _started(rare[1], members["few"], "few0")
    for key, introduction in (("hot", hot), ("few", few)):
        _say(introduction, MESSAGES[key])
    _copied_introductions(hot, members["hot"].id, HOT_INTRODUCTIONS - 1, 0)
    _copied_introductions(hot, None, others, HOT_INTRODUCTIONS)
    return {"hot": hot.id, "few": few.id}


def _started(listing, member, login):
    """Return the conversation that a user of `member` opens about a listing."""
    user = member.env["res.users"].search([("login", "=", login)])
    own = listing.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
    model = own.env["troc.introduction"]
    body = "Bonjour, est-ce encore disponible ?"
    return model._start(own, member.with_env(own.env), body).sudo()


def _say(introduction, count):
    message = introduction.message_ids.filtered(lambda m: m.message_type == "comment")
    copies(
        message[-1:],
        SQL("SELECT n FROM generate_series(1, %s) n", count - 1),
        message_id=SQL("'<bench-' || s.n || '@example.com>'"),
        body=SQL("'<p>Message ' || s.n || '</p>'"),
    )


def _copied_introductions(pattern, asker_id, count, skipped):
    """Copy a conversation onto other listings; asked for by one member, or by many."""
    asker = SQL("%s", asker_id) if asker_id else SQL("l.asker")
    source = SQL(
        """SELECT row_number() OVER (ORDER BY l.id) AS n, l.id, l.name, l.kind,
                  l.member_id AS owner, %(asker)s AS asker
             FROM (SELECT l.*, lead(member_id, 7) OVER (ORDER BY id) AS asker
                     FROM troc_listing l WHERE state = 'published') l
            WHERE l.member_id != %(asker)s AND l.id != %(first)s
            ORDER BY l.id LIMIT %(count)s OFFSET %(skipped)s""",
        asker=asker,
        first=pattern.listing_id.id,
        count=count,
        skipped=skipped,
    )
    source = SQL(
        """SELECT x.*, own.partner_id AS own_partner, own.territory_id AS own_territory,
                  other.partner_id AS other_partner,
                  other.territory_id AS other_territory
             FROM (%s) x JOIN troc_member own ON own.id = x.owner
             JOIN troc_member other ON other.id = x.asker""",
        source,
    )
    copies(pattern, source, **_sides(), **_where_it_stands())


def _sides():
    """Return the columns of seller and buyer: who offers sells."""
    values = {"name": SQL("s.name"), "listing_id": SQL("s.id")}
    values["initiator_id"] = SQL("s.asker")
    for column, owner, asker in (
        ("id", "owner", "asker"),
        ("partner_id", "own_partner", "other_partner"),
        ("territory_id", "own_territory", "other_territory"),
    ):
        own, other = SQL.identifier("s", owner), SQL.identifier("s", asker)
        case = "CASE s.kind WHEN 'offer' THEN %s ELSE %s END"
        values[f"seller_{column}"] = SQL(case, own, other)
        values[f"buyer_{column}"] = SQL(case, other, own)
    return values


def _where_it_stands():
    states = "(ARRAY['open','agreed','delivered','invoiced','settled','cancelled'])"
    return {
        "state": SQL(f"{states}[1 + s.n %% 6]"),
        "awaited_id": SQL("CASE s.n %% 2 WHEN 0 THEN s.owner ELSE s.asker END"),
        "last_message_on": SQL("t.last_message_on - s.n * interval '3 hours'"),
        "terms_version": SQL("1"),
        "total_amount": SQL("100 + s.n %% 900"),
        "actif_amount": SQL("100 + s.n %% 900"),
        "cash_amount": SQL("0"),
        "due_date": SQL("%s + (s.n %% 60)::int", fields.Date.today() + timedelta(1)),
        "subject": SQL("s.name"),
    }
