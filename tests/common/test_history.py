"""Who changed what, in words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.history import changes
from common.voiding import void
from markets.models import MarketEvent, Mode
from tests.markets import factories as make

pytestmark = pytest.mark.django_db


def change(event: MarketEvent, reason: str = "", **values: object) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    event._change_reason = reason  # type: ignore[attr-defined]
    event.revision += 1
    event.save()


def test_entry_change_and_voiding_newest_first() -> None:
    event = make.event()
    change(event, "늦게 알게 됨", sales=84_000_000, mode=Mode.ONLINE, starts_on=date(2024, 4, 25))
    void(event, None, "두 번 입력함")
    found = changes(event)
    assert [each.deed for each in found] == ["무효", "수정", "입력"]
    assert found[1].reason == "늦게 알게 됨"
    told = {delta.label: (delta.old, delta.new) for delta in found[1].deltas}
    assert told == {
        "매출액(원)": ("-", "84,000,000"),
        "구분": ("오프라인", "온라인"),
        "시작일": ("-", "2024. 4. 25."),
    }
    assert found[0].who == "시스템"


def test_rows_of_several_models_in_one_list() -> None:
    event = make.event()
    day = make.day(event, date(2024, 4, 25))
    assert [each.what for each in changes(event, day)] == [str(day), str(event)]


def test_one_query_per_model() -> None:
    event = make.event()
    days = [make.day(event, date(2024, 4, number)) for number in range(1, 9)]
    with CaptureQueriesContext(connection) as captured:
        changes(event, *days)
    assert len(captured) == 2


def test_the_latest_only() -> None:
    event = make.event()
    for number in range(5):
        change(event, note=str(number))
    assert [each.deltas[0].new for each in changes(event, latest=2)] == ["4", "3"]
