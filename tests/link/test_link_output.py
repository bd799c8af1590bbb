"""Words and figures of the command, on a terminal, in a pipe and for programs."""

import argparse
import io
import json
import logging

import pytest

from troc_link.clients import log
from troc_link.ends import Secret, without_secrets
from troc_link.errors import LinkError, Refused, sentence
from troc_link.words import units
from troc_link.words.output import Output, day, money, plural

KEY = "feedfacefeedfacefeedfacefeedfacefeedface"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def out():
    return Output(out=io.StringIO(), err=io.StringIO())


def shown(out):
    return out._out.getvalue()


def test_a_table_is_aligned(out):
    out.table(("Pièce", "Actifs"), [("FA-1", "9,00"), ("FA-10", "12,00")], ("Actifs",))
    assert shown(out) == "Pièce  Actifs\nFA-1     9,00\nFA-10   12,00\n"


def test_an_empty_table_has_its_heads(out):
    out.table(("Pièce", "Actifs"), [])
    assert shown(out) == "Pièce  Actifs\n"


def test_for_programs_there_is_one_object():
    out = Output(as_json=True, out=io.StringIO(), err=io.StringIO())
    out.line("des mots")
    out.note("en passant")
    out.object({"été": "1.00"})
    assert json.loads(shown(out)) == {"été": "1.00"}


def test_for_people_there_is_none(out):
    out.object({"a": 1})
    assert shown(out) == ""


def test_colours_only_on_a_terminal(out, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert out.mark("error") == "✗"
    assert "\x1b[31m" in Output(out=Terminal()).mark("error")
    monkeypatch.setenv("NO_COLOR", "1")
    assert Output(out=Terminal()).mark("error") == "✗"


def test_progress_in_a_pipe_ends_with_one_line(out):
    with out.progress("Envoi", 3) as bar:
        for name in "abc":
            bar.step(name)
    told = out._err.getvalue().splitlines()
    assert len(told) == 1
    assert told[0].startswith("✓ Envoi\u00a0: 3 sur 3")


def test_progress_on_a_terminal_shows_a_bar():
    out = Output(out=io.StringIO(), err=Terminal())
    with out.progress("Envoi", 2) as bar:
        bar.step("FA-1.pdf")
        assert "████████████░░░░░░░░░░░░ 1/2  FA-1.pdf" in out._err.getvalue()


def test_progress_says_that_it_broke_off(out):
    with pytest.raises(ValueError), out.progress("Envoi", 2) as bar:
        bar.step()
        raise ValueError
    assert "✗ Envoi\u00a0: 1 sur 2" in out._err.getvalue()


def test_progress_of_nothing(out):
    with out.progress("Envoi", 0):
        pass
    assert "Envoi\u00a0: 0 (" in out._err.getvalue()


def test_figures():
    assert money("1234567.5") == "1\u202f234\u202f567,50"
    assert money("-0.10") == "-0,10"
    assert money(600.0) == "600,00"
    assert day("2026-11-25") == "25/11/2026"
    assert day(False) == ""
    assert plural(1, "chose") == "1 chose"
    assert plural(3, "chose") == "3 choses"


def test_secrets_are_hidden_wherever_they_are_printed(out):
    Secret(KEY)
    out.line(f"clé {KEY}")
    out.note(f"clé {KEY}")
    Output(as_json=True, out=out._out).object({"clé": KEY})
    assert KEY not in shown(out) + out._err.getvalue()
    assert shown(out).startswith("clé •••")


@pytest.fixture
def logged(monkeypatch):
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    yield log.logger
    log.logger.handlers.clear()


def test_secrets_are_hidden_in_the_log(capsys, logged):
    Secret(KEY)
    log.start(verbose=True)
    logged.debug("call %s", KEY)
    try:
        raise ValueError(KEY)
    except ValueError:
        logged.exception("it broke")
    told = capsys.readouterr().err
    assert "it broke" in told and "ValueError" in told
    assert KEY not in told


def test_a_log_that_cannot_be_written_prints_no_secret(capsys, logged):
    log.start(verbose=True)
    logged.handlers[0].setStream(closed := io.StringIO())
    closed.close()
    logged.debug("call %s", KEY)
    assert KEY not in capsys.readouterr().err


def test_odoorpc_logs_nothing(capsys):
    from troc_link.clients import rpc

    assert rpc
    logging.basicConfig(level=logging.DEBUG, force=True)
    try:
        logging.getLogger("odoorpc.rpc.jsonrpclib").debug("sent %s", KEY)
    finally:
        logging.basicConfig(level=logging.WARNING, force=True)
    assert "sent" not in capsys.readouterr().err


def test_a_short_password_does_not_blank_ordinary_words():
    Secret("admin")
    assert without_secrets("administrateur") == "administrateur"


def test_a_secret_is_not_copied_into_files():
    with pytest.raises(TypeError):
        Secret(KEY).__reduce_ex__(2)
    assert Secret(f" {KEY}\n") == Secret(KEY) != Secret("other")


def test_sentences():
    assert sentence("a\n\n b ") == "a b"
    assert len(sentence("x" * 5000)) <= 600
    assert str(Refused("", name="builtins.KeyError")) == "builtins.KeyError"
    assert LinkError("x", status=75).status == 75


@pytest.mark.parametrize(
    ("name", "text", "flag"),
    [
        ("odoo.exceptions.AccessError", "Non", "is_access"),
        ("odoo.exceptions.UserError", "Object x.y doesn't exist", "is_absent"),
        ("werkzeug.exceptions.NotFound", "", "is_absent"),
        ("psycopg2.errors.SerializationFailure", "", "is_busy"),
    ],
)
def test_what_a_refusal_tells_programs(name, text, flag):
    refusal = Refused(text, name=name)
    flags = {f: getattr(refusal, f) for f in ("is_access", "is_absent", "is_busy")}
    assert flags == {f: f == flag for f in flags}


def test_durations_and_dates():
    assert [units.duration(t) for t in ("90s", "15m", "2h", "60")] == [
        90,
        900,
        7200,
        60,
    ]
    assert units.date("2026-01-31") == "2026-01-31"
    for wrong in ("0m", "-1s", "m", "5w"):
        with pytest.raises(argparse.ArgumentTypeError, match="durée"):
            units.duration(wrong)
