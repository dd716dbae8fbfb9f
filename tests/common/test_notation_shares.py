"""Numbers, percentages, quarters and ratios."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.notation import NotationError, read_number, read_percent, read_quarter, read_ratio


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("△3", "-3"),
        ("▲3", "-3"),
        ("-3", "-3"),
        ("２３５", "235"),
        ("0", "0"),
        ("△0", "0"),
        ("12.50", "12.5"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


def test_there_is_no_negative_zero() -> None:
    assert str(read_number("△0")) == "0"


def test_unit_words_are_named_by_the_caller() -> None:
    assert read_number("12 개소", units=("개소", "회")) == 12
    with pytest.raises(NotationError, match=r"‘명’.*개소·회"):
        read_number("12명", units=("개소", "회"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("24.394", "오타"),
        ("12개소", "‘개소’"),
        ("-", "부호"),
        ("", "빈 칸"),
        ("(3)", "괄호"),
        ("- 3", "글머리표"),
        ("1,23", "쉼표"),
        ("012", "0으로"),
        ("1e5", "지수"),
        ("열둘", "숫자로"),
        ("1 2", "‘2’"),
    ],
)
def test_numbers_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("75%", "75"),
        ("17.5 ％", "17.5"),
        ("99.1", "99.1"),
        ("253", "253"),
        ("0", "0"),
        ("0.75%", "0.75"),
        ("1%", "1"),
        ("33.333%", "33.333"),
        ("△3%", "-3"),
        ("50퍼센트", "50"),
    ],
)
def test_percentages(text: str, value: str) -> None:
    assert read_percent(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0.75", "75%인지"),
        ("1", "100%인지"),
        ("33.333", "오타"),
        ("3%p", "백분율로"),
        ("%", "백분율로"),
        ("-", "부호"),
        ("", "빈 칸"),
    ],
)
def test_percentages_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        read_percent(text)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("1", 1),
        ("1분기", 1),
        ("1/4", 1),
        ("1/4분기", 1),
        ("4/4", 4),
        ("Ⅰ", 1),
        ("Ⅳ분기", 4),
        ("IV", 4),
        ("III/4", 3),
        ("제3분기", 3),
        ("2사분기", 2),
        ("2/4 분기", 2),
        ("Q2", 2),
        ("4Q", 4),
        ("１분기", 1),
        (" 3 분기 ", 3),
    ],
)
def test_quarters(text: str, quarter: int) -> None:
    assert read_quarter(text) == quarter


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5", "분기로"),
        ("0", "분기로"),
        ("1.0", "분기로"),
        ("1/3", "분기로"),
        ("1~2", "분기로"),
        ("12", "분기로"),
        ("상반기", "분기로"),
        ("2024-01-04", "날짜"),
        ("2024. 1. 4.", "날짜"),
        ("", "빈 칸"),
    ],
)
def test_quarters_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        read_quarter(text)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("75:17.5:7.5", ("75", "17.5", "7.5", "0")),
        ("75 : 17.5 : 7.5", ("75", "17.5", "7.5", "0")),
        ("75：17.5：7.5", ("75", "17.5", "7.5", "0")),
        ("75%:17.5%:7.5%", ("75", "17.5", "7.5", "0")),
        ("50:25:25", ("50", "25", "25", "0")),
        ("0:0:0:100", ("0", "0", "0", "100")),
        ("국비:시비:구비 75:17.5:7.5", ("75", "17.5", "7.5", "0")),
        ("국비:구비 = 50:50", ("50", "0", "50", "0")),
        ("국비 75%, 시비 17.5%, 구비 7.5%", ("75", "17.5", "7.5", "0")),
        ("구비 7.5%, 국비 75%, 시비 17.5%", ("75", "17.5", "7.5", "0")),
        ("국비75:시비17.5:구비7.5", ("75", "17.5", "7.5", "0")),
        ("국비 50% 구비 50%", ("50", "0", "50", "0")),
        ("국 50, 시 25, 구 25", ("50", "25", "25", "0")),
        ("구비 100%", ("0", "0", "100", "0")),
        ("전액 구비", ("0", "0", "100", "0")),
        ("전액구비", ("0", "0", "100", "0")),
        ("구비 전액", ("0", "0", "100", "0")),
        ("전액 국비", ("100", "0", "0", "0")),
    ],
)
def test_ratios(text: str, shares: tuple[str, ...]) -> None:
    assert read_ratio(text) == tuple(map(Decimal, shares))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("70:20:20", "110"),
        ("1:1:2", "100이 아니라 4"),
        ("75:17.5:7.4", "99.9"),
        ("50:50", "2개"),
        ("100", "1개"),
        ("20:20:20:20:20", "5개"),
        ("국비 75%, 국비 25%", "두 번"),
        ("국비 75%, 국고 25%", "두 번"),
        ("도비 30%, 구비 70%", "읽을 수 없습니다"),
        ("국비:시비 75:20:5", "수가 다릅니다"),
        ("국비 75%, 나머지 구비", "읽을 수 없습니다"),
        ("75:-5:30", "읽을 수 없습니다"),
        ("전액", "읽을 수 없습니다"),
        ("", "빈 칸"),
    ],
)
def test_ratios_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError, match=reason):
        read_ratio(text)


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3).map(sorted))
def test_ratios_read_back(cuts: list[int]) -> None:
    a, b, c = (Decimal(cut) / 10 for cut in cuts)
    shares = (a, b - a, c - b, 100 - c)
    assert read_ratio(":".join(f"{share:f}" for share in shares)) == shares
    labelled = ", ".join(
        f"{name} {share:f}%" for name, share in zip(("국비", "시비", "구비", "기타"), shares, strict=True)
    )
    assert read_ratio(labelled) == shares


@given(
    st.text(st.sampled_from("0123456789.,:%국시구비전액기타분기/ⅠIQ-△ "), max_size=20) | st.text(max_size=30)
)
def test_nothing_but_a_value_or_a_refusal(text: str) -> None:
    for reader in (read_number, read_percent, read_quarter, read_ratio):
        with suppress(NotationError):
            assert reader(text) is not None
