"""The settings: who may read them, where values come from, what is said of faults."""

import os
import stat
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troc_link.clients import keyrings, settings
from troc_link.errors import SETTINGS, Misconfigured

KEY = "0123456789abcdef0123456789abcdef01234567"
WHOLE = {"url": "https://odoo.exemple.fr", "db": "livres", "login": "anne"}
PRINTABLE = string.ascii_letters + string.digits + string.punctuation + "éèàç€"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "troc-actif" / "link.ini"


def kept(path, **sections):
    known = settings.load(path, {})
    for name, values in sections.items():
        known.set(name, **values)
    known.write()
    return settings.load(path, {})


def test_what_is_kept_is_found_again(path):
    known = kept(path, books={**WHOLE, "key": KEY, "company": 3, "kind": "json2"})
    end = known.end("books")
    assert (end.url, end.db, end.login) == tuple(WHOLE.values())
    assert end.secret.reveal() == KEY
    assert (end.is_key, end.company, end.kind) == (True, 3, "json2")
    assert end.context == {"lang": "fr_FR", "allowed_company_ids": [3]}
    assert known.has("books") and not known.has("network")


def test_only_its_owner_may_read_it(path):
    old = os.umask(0)
    try:
        kept(path, books={**WHOLE, "key": KEY})
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o622])
def test_refused_where_others_may_read_it(path, mode):
    kept(path, books={**WHOLE, "key": KEY})
    path.chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        settings.load(path, {})
    assert f"chmod 600 {path}" in caught.value.way_out
    assert caught.value.status == SETTINGS


def test_a_link_to_the_settings_stays_a_link(path, tmp_path):
    path.parent.mkdir()
    path.symlink_to(tmp_path / "real.ini")
    kept(path, books={**WHOLE, "key": KEY})
    assert path.is_symlink()
    assert KEY in (tmp_path / "real.ini").read_text()


def test_a_write_that_fails_leaves_the_old_file(path):
    known = kept(path, books={**WHOLE, "key": KEY})
    known.set("books", db="\ud800")  # cannot be written as UTF-8
    with pytest.raises(UnicodeEncodeError):
        known.write()
    assert settings.load(path, {}).end("books").db == "livres"
    assert list(path.parent.iterdir()) == [path]


@given(text=st.text(PRINTABLE, min_size=1))
def test_any_password_is_kept_as_it_is(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "link.ini"
    end = kept(path, books={**WHOLE, "password": text}).end("books")
    if text != keyrings.NAME:
        assert end.secret.reveal() == text
    assert not end.is_key


def test_the_environment_wins(path):
    kept(path, books={**WHOLE, "password": "autre"})
    environ = {"TROC_LINK_BOOKS_KEY": KEY, "TROC_LINK_BOOKS_DB": "essai"}
    end = settings.load(path, environ).end("books")
    assert (end.secret.reveal(), end.is_key, end.db) == (KEY, True, "essai")
    assert end.login == "anne"


def test_the_environment_is_enough(tmp_path):
    environ = {
        f"TROC_LINK_NETWORK_{k.upper()}": v for k, v in {**WHOLE, "key": KEY}.items()
    }
    environ["TROC_LINK_CONFIG"] = str(tmp_path / "none.ini")
    known = settings.load(environ=environ)
    assert known.end("network").login == "anne"
    assert known.path == tmp_path / "none.ini"


def test_where_the_settings_are():
    home = {"XDG_CONFIG_HOME": "/somewhere"}
    assert str(settings.default_path(home)) == "/somewhere/troc-actif/link.ini"


def test_the_animator_is_on_the_networks_server(path):
    known = kept(path, network={**WHOLE, "key": KEY})
    assert not known.has("animator")
    known.given["animator"] = {"login": "bruno", "key": KEY[::-1]}
    end = known.end("animator")
    assert (end.url, end.db, end.login) == (WHOLE["url"], "livres", "bruno")
    assert end.secret.reveal() == KEY[::-1]


def test_the_animator_never_borrows_the_members_key(path):
    known = kept(path, network={**WHOLE, "key": KEY}, animator={"login": "bruno"})
    with pytest.raises(Misconfigured, match=r"\[animator\] key"):
        known.end("animator")


@pytest.mark.parametrize("missing", ["url", "db", "login", "key"])
def test_what_is_missing_is_named(path, missing):
    values = {**WHOLE, "key": KEY, "kind": "odoorpc"}
    values.pop(missing)
    with pytest.raises(Misconfigured, match=rf"\[books\] {missing}"):
        kept(path, books=values).end("books")


def test_a_password_needs_a_login(path):
    values = {"url": WHOLE["url"], "db": "livres", "password": "x"}
    with pytest.raises(Misconfigured, match=r"\[books\] login"):
        kept(path, books=values).end("books")


@pytest.mark.parametrize("kind", ["auto", "json2"])
def test_a_key_may_need_no_login(path, kind):
    values = {"url": WHOLE["url"], "db": "livres", "key": KEY, "kind": kind}
    assert kept(path, books=values).end("books").login == ""


@pytest.mark.parametrize(("name", "value"), [("kind", "soap"), ("company", "Anne")])
def test_values_that_make_no_sense(path, name, value):
    with pytest.raises(Misconfigured, match=f"{name} = {value}"):
        kept(path, books={**WHOLE, "key": KEY, name: value}).end("books")


@pytest.mark.parametrize(
    "text", [f"key = {KEY}\n", f"[books]\n{KEY}\n", f"[books]\nkey={KEY}\nkey={KEY}\n"]
)
def test_a_spoiled_file_is_not_quoted(path, text):
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(Misconfigured) as caught:
        settings.load(path, {})
    assert KEY not in str(caught.value) + caught.value.way_out


def test_a_keyring_that_is_not_installed(path):
    known = kept(path, books={**WHOLE, "key": keyrings.NAME})
    with pytest.raises(Misconfigured, match="pas installé") as caught:
        known.end("books")
    assert "pip install keyring" in caught.value.way_out


def test_no_secret_where_things_are_shown(path):
    known = kept(path, books={**WHOLE, "key": KEY})
    end = known.end("books")
    assert KEY not in f"{known!r} {end!r} {end.secret!r} {end.secret}"
