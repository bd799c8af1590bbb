"""A negative balance goes to the liabilities and comes back the next day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules.errors import RuleError
from actif_rules.year_end import presentation


@given(amounts(), st.dates(max_value=date(2200, 1, 1)))
def test_the_pair_takes_itself_back(amount, closing):
    first, second = presentation(-amount, closing)

    assert (first.debit, first.credit) == ("contra", "passive")
    assert (second.debit, second.credit) == (first.credit, first.debit)
    assert first.amount == second.amount == amount
    assert (first.date, second.date) == (closing, closing + timedelta(days=1))


@pytest.mark.parametrize("balance", ["0", "0.01", "1200"])
def test_only_below_zero(balance):
    with pytest.raises(RuleError) as caught:
        presentation(Decimal(balance), date(2026, 12, 31))

    assert caught.value.code == "nothing_to_present"
