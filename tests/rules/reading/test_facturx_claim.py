from decimal import Decimal

import pytest
from hypothesis import assume, given
from rules_strategies import CENT, amounts, shares

from actif_rules.errors import RuleError
from actif_rules.facturx.claim import Totals, assemble, split_claim
from actif_rules.mention import DEFAULT_MENTION, render
from actif_rules.share import split

HALF = "Paiement par compensation en 50% Actif"


def totals(prepaid="0.00", total="1200.00", untaxed="1000.00"):
    return Totals(Decimal(total), Decimal(untaxed), Decimal(prepaid))


def read(*texts, prepaid="0.00", **places):
    return assemble({"BT-20": texts, **places}, totals(prepaid))


def facts(claim):
    """(share, amount, base, agree), as texts."""
    share = claim.share and str(claim.share)
    return share, claim.amount and str(claim.amount), claim.base, claim.agree


def test_no_wording_no_claim():
    assert read() is None
    assert read("Virement à 30 jours", prepaid="600.00") is None


def test_a_share_of_nothing_is_no_claim():
    assert read("0% Actif") is None


@pytest.mark.parametrize(
    ("text", "prepaid", "expected"),
    [
        (HALF, "0.00", ("50", None, None, True)),
        (HALF, "600.00", ("50", "600.00", "total", True)),
        (HALF, "500.00", ("50", "500.00", "untaxed", True)),
        ("100% Actif", "1200.00", ("100", "1200.00", "total", True)),
        ("100% Actif", "1000.00", ("100", "1000.00", "untaxed", True)),
        ("50% du montant HT en Actif", "0.00", ("50", None, "untaxed", True)),
        ("50% du HT en Actif", "500.00", ("50", "500.00", "untaxed", True)),
        ("HT compensé en Actif", "1000.00", ("100", "1000.00", "untaxed", True)),
        ("Paiement en Actif", "1200.00", ("100", "1200.00", "total", True)),
        ("600,00 € en Actif", "0.00", ("50.00", "600.00", "total", True)),
        ("400,00 € en Actif", "0.00", ("40.00", "400.00", "untaxed", True)),
    ],
)
def test_words_and_totals_together(text, prepaid, expected):
    assert facts(read(text, prepaid=prepaid)) == expected


@pytest.mark.parametrize(
    ("texts", "prepaid"),
    [
        ((HALF,), "300.00"),  # a deposit, or another share?
        ((HALF, "100% Actif"), "0.00"),
        (("50% Actif soit 500,00 €",), "600.00"),
        (("600,00 € en Actif", "700,00 € en Actif"), "0.00"),
        (("150% Actif",), "0.00"),
        (("33,333% Actif",), "0.00"),
        (("Paiement en Actif",), "0.00"),
        (("Paiement en Actif",), "600.00"),
        (("HT compensé en Actif",), "1200.00"),
        (("50% du HT en Actif",), "600.00"),
        (("1 300,00 € en Actif",), "0.00"),
        (("456,78 € en Actif",), "0.00"),  # no share of two decimals makes it
        (("0% Actif", HALF), "0.00"),
    ],
)
def test_in_doubt_a_person_decides(texts, prepaid):
    assert read(*texts, prepaid=prepaid).agree is False


def test_tells_where_it_was_read():
    claim = read(HALF, **{"BT-82": (HALF, "Virement 50%"), "PAI": ()}, prepaid="600.00")

    assert claim.places == ("BT-20", "BT-82", "BT-113")
    assert claim.wordings == (HALF,)


def test_places_that_contradict_each_other():
    claim = read(HALF, **{"BT-82": ("100% Actif",)})

    assert (claim.agree, claim.share) == (False, Decimal(50))
    assert claim.wordings == (HALF, "100% Actif")


@given(amounts("1.00"), shares, amounts("0.01"))
def test_a_share_agrees_with_the_amount_it_makes_and_no_other(total, share, paid):
    assume(total * share / 100 >= CENT)
    made = split(total, share).actif
    texts = {"BT-20": (render(DEFAULT_MENTION, share),)}

    assert assemble(texts, Totals(total, total, made)).agree
    assert assemble(texts, Totals(total, total, paid)).agree == (paid == made)


@given(amounts("1.00"), amounts("0.00"), shares)
def test_an_agreed_claim_can_be_split(untaxed, tax, share):
    total = untaxed + tax
    assume(untaxed * share / 100 >= CENT)
    claim = assemble(
        {"BT-20": (render(DEFAULT_MENTION, share),)},
        Totals(total, untaxed, Decimal(0)),
    )
    for base in ("total", "untaxed"):
        made = split_claim(claim, total=total, untaxed=untaxed, base=base)
        assert made == split(total, share, base=base, untaxed=untaxed)


def test_a_claim_on_another_base_than_the_networks_is_for_a_person():
    claim = read("HT compensé en Actif", prepaid="1000.00")
    sums = {"total": Decimal(1200), "untaxed": Decimal(1000)}

    assert split_claim(claim, **sums, base="untaxed").actif == 1000
    with pytest.raises(RuleError) as refusal:
        split_claim(claim, **sums, base="total")
    assert refusal.value.code == "ambiguous_claim"
    assert refusal.value.facts["wordings"] == ("HT compensé en Actif",)


def test_words_about_the_untaxed_amount_are_not_taken_of_the_total():
    claim = read("50% du montant HT en Actif")
    sums = {"total": Decimal(1200), "untaxed": Decimal(1000)}

    assert split_claim(claim, **sums, base="untaxed").actif == 500
    with pytest.raises(RuleError, match="ambiguous_claim"):
        split_claim(claim, **sums, base="total")


def test_a_doubtful_claim_is_not_split():
    claim = read(HALF, "100% Actif")
    with pytest.raises(RuleError, match="ambiguous_claim"):
        split_claim(claim, total=Decimal(1200), untaxed=Decimal(1000), base="total")
