"""The demonstration keeps what it promises, before any server is asked."""

from decimal import Decimal

import pytest

from actif_rules import limits, siren
from actif_rules.errors import RuleError
from actif_rules.facturx import reader as facturx_reader
from troc_demo import data, deals, story

AREAS = {
    data.GRAND_PARIS: {"92", "93", "94"},
    data.PARIS: {"75"},
    data.NORTH_WEST: {"78", "95"},
    data.SOUTH_EAST: {"77", "91"},
}
FILES = [deal for deal in deals.DEALS if deal.file]


def department(key):
    return data.MEMBERS[key].zip[:2]


def total(deal):
    untaxed = sum(Decimal(str(ln.quantity * ln.price)) for ln in deal.lines)
    return untaxed * Decimal("1.2")


def test_members_are_spread_over_the_eight_departments():
    assert {department(key) for key in data.MEMBERS} == set().union(*AREAS.values())
    assert len(data.MEMBERS) >= 12
    assert len(data.HOSTED) == 4
    assert {member.structure for member in data.MEMBERS.values()} == {"ess", "classic"}


@pytest.mark.parametrize("company", [*data.MEMBERS.values(), data.OPERATOR])
def test_numbers_are_valid_and_belong_to_nobody(company):
    assert siren.is_siren(company.siren) and company.siren.startswith("000")
    assert siren.is_siret(company.siret) and company.siret.startswith(company.siren)
    assert company.vat == siren.vat_of(company.siren)
    assert int(f"{company.iban[4:]}1527{company.iban[2:4]}") % 97 == 1
    assert company.phone.startswith("01 99 00 ")
    assert company.domain.endswith(".example")


def test_nothing_is_given_twice():
    everybody = [*data.MEMBERS.values(), data.OPERATOR]
    for name in ("siren", "phone", "domain", "login", "name"):
        assert len({getattr(company, name) for company in everybody}) == len(everybody)
    assert len({deal.key for deal in deals.DEALS}) == len(deals.DEALS)


@pytest.mark.parametrize("deal", deals.DEALS, ids=lambda deal: deal.key)
def test_who_decides_animates_one_of_the_territories(deal):
    if deal.by:
        assert AREAS[deal.by] & {department(deal.seller), department(deal.buyer)}


@pytest.mark.parametrize("deal", FILES, ids=lambda deal: deal.key)
def test_the_file_of_a_portal_member_says_what_the_deal_says(deal):
    parsed = facturx_reader.read_document((story.FIXTURES / deal.file).read_bytes())
    assert parsed.number == deal.key
    assert parsed.total == total(deal)
    assert parsed.seller.siren == data.MEMBERS[deal.seller].siren
    assert parsed.buyer.siren == data.MEMBERS[deal.buyer].siren
    claim = parsed.actif_claim
    assert (claim.share if claim else 0) == deal.share


def test_each_deal_ends_as_the_limits_let_it():
    accounts = {
        key: limits.Account(key, Decimal(0), Decimal(2000), None)
        for key in data.MEMBERS
    }
    for change in deals.LIMITS:
        accounts[change.member] = limits.Account(
            change.member, Decimal(0), Decimal(str(change.credit)), None
        )
    for deal in deals.DEALS:
        amount = total(deal) * deal.share / 100
        if deal.fate == deals.BLOCKED:
            with pytest.raises(RuleError, match="credit_limit_exceeded"):
                limits.check_spend(accounts[deal.buyer], amount)
        elif deal.fate in (deals.VALIDATED, deals.REVERSED):
            limits.check_spend(accounts[deal.buyer], amount)
        if deal.fate == deals.VALIDATED:
            move(accounts, deal.seller, amount)
            move(accounts, deal.buyer, -amount)
    assert sum(account.balance for account in accounts.values()) == 0


def move(accounts, key, amount):
    before = accounts[key]
    accounts[key] = limits.Account(
        key, before.balance + amount, before.credit_limit, None
    )
