from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from common import clock
from tests.conftest import PinToday


def test_a_pinned_day_is_today(pin_today: PinToday) -> None:
    assert clock.today() == date(2024, 4, 1)
    pin_today(2026, 11, 22)
    assert clock.today() == date(2026, 11, 22)


def test_today_is_the_day_in_seoul(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PINNED_TODAY = None
    # 15:30 UTC is half past midnight in Seoul.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 3, 31, 15, 30, tzinfo=UTC))
    assert clock.today() == date(2024, 4, 1)
