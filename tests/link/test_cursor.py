"""The cursor kept at the member's side."""

from troc_link.books.cursor import Cursor, went_back


def test_each_network_and_company_has_its_own(tmp_path):
    here, there = Cursor(tmp_path, "a", 1), Cursor(tmp_path, "a", 2)
    assert here.last() == 0
    here.keep(12)
    there.keep(3)
    assert (here.last(), there.last()) == (12, 3)
    assert Cursor(tmp_path, "b", 1).last() == 0


def test_a_spoiled_or_forbidden_file_is_no_failure(tmp_path):
    (tmp_path / "link.state").write_text("[")
    cursor = Cursor(tmp_path, "a", 1)
    assert cursor.last() == 0
    cursor.keep(5)
    assert cursor.last() == 5
    gone = Cursor(tmp_path / "link.state" / "under", "a", 1)
    gone.keep(1)
    assert gone.last() == 0


def test_a_register_that_went_back_is_seen():
    assert went_back(10, {"cursor": 4})
    assert not went_back(10, {"cursor": 10})
    assert not went_back(0, {"cursor": 4})
