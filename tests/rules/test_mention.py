from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import shares

from actif_rules.errors import RuleError
from actif_rules.mention import (
    DEFAULT_MENTION,
    MAX_READ,
    check_template,
    read_claims,
    render,
    share_text,
)

TEMPLATES = (
    DEFAULT_MENTION,
    "Règlement : {share} % en Actifs",
    "{share}% Actif",
    "Part Actif : {share} %",
    "Paiement par compensation via Troc Actif à hauteur de {share} %",
    "Paiement par compensation via Troc Actif, à hauteur de {share} %",
    "Paiement en Actif ({share} %)",
    "PAYABLE À {share} POUR CENT EN ACTIF",
)
BYSTANDERS = (
    "",
    "Escompte 2 % pour paiement anticipé.",
    "Pénalités de retard : 10 % par an ; escompte 2%",
    "TVA 20 % acquittée sur les encaissements",
    "50 % à la commande, le solde par virement",
)
SPACES = (" ", "\u00a0", "\u202f", "  ", "\u2009")


def figures(text):
    """(share, amount, of the untaxed amount) of each claim, as texts."""
    return [
        (c.share and str(c.share), c.amount and str(c.amount), c.untaxed)
        for c in read_claims(text)
    ]


# --- writing -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("100", "100"),
        ("50.00", "50"),
        ("33.33", "33,33"),
        ("7.50", "7,5"),
        ("1E+1", "10"),
    ],
)
def test_writes_a_share_as_french_readers_do(share, text):
    assert share_text(Decimal(share)) == text
    assert render(DEFAULT_MENTION, Decimal(share)) == (
        f"Paiement par compensation en {text}% Actif"
    )


@pytest.mark.parametrize("template", ["", "Paiement en Actif", "{part}% Actif", "{0}"])
def test_refuses_a_template_that_would_hide_the_share(template):
    with pytest.raises(RuleError) as refusal:
        render(template, Decimal(50))
    assert refusal.value.code == "mention_without_share"
    assert refusal.value.facts == {"template": template}


def test_a_template_is_text_and_not_a_program():
    template = "{share}% Actif {share.__class__} {x}"
    assert render(template, Decimal(50)) == "50% Actif {share.__class__} {x}"


def test_writes_no_impossible_share():
    with pytest.raises(RuleError, match="share_out_of_range"):
        render(DEFAULT_MENTION, Decimal(101))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_network_may_word_it_its_own_way(template):
    check_template(template)


@pytest.mark.parametrize(
    "template", ["{share}", "Barter {share}%", "sans Actif {share}%"]
)
def test_refuses_a_template_that_nobody_could_read_back(template):
    with pytest.raises(RuleError) as refusal:
        check_template(template)
    assert refusal.value.code == "mention_unreadable"


# --- reading -----------------------------------------------------------------------


@given(st.sampled_from(TEMPLATES), shares)
def test_reads_what_it_wrote(template, share):
    assert {c.share for c in read_claims(render(template, share))} == {share}


@given(
    st.sampled_from(TEMPLATES),
    shares,
    st.sampled_from(BYSTANDERS),
    st.sampled_from(SPACES),
    st.sampled_from((str, str.upper, str.lower, str.title)),
)
def test_reads_it_among_other_terms_in_any_dress(template, share, other, space, case):
    mention = case(render(template, share)).replace(" ", space)
    for text in (f"{mention}\n{other}", f"{other}\n{mention}", f"{other} ; {mention}"):
        assert {c.share for c in read_claims(text)} == {share}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paiement par compensation en 100% Actif", [("100", None, False)]),
        ("Paiement par compensation en 33.33% Actif", [("33.33", None, False)]),
        ("Paiement par compensation via Troc Actif 50 %", [("50", None, False)]),
        ("50% Actif : compensation", [("50", None, False)]),
        ("Actif 50%", [("50", None, False)]),
        ("100 % en compensation", [("100", None, False)]),
        ("Actif 30% virement 70%", [("30", None, False)]),
        ("30% Actif 70% euros", [("30", None, False)]),
        ("30 % en Actif, 70 % par virement", [("30", None, False)]),
        ("30% virement et 70% Actif", [("70", None, False)]),
        ("Escompte 2% paiement par compensation en 50% Actif", [("50", None, False)]),
        ("Paiement par compensation en 50% Actif escompte 2%", [("50", None, False)]),
        ("Paiement en totalité par compensation Actif", [("100", None, False)]),
        ("payable moitié en Actif, moitié en euros", [("50", None, False)]),
        ("Règlement : 600,00 Actifs", [(None, "600.00", False)]),
        ("600 Actifs", [(None, "600.00", False)]),
        ("1\u202f200,50 € en Actif", [(None, "1200.50", False)]),
        ("1.200,00 Actifs", [(None, "1200.00", False)]),
        (
            "Total TTC 1 200,00 € dont 600,00 € en Actif",
            [(None, "600.00", False)],
        ),
        (
            "600,00 € en Actif et 600,00 € par virement",
            [(None, "600.00", False)],
        ),
        (
            "Paiement par compensation en 50% Actif (600,00 €)",
            [("50", "600.00", False)],
        ),
        ("HT compensé en Actif, TVA réglée en euros", [(None, None, True)]),
        (
            "HT 1000,00 EUR compensé en 100% Actif; TVA 200,00 EUR en numéraire",
            [("100", "1000.00", True)],
        ),
        ("Paiement en Actif", [(None, None, False)]),
        ("Paiement par compensation via le réseau", [(None, None, False)]),
        ("150% Actif", [("150", None, False)]),
        ("50% Actif\n100% Actif", [("50", None, False), ("100", None, False)]),
    ],
)
def test_reads_the_wordings_that_sellers_use(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *BYSTANDERS,
        "Virement 50%",
        "50% EUR : virement",
        "Indemnité forfaitaire en compensation des frais de recouvrement : 40 €",
        "Compensation carbone 5 %",
        "Principe actif 5 %",
        "Statut : actif, remise 5 %",
        "Total de l'actif net 1 000,00 €",
        "Aucune compensation possible",
        "Pas de paiement en Actif",
        "Toute compensation est exclue, même en Actif",
        "Facture réglée sans compensation",
        "ACTIF50-FA-2026-001",
        "Compte actif",
        "Rétroactif 50 %",
    ],
)
def test_leaves_other_words_alone(text):
    assert read_claims(text) == ()


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_alone(text):
    for claim in read_claims(text):
        assert claim.text
    assert read_claims(text) == read_claims(text)


@given(st.text(st.sampled_from("0123456789 %.,€acehoptuv\n"), max_size=200))
def test_no_claim_without_its_word(text):
    if "actif" not in text and "compensation" not in text:
        assert read_claims(text) == ()


def test_a_very_long_text_is_read_to_a_limit():
    assert read_claims("x " * MAX_READ + DEFAULT_MENTION) == ()


def test_a_claim_keeps_its_own_words():
    (claim,) = read_claims("Merci.\nPaiement   par compensation en 50\u00a0% Actif")
    assert claim.text == "Paiement par compensation en 50 % Actif"
