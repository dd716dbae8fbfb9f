"""Whatever is printed is read back, the quick ways read as the long ones, and no text makes a reader stumble."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import money as printing
from common import periods
from common.notation import UNITS, NotationError, Period, read_date, read_days, read_money, read_period

won = st.integers(-(10**13), 10**13)


@given(won)
def test_reads_back_printed_amounts(value: int) -> None:
    assert read_money(printing.grouped(value)) == value
    assert read_money(printing.signed(value)) == value
    assert read_money(f"{printing.signed(value)}원") == value
    assert read_money(f"{printing.in_words(value)}정") == value
    assert read_money(printing.cell(value)) == (value or None)


@given(st.integers(-(10**7), 10**7), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_a_unit_is_the_same_in_the_text_and_over_the_column(value: int, unit: str, column: str) -> None:
    figure = printing.signed(value)
    assert read_money(figure, unit=unit) == value * UNITS[unit] == read_money(figure + unit, unit=column)


@given(st.integers(1, 10**13), st.booleans())
def test_reads_mixed_words(value: int, spaced: bool) -> None:
    """`12억 3,456만 7,890원`, except where 억 is followed by won only, which is refused."""
    eok, man, rest = value // 10**8, value // 10**4 % 10**4, value % 10**4
    parts = [f"{n:,}{unit}" for n, unit in ((eok, "억"), (man, "만"), (rest, "")) if n]
    text = (" " if spaced else "").join(parts) + "원"
    if eok and rest and not man:
        with pytest.raises(NotationError):
            read_money(text)
    else:
        assert read_money(text) == value


@given(st.text(st.sampled_from(" 0123456789.,-△~()원천백십만억조금일정이삼여약₩%명'\n"), max_size=12))
def test_nothing_but_won_or_a_refusal_from_likely_text(text: str) -> None:
    _only_won_or_refusal(text)


@given(st.text(max_size=40))
def test_nothing_but_won_or_a_refusal_from_any_text(text: str) -> None:
    _only_won_or_refusal(text)


def _only_won_or_refusal(text: str) -> None:
    for unit in (None, "천원"):
        with suppress(NotationError):
            value = read_money(text, unit=unit)
            assert value is None or (type(value) is int and abs(value) < 10**16)


@given(st.from_regex(r"[0-9]{1,3}(,?[0-9]{3}){0,4}", fullmatch=True), st.sampled_from(["원", "천원"]))
def test_the_quick_way_reads_amounts_as_the_long_way(text: str, unit: str) -> None:
    """A space before the figure takes the long way."""

    def read(line: str) -> int | str | None:
        try:
            return read_money(line, unit=unit)
        except NotationError as refusal:
            return refusal.reason

    assert read(text) == read(f" {text}")


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
short_days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
WEEKDAYS = "월화수목금토일"


@given(days)
def test_reads_back_printed_days(day: date) -> None:
    for text in (
        periods.korean_date(day),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{periods.korean_date(day)}({WEEKDAYS[day.weekday()]})",
    ):
        assert read_date(text) == day


@given(short_days)
def test_reads_two_digit_years(day: date) -> None:
    assert read_date(f"’{day:%y}. {day.month}. {day.day}.") == day
    assert read_date(f"{day:%y}. {day.month}. {day.day}.") == day


@given(days, st.integers(1, 6))
def test_refuses_every_wrong_weekday(day: date, off: int) -> None:
    wrong = WEEKDAYS[(day.weekday() + off) % 7]
    with pytest.raises(NotationError, match="요일"):
        read_date(f"{periods.korean_date(day)}({wrong})")


@given(days, st.none() | st.integers(0, 800))
def test_reads_back_printed_periods(first: date, length: int | None) -> None:
    last = None if length is None else min(first + timedelta(days=length), date(2100, 12, 31))
    assert read_period(periods.korean_period(first, last)) == Period(first, last, "day")


@given(days, st.integers(0, 800))
def test_reads_back_printed_months(first: date, length: int) -> None:
    first = first.replace(day=1)
    last = min(first + timedelta(days=length), date(2100, 12, 31))
    period = read_period(periods.korean_months(first, last))
    assert (period.start, period.precision) == (first, "month")
    assert period.end is not None
    assert (period.end.year, period.end.month) == (last.year, last.month)
    assert (period.end + timedelta(days=1)).day == 1


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.sets(st.integers(0, 40), min_size=1, max_size=8))
def test_reads_back_lists(first: date, offsets: set[int]) -> None:
    listed = [first + timedelta(days=offset) for offset in sorted(offsets)]
    if listed[-1].year == 2023:
        assert read_days(", ".join(f"{day.month}. {day.day}." for day in listed), year=2023) == listed
    assert read_days(", ".join(map(periods.korean_date, listed))) == listed


@given(st.from_regex(r"(19|20)[0-9]{2}(-[0-9]{2}-[0-9]{2}|\. ?[0-9]{1,2}\. ?[0-9]{1,2}\.?)", fullmatch=True))
def test_the_quick_way_reads_dates_as_the_long_way(text: str) -> None:
    """A space before the date takes the long way."""

    def read(line: str) -> Period | str:
        try:
            return read_period(line)
        except NotationError as refusal:
            return refusal.reason

    assert read(text) == read(f" {text}")


@given(
    st.text(st.sampled_from("0123456789.-~/년월일(금)' ,부터까지:"), max_size=24), st.none() | st.integers()
)
def test_nothing_but_days_or_a_refusal_from_likely_text(text: str, year: int | None) -> None:
    _only_days_or_refusal(text, year)


@given(st.text(max_size=40), st.none() | st.integers())
def test_nothing_but_days_or_a_refusal_from_any_text(text: str, year: int | None) -> None:
    _only_days_or_refusal(text, year)


def _only_days_or_refusal(text: str, year: int | None) -> None:
    for reader in (read_date, read_period, read_days):
        with suppress(NotationError):
            value = reader(text, year=year)
            assert value
            if isinstance(value, Period):
                assert value.end is None or value.start <= value.end
