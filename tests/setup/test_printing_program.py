"""Which program prints: a patched one, or none, and then that is said."""

import subprocess

import pytest

from troc_dev import errors, paths
from troc_dev.needs import printing

FAKE = "#!/bin/sh\necho wkhtmltopdf 0.12.6 {said}\n"


@pytest.fixture
def named(tmp_path, monkeypatch):
    """Return a function that names a program with these words in its version."""
    monkeypatch.setattr(paths, "LOCAL", tmp_path)
    folder = tmp_path / "printing"
    monkeypatch.setattr(printing, "FOLDER", folder)
    monkeypatch.setattr(printing, "PROGRAM", folder / "bin" / "wkhtmltopdf")
    monkeypatch.setattr(printing, "STAMP", folder / "complete")

    def name(said):
        program = tmp_path / "its own"
        program.write_text(FAKE.format(said=said))
        program.chmod(0o755)
        monkeypatch.setenv("TROC_WKHTMLTOPDF", str(program))

    return name


def test_a_patched_program_prints(named):
    named(r"\(with patched qt\)")
    printing.ensure(strict=True)
    assert printing.lacking() == ""
    told = subprocess.check_output([printing.PROGRAM, "--version"], text=True)
    assert told == "wkhtmltopdf 0.12.6 (with patched qt)\n"


def test_an_unpatched_one_is_as_none_for_odoo(named, capsys):
    """Odoo takes a program that cannot be started for one that is not installed."""
    named("")
    printing.ensure()
    assert "wkhtmltopdf says: wkhtmltopdf 0.12.6" in capsys.readouterr().err
    assert "TROC_WKHTMLTOPDF" in printing.lacking()
    with pytest.raises(OSError):
        subprocess.run([printing.PROGRAM, "--version"], check=False)


def test_where_all_must_be_tried_its_lack_stops(named):
    named("")
    with pytest.raises(errors.Stop) as stop:
        printing.ensure(strict=True)
    assert "No wkhtmltopdf with patched Qt" in str(stop.value)
    named(r"\(with patched qt\)")
    printing.ensure(strict=True)  # and what was missing is found the next time
