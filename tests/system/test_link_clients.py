"""Both clients under the same tests, against a member's own Odoo and the network's."""

import base64
import dataclasses
import signal
import time

import odoorpc
import pytest
from link_world import PASSWORD, Firm, Office, api_key

from troc_link.clients.odoo import connect
from troc_link.ends import Secret
from troc_link.errors import NotAllowed, Refused, Unreachable

KINDS = ("odoorpc", "json2")
MEMBER, OTHER = "recyclerie", "octopluie"
ONCE = {"mode": "update", "noupdate": True}


@pytest.fixture(scope="module")
def office(databases, server):
    return Office(databases, server)


@pytest.fixture(scope="module")
def firm(databases, plain_server):
    return Firm(databases, plain_server, MEMBER, name="Test Agence Campagne")


@pytest.fixture(scope="module", params=KINDS)
def books(request, firm):
    """The accountant's session with an API key."""
    return connect(firm.end(is_key=True, kind=request.param))


@pytest.fixture(scope="module", params=KINDS)
def portal(request, office):
    """The member's portal user's session on the network, with an API key."""
    return connect(office.end(MEMBER, is_key=True, kind=request.param))


def refusal(session, *args, **params):
    with pytest.raises(Refused) as caught:
        session.call(*args, **params)
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_who_speaks_to_what(books, firm):
    assert books.version() == (19, 0)
    assert books.login == firm.login
    (user,) = books.call("res.users", "read", [books.user_id()], fields=["login"])
    assert user["login"] == firm.login
    assert books.kind in KINDS


def test_search_and_read(books, firm):
    found = books.call(
        "res.company",
        "search_read",
        domain=[["id", "=", firm.company_id]],
        fields=["name"],
        limit=1,
    )
    assert found == [{"id": firm.company_id, "name": firm.own.name}]
    count = books.call("res.company", "search_count", domain=[])
    assert count == len(books.call("res.company", "search", domain=[]))


def test_create_one_many_none(books):
    one = books.call("account.move", "create", vals_list={"ref": "Une"})
    assert isinstance(one, int)
    both = [{"ref": "Une"}, {"ref": "Deux"}]
    several = books.call("account.move", "create", vals_list=both)
    assert len(set(several)) == 2
    assert books.call("account.move", "create", vals_list=[]) == []
    assert books.call("account.move", "write", several, vals={"ref": "Autre"}) is True
    rows = books.call("account.move", "read", several, fields=["ref"])
    assert [row["ref"] for row in rows] == ["Autre", "Autre"]
    assert books.call("account.move", "unlink", [one, *several]) is True


def test_a_load_with_a_key_happens_once(books):
    row = [f"troc_link.client_{books.kind}", "Une"]

    def load():
        data = {"fields": ["id", "ref"], "data": [row]}
        return books.call("account.move", "load", **data, context=ONCE)

    first = load()
    assert first["ids"] and not first["messages"]
    row[1] = "Deux"
    assert load()["ids"] == first["ids"]
    (move,) = books.call("account.move", "read", first["ids"], fields=["ref"])
    assert move["ref"] == "Une"


def test_nothing_comes_back_as_nothing(books):
    assert books.call("account.move.line", "remove_move_reconcile", []) is None


def test_much_comes_through_whole(books):
    content = base64.b64encode(bytes(range(256)) * 4096 * 4).decode()
    made = books.call(
        "ir.attachment", "create", vals_list={"name": "grand.pdf", "datas": content}
    )
    (row,) = books.call("ir.attachment", "read", [made], fields=["datas"])
    assert row["datas"] == content


def test_the_context_of_the_end_and_of_the_call(books, firm):
    (company,) = books.call(
        "res.users", "read", [books.user_id()], fields=["company_id"]
    )
    assert company["company_id"][0] == firm.company_id
    france = books.call("res.country", "search", domain=[["code", "=", "DE"]])
    (told,) = books.call("res.country", "read", france, fields=["name"])
    assert told["name"] == "Allemagne"
    english = {"lang": "en_US"}
    (told,) = books.call(
        "res.country", "read", france, fields=["name"], context=english
    )
    assert told["name"] == "Germany"


def test_a_refusal_is_the_sentence_of_odoo(books, firm):
    move, _number = firm.document(OTHER)
    told = refusal(books, "account.move", "action_post", [move])
    assert "comptabilis" in str(told) or "brouillon" in str(told)
    assert not (told.is_access or told.is_absent or told.is_busy)
    assert told.status == 1


def test_a_right_that_is_lacking(books):
    told = refusal(books, "res.users", "create", vals_list={"name": "x", "login": "x"})
    assert told.is_access


@pytest.mark.parametrize(
    ("model", "method"), [("troc.link", "hello"), ("res.partner", "no_such_method")]
)
def test_what_that_odoo_does_not_have(books, model, method):
    assert refusal(books, model, method).is_absent


def test_private_methods_stay_private(books):
    refusal(books, "res.partner", "_search", domain=[])


def test_a_wrong_parameter_changes_nothing(books):
    before = books.call("account.move", "search_count", domain=[])
    refusal(books, "account.move", "create", vals_list={"no_such_field": 1})
    assert books.call("account.move", "search_count", domain=[]) == before


# -- as the member's portal user -----------------------------------------------------


def test_the_portal_user_speaks_for_his_member(portal, office):
    hello = portal.call("troc.link", "hello")
    assert hello["user"]["portal"] is True
    assert hello["user"]["login"] == portal.login


def test_the_portal_user_reads_his_own_alone(portal, office):
    member = office.member(MEMBER)
    rows = portal.call(
        "troc.compensation", "search_read", domain=[], fields=["seller_id", "buyer_id"]
    )
    assert rows
    assert all(member in (r["seller_id"][0], r["buyer_id"][0]) for r in rows)
    everything = office.admin["troc.compensation"].search([])
    others = sorted(set(everything) - {row["id"] for row in rows})
    assert refusal(portal, "troc.compensation", "read", others[:1]).is_access


def test_the_portal_user_decides_nothing(portal, office):
    made = office.upload(MEMBER, OTHER, amount=10)
    told = refusal(portal, "troc.compensation", "action_validate", [made])
    assert str(told)
    values = {"state": "validated"}
    refusal(portal, "troc.compensation", "write", [made], vals=values)
    assert refusal(portal, "troc.network", "write", [1], vals={"name": "x"}).is_access
    (now,) = portal.call("troc.compensation", "read", [made], fields=["state"])
    assert now["state"] == "submitted"


# -- when there is no way in -----------------------------------------------------------


@pytest.fixture(params=KINDS)
def end(request, firm):
    return firm.end(is_key=True, kind=request.param)


def test_a_wrong_key(end):
    wrong = dataclasses.replace(end, secret=Secret("f" * 40))
    with pytest.raises(NotAllowed) as caught:
        connect(wrong)
    assert caught.value.status == 3
    assert "init" in caught.value.way_out


def take_back_keys(firm):
    """Remove the accountant's keys as he does, in his preferences."""
    odoo = odoorpc.ODOO("127.0.0.1", port=firm.odoo.port)
    who = {"db": firm.odoo.db, "login": firm.login, "password": PASSWORD}
    odoo.json("/web/session/authenticate", who)

    def click(model, method, *args, **kwargs):
        told = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return odoo.json(f"/web/dataset/call_kw/{model}/{method}", told)["result"]

    for key in click("res.users.apikeys", "search", []):
        asked = click("res.users.apikeys", "remove", [key])
        if asked.get("res_model") == "res.users.identitycheck":
            context = {"password": PASSWORD}
            click(asked["res_model"], "run_check", [asked["res_id"]], context=context)


def test_a_key_taken_back_meanwhile(end, firm):
    session = connect(end)
    assert session.call("res.partner", "search_count", domain=[])
    take_back_keys(firm)
    with pytest.raises(NotAllowed):
        connect(end)
    if end.kind == "json2":  # over /jsonrpc Odoo remembers whom it let in for a while
        with pytest.raises(NotAllowed):
            session.call("res.partner", "search_count", domain=[])


def test_a_base_that_is_not_there(end):
    with pytest.raises(NotAllowed, match="base"):
        connect(dataclasses.replace(end, db="nowhere"))


def test_https_where_there_is_none(end):
    with pytest.raises(Unreachable):
        url = end.url.replace("http:", "https:")
        connect(dataclasses.replace(end, url=url, timeout=2))


def test_a_server_that_hangs(end, plain_server):
    session = connect(dataclasses.replace(end, timeout=1))
    plain_server.process.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(Unreachable, match="rien entendu en 1 s"):
            session.call("res.partner", "search_count", domain=[])
        assert time.monotonic() - started < 4
    finally:
        plain_server.process.send_signal(signal.SIGCONT)
    assert session.call("res.partner", "search_count", domain=[])


# -- which one is taken ----------------------------------------------------------


def test_a_key_takes_json2_a_password_odoorpc(firm):
    assert connect(firm.end(is_key=True, kind="auto")).kind == "json2"
    assert connect(firm.end(kind="auto")).kind == "odoorpc"


def test_json2_needs_no_login(firm):
    end = firm.end(is_key=True, kind="json2")
    session = connect(dataclasses.replace(end, login=""))
    assert session.login == firm.login


def test_a_key_of_another_user_speaks_for_him(databases, firm):
    key = api_key(databases, firm.odoo.db, "admin")
    end = dataclasses.replace(firm.end(is_key=True), secret=Secret(key), login="")
    assert connect(dataclasses.replace(end, kind="json2")).login == "admin"
