from datetime import date

import pytest

from accounts.models import Role
from common.models import OpeningMethod
from common.openings import correct, renew, replace_by_details
from common.voiding import AlreadyVoid
from enterprises.models import RegisterOpening
from tests import factories as people
from tests.enterprises import factories

DAY = date(2024, 3, 31)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return people.user(Role.STAFF)


@pytest.fixture
def opening():
    return RegisterOpening.objects.create(kind=factories.kind(), on=DAY, count=198, source="공약카드")


def test_a_correction_keeps_what_it_does_not_name(opening, user):
    fresh = correct(opening, user, " 명부 대조 ", count=197)
    assert (fresh.kind, fresh.on, fresh.count, fresh.source) == (opening.kind, DAY, 197, "공약카드")
    assert (fresh.method, fresh.reason, fresh.revision) == (OpeningMethod.CORRECTED, "명부 대조", 1)
    opening.refresh_from_db()
    assert (opening.count, opening.void_reason, opening.voided_by) == (198, "명부 대조", user)


def test_details_take_its_place(opening, user):
    fresh = replace_by_details(opening, user, "상세 완료", count=190)
    assert (fresh.method, fresh.count) == (OpeningMethod.DETAILS, 190)
    assert RegisterOpening.objects.live().get() == fresh


def test_a_later_day_leaves_it_alone(opening, user):
    fresh = renew(opening, user, "연말", date(2024, 12, 31), count=201)
    assert (fresh.method, fresh.on) == (OpeningMethod.RENEWED, date(2024, 12, 31))
    assert RegisterOpening.objects.live().count() == 2
    for day in (DAY, date(2024, 3, 30)):
        with pytest.raises(ValueError):
            renew(opening, user, "앞", day, count=1)


def test_each_needs_a_reason(opening, user):
    with pytest.raises(ValueError):
        correct(opening, user, " ", count=1)
    assert RegisterOpening.objects.live().get().count == 198


def test_of_two_correctors_the_second_is_told(opening, user):
    stale = RegisterOpening.objects.get()
    correct(opening, user, "먼저", count=197)
    with pytest.raises(AlreadyVoid):
        correct(stale, user, "나중", count=196)
    assert RegisterOpening.objects.live().get().count == 197


def test_a_closed_figure_is_not_corrected(user):
    closed = RegisterOpening.objects.create(kind=factories.kind(), on=DAY, count=1, closed=True)
    with pytest.raises(ValueError):
        correct(closed, user, "착오", count=2)
