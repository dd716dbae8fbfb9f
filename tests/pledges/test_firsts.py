"""First payments added up in the database are those that a walk through the ledger finds, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enterprises.models import Enterprise
from pledges import measures
from pledges.distinct import FirstPayment
from pledges.firsts import first_payments
from pledges.models import CountingRule, Indicator
from subsidies.disbursing import give_back
from subsidies.models import Disbursement, Program

from . import factories as make

DAYS = {
    date(2023, 12, 31): None,
    date(2024, 3, 31): date(2024, 3, 31),
    date(2024, 5, 15): date(2024, 3, 31),
    date(2024, 12, 31): date(2024, 9, 30),
}


def walked(indicator: Indicator, day: date, through: date | None) -> set[FirstPayment]:
    """The same by walking through every payment that stands on the day."""
    groups: dict[tuple[int, object], list[Disbursement]] = {}
    for row in measures.unreversed(day).filter(program__pledges=indicator.pledge_id):
        by_firm = indicator.counting_rule == CountingRule.BY_ENTERPRISE
        key = row.enterprise_id if by_firm else (row.enterprise_id, row.program_id)
        groups.setdefault((row.paid_on.year, key), []).append(row)
    return {
        FirstPayment(
            key,
            year,
            min(row.paid_on for row in rows),
            any(row.in_opening for row in rows),
            min((row.paid_on for row in rows if through and row.paid_on > through), default=None),
        )
        for (year, key), rows in groups.items()
    }


@pytest.fixture
def ledger(db: None) -> list[Indicator]:
    """Two pledges that share a programme, 60 payments to 5 enterprises, some given back in part or whole."""
    random = Random(7)
    first, second = make.pledge("가-1"), make.pledge("가-2")
    rules = [(first, 2, CountingRule.BY_ENTERPRISE), (second, 2, CountingRule.BY_PROGRAM)]
    indicators = [make.supported(of, no, counting_rule=rule) for of, no, rule in rules]
    other = Program.objects.create(name="다른 사업(예시)")
    second.programs.add(other)
    firms = [Enterprise.objects.create(name=f"기업{number}(예시)") for number in range(5)]
    for _ in range(60):
        paid = make.paid(random.choice(firms), date(2023, 6, 1) + timedelta(days=random.randrange(560)))
        Disbursement.objects.filter(pk=paid.pk).update(
            program=random.choice([make.program(), other]),
            in_opening=random.choice([None, None, False, True]),
        )
        if random.random() < 0.4:
            paid.refresh_from_db()
            back = min(paid.paid_on + timedelta(days=random.randrange(60)), date(paid.fiscal_year, 12, 31))
            give_back(paid, random.choice([400_000, 1_000_000]), back)
    return indicators


def test_the_database_and_a_walk_agree_on_every_day(ledger: list[Indicator]) -> None:
    found = first_payments(ledger, DAYS)
    for day, through in DAYS.items():
        for indicator in ledger:
            assert set(found[day][indicator.pk]) == walked(indicator, day, through), (day, indicator)
    assert sum(len(rows) for rows in found[date(2024, 12, 31)].values()) > 15


def test_two_queries_whatever_the_days(ledger: list[Indicator]) -> None:
    with CaptureQueriesContext(connection) as queries:
        first_payments(ledger, DAYS)
    assert len(queries) == 2
