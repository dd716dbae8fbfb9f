"""What officials type, read by the form fields; refusals stand beside the field with their remedy."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from common.fields import CountField, DayField, DaysField, NumberField, PeriodField, WonField, plain, weekday


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DayField(), "2023. 10. 18.", date(2023, 10, 18)),
        (DayField(year=2024), "4. 25.", date(2024, 4, 25)),
        (DayField(required=False), "", None),
        (WonField(), "84백만 원", 84_000_000),
        (WonField(unit="백만원"), "1,894", 1_894_000_000),
        (WonField(unit="백만원"), "1억 2천만원", 120_000_000),
        (WonField(), "△1,200", -1_200),
        (WonField(required=False), "-", None),
        (NumberField(), "1,234.5", Decimal("1234.5")),
        (NumberField(units=("개소",)), "43개소", Decimal(43)),
        (NumberField(required=False), "-", None),
        (CountField(), "36개", 36),
        (CountField(), "1,200", 1_200),
    ],
)
def test_they_read_what_is_typed(field: forms.Field, typed: str, value: Any) -> None:
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (DayField(), "2024. 2. 30.", "없는 날입니다"),
        (DayField(), "4. 25.", "연도가 없어"),
        (WonField(), "약 3천만원", "어림한 금액"),
        (WonField(), "24.394", "오타일 수 있습니다"),
        (NumberField(), "많음", "숫자로 읽을 수 없습니다"),
        (CountField(), "3.5", "정수"),
        (CountField(), "-3", "정수"),
        (PeriodField(), "작년 봄", "작년"),
    ],
)
def test_they_refuse_with_the_reason(field: forms.Field, typed: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        field.clean(typed)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (DayField(), date(2023, 10, 18), "2023. 10. 18."),
        (DayField(), "내일", "내일"),
        (WonField(), 84_000_000, "84,000,000"),
        (WonField(), -1_200, "△1,200"),
        (WonField(), "많음", "많음"),
        (NumberField(), Decimal("43.0000"), "43"),
        (CountField(), 1_200, "1,200"),
        (WonField(), None, None),
    ],
)
def test_they_show_values_in_the_offices_way_and_keep_what_was_typed(
    field: Any, value: Any, shown: Any
) -> None:
    assert field.prepare_value(value) == shown


def test_a_value_shown_is_read_back() -> None:
    for field, value in (
        (WonField(), -84_000_000),
        (DayField(), date(2024, 4, 5)),
        (NumberField(), Decimal("1234.5")),
    ):
        assert field.clean(field.prepare_value(value)) == value


def test_days_are_read_with_the_year_of_another_field() -> None:
    assert DaysField().read_in("9. 18., 9. 20.", 2024) == [date(2024, 9, 18), date(2024, 9, 20)]
    with pytest.raises(ValidationError, match="하루씩"):
        DaysField().read_in("9월 13일~28일 매주 주말", 2024)


def test_a_period_keeps_its_open_end() -> None:
    period = PeriodField().clean("2024. 1. 1.~")
    assert period is not None
    assert (period.start, period.end) == (date(2024, 1, 1), None)


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("1E+3"), "1,000"), (Decimal("0.0000"), "0"), (Decimal("-2.50"), "△2.5")]
)
def test_plain_numbers(value: Decimal, text: str) -> None:
    assert plain(value) == text


def test_weekdays() -> None:
    assert weekday(date(2024, 4, 25)) == "목"
