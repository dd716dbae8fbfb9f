"""Past market days that are still 예정."""

from datetime import date

import pytest

from markets.models import MarketDay, MarketEvent, Mode, State

from .conftest import Clean, Found, told


def planned(day: date, state: str = State.PLANNED, mode: str = Mode.OFFLINE) -> MarketDay:
    return MarketDay.objects.create(event=MarketEvent.objects.get(), day=day, state=state, mode=mode)


def test_past_days_still_planned(clean: Clean, found: Found) -> None:
    planned(date(2024, 5, 24))
    planned(date(2024, 5, 25))
    (one,) = found()
    assert (one.code, one.where, told(one)[:2]) == ("still_planned", "시장 봄 장터", ("주의", "2일"))
    assert "2024. 5. 24.부터" in one.what


@pytest.mark.parametrize(
    ("day", "state", "mode"),
    [
        (date(2024, 6, 30), State.PLANNED, Mode.OFFLINE),
        (date(2024, 5, 24), State.CANCELLED, Mode.OFFLINE),
        (date(2024, 5, 24), State.PLANNED, Mode.ONLINE),
    ],
)
def test_days_to_come_cancelled_and_online_are_not(
    clean: Clean, found: Found, day: date, state: str, mode: str
) -> None:
    planned(day, state, mode)
    assert found() == []
