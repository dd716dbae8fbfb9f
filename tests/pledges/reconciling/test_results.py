"""Recorded results against counted ones, and late ones."""

from datetime import UTC, date, datetime

from pledges.models import ClosedResult, Closing, Result
from tests import factories
from tests.pledges import factories as make

from .conftest import Clean, Found, recorded, told


def test_a_result_that_differs_from_the_count_without_a_reason(clean: Clean, found: Found) -> None:
    Result.objects.update(value=4)
    (one,) = found()
    assert (one.code, told(one)) == ("result_counted", ("중대", "4회", "2회", "2회"))
    assert one.where == "확인지표 1 2024년 2분기"
    assert "year=2024" in one.link


def test_with_a_reason_it_is_for_knowing(clean: Clean, found: Found) -> None:
    Result.objects.update(value=4, reason="현장 집계")
    (one,) = found()
    assert (one.code, told(one)) == ("result_counted", ("참고", "4회", "2회", "2회"))
    assert "사유: 현장 집계" in one.what


def test_a_quarter_that_has_not_ended_is_not_compared(clean: Clean, found: Found) -> None:
    Result.objects.update(value=4)
    assert found(on=date(2024, 6, 29)) == []


def test_a_quarter_within_the_opening_is_not_compared(clean: Clean, found: Found) -> None:
    make.result(clean.days, 2024, 1, "7").history.update(history_date=datetime(2024, 4, 5, tzinfo=UTC))
    assert found() == []


def test_what_is_not_counted_has_nothing_to_differ_from(clean: Clean, found: Found) -> None:
    recorded(make.indicator(clean.pledge, 4, weight=None), "9", date(2024, 7, 2))
    assert found() == []


def test_a_closed_quarter_is_published(clean: Clean, found: Found) -> None:
    at = datetime(2024, 7, 20, tzinfo=UTC)
    user = factories.user()
    closing = Closing.objects.create(
        term=clean.pledge.term, year=2024, quarter=2, closed_at=at, closed_by=user, digest="x"
    )
    ClosedResult.objects.create(closing=closing, indicator=clean.days, value=2)
    Result.objects.update(value=4)
    assert found() == []


def test_results_entered_after_they_were_due(clean: Clean, found: Found) -> None:
    recorded(clean.supported, "0", date(2024, 7, 11))
    recorded(clean.enterprises, "1", date(2024, 7, 10))
    (one,) = found()
    assert (one.code, told(one)[:3]) == ("result_late", ("참고", "2024. 7. 11.", "2024. 7. 10."))
    assert "2분기" in one.what


def test_results_of_before_the_system_are_loaded_and_not_late(clean: Clean, found: Found) -> None:
    recorded(clean.supported, "0", date(2026, 11, 22))
    Result.history.update(history_date=datetime(2026, 11, 22, 3, tzinfo=UTC))
    assert found() == []
