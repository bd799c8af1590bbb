import pickle

from actif_rules.errors import RuleError


def test_shows_code_and_facts():
    error = RuleError("too_big", what="xml", limit=10)

    assert (error.code, error.facts) == ("too_big", {"what": "xml", "limit": 10})
    assert str(error) == "too_big (what=xml, limit=10)"
    assert str(RuleError("encrypted")) == "encrypted"


def test_any_name_may_be_a_fact():
    assert RuleError("x", code="y", self="z").facts == {"code": "y", "self": "z"}


def test_travels_between_processes():
    copy = pickle.loads(pickle.dumps(RuleError("same_party", member="Durand")))

    assert (copy.code, copy.facts) == ("same_party", {"member": "Durand"})
