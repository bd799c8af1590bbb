"""What is kept of a release comes back byte for byte."""

import lzma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from troc_dev.errors import Stop
from troc_dev.releases import deltas
from troc_dev.releases import dumps as releases

lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c\r\n", b"d"]))
texts = lines.map(b"".join)


@given(texts, texts)
@example(b"a\nb\na\nc\n", b"a\na\nb\na\n")
def test_a_text_told_by_another_comes_back(base, text):
    assert deltas.restored(base, deltas.against(base, text)) == text


def test_what_both_share_is_told_in_one_line():
    base = b"".join(b"%d\n" % number for number in range(1000))
    assert deltas.against(base, base + b"new\n") == b"\x010 1000\nnew\n"


def test_a_line_that_looks_like_a_mark_is_refused():
    with pytest.raises(ValueError, match="mark"):
        deltas.against(b"a\n", b"\x01 1 2\n")


@pytest.mark.parametrize("version", releases.versions())
def test_each_kept_release_is_a_whole_database(version):
    text = releases.text_of(version)
    assert text.count(b"CREATE TABLE ") > 300
    assert b"database dump complete" in text[-100:]


class TestAnotherBase:
    @pytest.fixture(autouse=True)
    def kept(self, tmp_path, monkeypatch):
        """Two files, the later one told by a base that is no longer there."""
        monkeypatch.setattr(releases, "FOLDER", tmp_path)
        gone = releases._digest(b"gone")
        for version, text in {
            "19.0.1.9.0": "-- whole\n",
            "19.0.1.10.0": f"-- told\n-- differs from {gone}\n\x010 1\n",
        }.items():
            path = releases.path_of(version)
            path.write_bytes(lzma.compress(text.encode()))

    def test_versions_are_in_order(self):
        assert releases.versions() == ["19.0.1.9.0", "19.0.1.10.0"]

    def test_the_command_that_mends_it_is_named(self):
        with pytest.raises(Stop) as caught:
            releases.text_of("19.0.1.10.0")
        assert "19.0.1.10.0" in str(caught.value)
        assert "keep-release" in caught.value.way_out

    def test_a_broken_file_is_named(self):
        releases.path_of("19.0.1.9.0").write_bytes(b"broken")
        with pytest.raises(Stop, match="19.0.1.9.0"):
            releases.text_of("19.0.1.9.0")
