from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import (
    MILLION,
    UNITS,
    WON,
    cell,
    grouped,
    half_up,
    in_words,
    percent,
    printed_unit,
    round_to_step,
    signed,
    unit,
)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(233, 235) * 100, 1, "99.1"),
        (Fraction(43, 48) * 100, 1, "89.6"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("-0.04"), 1, "0.0"),
        (Decimal("82.45"), 1, "82.5"),
        (Fraction(1, 3), 3, "0.333"),
        (7, 1, "7.0"),
        (10**40 + 1, 1, f"{10**40 + 1}.0"),
    ],
)
def test_half_up(value, places, printed):
    assert str(half_up(value, places)) == printed


def test_half_up_refuses_floats_and_negative_places():
    with pytest.raises(TypeError):
        half_up(0.5, 0)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        half_up(Decimal(5), -1)


@given(st.fractions(), st.integers(0, 6))
def test_half_up_is_never_further_than_half_a_step(value, places):
    step = Fraction(1, 10**places)
    off = Fraction(half_up(value, places)) - value
    assert abs(off) <= step / 2
    assert half_up(-value, places) == half_up(value, places).copy_negate()


@pytest.mark.parametrize(("won", "steps"), [(1_499, 1), (1_500, 2), (-1_499, -1), (-1_500, -2), (0, 0)])
def test_round_to_step(won, steps):
    assert round_to_step(won, 1_000) == steps


@pytest.mark.parametrize("name", ["백만원", "백만 원", " 백만원 "])
def test_units_are_found_with_and_without_spaces(name):
    assert unit(name) == MILLION
    assert MILLION.label == "백만 원"


def test_step_of_a_unit_with_decimals():
    eok = unit("억원", 1)
    assert eok.step == 10_000_000
    assert eok.of(123_000_000) == Decimal("1.2")
    assert str(eok.number(30)) == "3.0"
    assert MILLION.of(9_487_000) == 9


@pytest.mark.parametrize(("name", "decimals"), [("만원", 0), ("원", 1), ("천원", 4), ("천원", -1)])
def test_unknown_units_and_decimals_finer_than_a_won_are_refused(name, decimals):
    with pytest.raises(ValueError):
        unit(name, decimals)


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_is_whole_won(name):
    assert unit(name).of(unit(name).won * 7) == 7
    assert WON.of(7) == 7


@pytest.mark.parametrize(
    ("won", "words"),
    [
        (23_000_000, "일금 이천삼백만원"),
        (113_560, "일금 일십일만삼천오백육십원"),
        (9_487_000, "일금 구백사십팔만칠천원"),
        (12_000_000, "일금 일천이백만원"),
        (10_000, "일금 일만원"),
        (100_000_001, "일금 일억일원"),
        (1_000_000_020_300, "일금 일조이만삼백원"),
        (0, "일금 영원"),
        (-53_495_000, "△일금 오천삼백사십구만오천원"),
    ],
)
def test_in_words(won, words):
    assert in_words(won) == words


def test_in_words_has_an_end():
    assert in_words(10**20 - 1).startswith("일금 구천구백구십구경")
    with pytest.raises(ValueError):
        in_words(10**20)


def test_printing():
    assert grouped(-1234) == "-1,234"
    assert grouped(Decimal("1234.50")) == "1,234.50"
    assert grouped(Decimal("1E+3")) == "1,000"
    assert signed(-1200) == "△1,200"
    assert signed(1200) == "1,200"
    assert [cell(value) for value in (None, 0, Decimal("0.0"), -5, 1120)] == ["-", "-", "-", "△5", "1,120"]


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (Fraction(1600, 40), "40.0"),
        (None, "–"),
        (Decimal("1102.55"), "1102.6"),
        (Decimal(-2), "△2.0"),
        (0, "0.0"),
    ],
)
def test_percent(rate, printed):
    assert percent(rate) == printed


@pytest.mark.parametrize(
    ("name", "decimals", "step"),
    [("원", 2, 1), ("천원", 4, 1), ("백만원", 1, 100_000), ("억원", 2, 1_000_000)],
)
def test_a_unit_prints_no_more_decimals_than_it_has(name: str, decimals: int, step: int) -> None:
    assert printed_unit(name, decimals).step == step
