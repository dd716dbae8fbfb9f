"""A clean pledge finds nothing; the seed finds what its document does not add up to (DOMAIN §10)."""

from datetime import date

import pytest
from django.urls import resolve

from pledges.models import Pledge
from pledges.reconciling import findings
from subsidies.models import SupportOpening

from .conftest import Clean, Found, told

SEED_DAY = date(2024, 3, 31)


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 6, 30), date(2024, 2, 1), date(2026, 6, 30)])
def test_a_clean_pledge_finds_nothing(clean: Clean, found: Found, day: date) -> None:
    assert found(on=day) == []


def test_the_seed(seed: Pledge) -> None:
    by_key = {one.key: one for one in findings(seed, SEED_DAY)}
    short = {
        one.code: told(one) for one in by_key.values() if one.code not in ("opening_rest", "execution_rest")
    }
    assert short == {
        "log_year": ("중대", "120,550,000원", "35,000,000원", "85,550,000원"),
        "execution_excess": ("중대", "120,550,000원", "27,000,000원", "93,550,000원"),
        "missing_instalment": ("주의", "1분기·2분기·3분기", "4분기", "-"),
        "log_other_year": ("주의", "2024년", "2023. 12. 14.", "-"),
        "log_order": ("참고", "2022. 8. 17.~9. 1.", "2022. 10. 18.", "-"),
        "unit_read_otherwise": ("참고", "9,487,000,000원", "9,487,000원", "9,477,513,000원"),
    }
    days = by_key[f"opening:indicator:{seed.indicators.get(no=3).pk}"]
    assert told(days) == ("참고", "14회", "16회", "△2회")
    places = {one.code: one.where for one in by_key.values()}
    assert places["log_other_year"] == "추진실적 연번 24"
    assert places["log_order"] == "추진실적 연번 4"
    assert "2023년" in places["missing_instalment"]


def test_the_seeds_support_table_read_as_printed_is_more_than_the_whole_cost(seed: Pledge) -> None:
    for opening in SupportOpening.objects.filter(year=2024):
        opening.amount *= 1000
        opening.save()
    (slip,) = [one for one in findings(seed, SEED_DAY) if one.code == "unit_support"]
    assert told(slip) == ("중대", "9,487,000,000원", "3,707,000,000원", "5,780,000,000원")


def test_every_finding_leads_to_a_page_and_keys_are_their_own(seed: Pledge) -> None:
    every = findings(seed, SEED_DAY)
    assert len({one.key for one in every}) == len(every)
    assert all(resolve(one.link.partition("?")[0].partition("#")[0]) for one in every)


def test_severities_come_first(seed: Pledge) -> None:
    ranks = [one.severity.rank for one in findings(seed, SEED_DAY)]
    assert ranks == sorted(ranks)
