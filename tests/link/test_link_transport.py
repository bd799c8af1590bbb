"""What the clients make of servers that are not there, not Odoo, or not honest."""

import json
import socket
import time

import pytest
from link_server import self_signed, serving

from troc_link.clients import odoo
from troc_link.ends import End, Secret, clean_url, is_loopback
from troc_link.errors import (
    NO_ANSWER,
    SETTINGS,
    Misconfigured,
    NotAllowed,
    Refused,
    Unreachable,
    Untrusted,
)

KEY = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2"
KINDS = ("odoorpc", "json2")


def end(url, **values):
    given = {"name": "books", "db": "books", "login": "anne", "timeout": 1}
    return End(url=url, secret=Secret(KEY), **{**given, **values})


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def refused_by(server, **values):
    with pytest.raises(Unreachable) as caught:
        odoo.connect(end(server.url, **values))
    assert KEY not in str(caught.value)
    assert caught.value.way_out
    return caught.value


def test_a_key_is_never_sent_on_to_another_address(kind):
    with serving(lambda handler: handler.say(200, b"{}")) as thief:
        there = f"{thief.url}/json/2/res.users/context_get"
        with serving(lambda handler: handler.say(302, Location=there)) as server:
            told = refused_by(server, kind=kind)
        assert thief.heard == []
    assert thief.url in str(told)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_is_away(kind, status):
    with serving(lambda handler: handler.say(status, b"<html>")) as server:
        told = refused_by(server, kind=kind)
    assert str(status) in str(told)
    assert told.status == NO_ANSWER


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"text"', b"\xff", b"{}"])
def test_an_answer_that_is_not_of_an_odoo(kind, body):
    with serving(lambda handler: handler.say(200, body)) as server:
        refused_by(server, kind=kind)


def test_a_server_that_does_not_speak(kind):
    with serving(lambda handler: time.sleep(3)) as server:
        started = time.monotonic()
        told = refused_by(server, kind=kind)
        assert time.monotonic() - started < 2.5
    assert "1 s" in str(told)


def test_a_safe_server_that_does_not_speak(kind, tmp_path):
    with serving(lambda handler: time.sleep(3), self_signed(tmp_path)) as server:
        told = refused_by(server, kind=kind, insecure=True)
    assert "1 s" in str(told)


def test_a_line_cut_in_the_middle_of_the_answer(kind):
    def cut(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"result":')

    with serving(cut) as server:
        told = refused_by(server, kind=kind)
    assert "connexion coupée" in str(told)


def test_nobody_there(kind):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(Unreachable, match="connexion refusée"):
        odoo.connect(end(url, kind=kind))


def test_a_name_that_nobody_has(kind):
    with pytest.raises(Unreachable, match="inconnu"):
        odoo.connect(end("https://odoo.invalid", kind=kind))


def test_a_certificate_that_nobody_vouches_for(kind, tmp_path):
    body = json.dumps({"uid": 7, "result": "19.0"}).encode()
    answer = lambda handler: handler.say(200, body)  # noqa: E731
    with serving(answer, self_signed(tmp_path)) as server:
        with pytest.raises(Untrusted) as caught:
            odoo.connect(end(server.url, kind=kind))
        assert caught.value.status == SETTINGS
        assert server.heard == []
        if kind == "json2":
            trusting = odoo.connect(end(server.url, kind=kind, insecure=True))
            assert trusting.user_id() == 7


@pytest.mark.parametrize("url", ["http://odoo.exemple.fr", "http://192.168.1.10:8069"])
def test_plain_http_only_to_this_machine(kind, url):
    with pytest.raises(Misconfigured, match="en clair"):
        odoo.connect(end(url, kind=kind))
    assert is_loopback("http://127.0.0.1:8069")
    assert is_loopback("http://[::1]:8069")
    assert is_loopback("http://localhost")
    assert not is_loopback("http://localhost.exemple.fr")


def test_a_key_that_cannot_stand_in_a_header():
    with serving(lambda handler: handler.say(200, b"{}")) as server:
        for text in ("a\r\nX-Odoo-Database: other", "clé", ""):
            with pytest.raises(NotAllowed):
                given = {"name": "n", "db": "d", "login": "", "kind": "json2"}
                odoo.connect(End(url=server.url, secret=Secret(text), **given))
        assert server.heard == []


def test_words_of_odoo_without_its_traceback():
    told = {"name": "odoo.exceptions.UserError", "message": "Non.\n\nPas ainsi."}
    told["debug"] = f"Traceback (most recent call last): {KEY}"

    def answer(handler):
        if handler.path.endswith("context_get"):
            return handler.say(200, b'{"uid": 7}')
        return handler.say(422, json.dumps(told).encode())

    with serving(answer) as server:
        session = odoo.connect(end(server.url, kind="json2"))
        with pytest.raises(Refused) as caught:
            session.call("res.partner", "nope")
    assert str(caught.value) == "Non. Pas ainsi."
    assert caught.value.__cause__ is None
    assert not caught.value.is_access


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("odoo.exemple.fr", "https://odoo.exemple.fr"),
        (" https://odoo.exemple.fr/web#id=3 ", "https://odoo.exemple.fr"),
        ("http://127.0.0.1:8069/odoo/apps", "http://127.0.0.1:8069"),
        ("https://user:pw@odoo.exemple.fr", "https://odoo.exemple.fr"),
        ("http://[::1]:8069", "http://[::1]:8069"),
    ],
)
def test_addresses_as_people_give_them(typed, url):
    assert clean_url(typed) == url


@pytest.mark.parametrize("typed", ["", "ftp://x", "https://", "https://x:99999", "//"])
def test_what_is_no_address(typed):
    with pytest.raises(Misconfigured):
        clean_url(typed)
