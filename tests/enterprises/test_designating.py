import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction

from enterprises.designating import hold_enterprise, overlap_message, overlapping
from enterprises.models import Designation
from tests.enterprises import factories

FIRST, LAST = date(2020, 1, 1), date(2022, 12, 31)


@pytest.fixture
def held(db):
    return factories.designation(code="village", starts_on=FIRST, expires_on=LAST)


def wanted(held, first, last, **values):
    return Designation(enterprise=held.enterprise, kind=held.kind, starts_on=first, expires_on=last, **values)


@pytest.mark.parametrize(
    ("first", "last", "overlap"),
    [
        (date(2022, 12, 31), None, True),
        (date(2023, 1, 1), None, False),
        (None, date(2020, 1, 1), True),
        (None, date(2019, 12, 31), False),
        (date(2019, 1, 1), date(2024, 1, 1), True),
        (None, None, True),
    ],
)
def test_overlaps_share_a_day(held, first, last, overlap):
    assert overlapping(wanted(held, first, last)).exists() is overlap


def test_an_early_end_makes_room(held):
    held.ended_on, held.end_reason = date(2021, 6, 30), "전환"
    held.save()
    assert overlap_message(wanted(held, date(2021, 7, 1), None)) == ""
    assert "2020. 1. 1.~2021. 6. 30." in overlap_message(wanted(held, date(2021, 6, 30), None))
    ended = wanted(held, date(2019, 1, 1), None, ended_on=date(2019, 12, 31))
    assert overlap_message(ended) == ""


def test_an_undated_row_reaches_back_without_end(held):
    Designation.objects.filter(pk=held.pk).update(starts_on=None)
    assert "지정일 모름~2022. 12. 31." in overlap_message(wanted(held, date(1990, 1, 1), date(1990, 2, 1)))


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_the_same_moment_one_gets_through():
    firm, kind = factories.enterprise(), factories.kind("village")
    start, saved = threading.Barrier(2), []

    def designate(day):
        row = Designation(enterprise=firm, kind=kind, starts_on=day)
        start.wait(5)
        try:
            with transaction.atomic():
                hold_enterprise(firm.pk)
                if not overlapping(row).exists():
                    row.save()
                    saved.append(day)
        finally:
            connections.close_all()

    officers = [threading.Thread(target=designate, args=(date(2024, 4, n),)) for n in (1, 2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join(20)
    connection.close()
    assert len(saved) == Designation.objects.count() == 1
