"""Amounts and periods inside the sentences of a card's log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.notation import money_in_text, periods_in_text


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("- 2022년 3분기 민간위탁금 교부(50,028천 원)", [50_028_000]),
        ("- 4. 27.~4. 28. 구청 광장 36개업체 매출 84백만 원", [84_000_000]),
        ("사업개발비 지원금 2차 교부 (9개 기업/ 44,600천 원)", [44_600_000]),
        ("꿈시장 운영 및 관리 용역(계약금: 52,688천 원)", [52_688_000]),
        ("▶ 예산: 구비 8천만 원(구비)", [80_000_000]),
        ("※ 2년차 3천만 원, 3년차 2천만 원 지원/ 2024년부터 종료", [30_000_000, 20_000_000]),
        ("총 1억 2천만원, 구비 5천만원으로 편성", [120_000_000, 50_000_000]),
        ("전년 대비 △3,000천원", [-3_000_000]),
        ("기업당 3백만원씩 지원", [3_000_000]),
        ("1억\t2천만원", [20_000_000]),
        ("- 50,028천 원\n- 20,000천 원", [50_028_000, 20_000_000]),
        ("약 3억원", []),
        ("3억여원", []),
        ("3~5백만원", []),
        ("3백만원~5백만원", []),
        ("3백만원 - 5백만원", []),
        ("5백만원 이상 지원", []),
        ("3억원대 매출", []),
        ("최대 3천만원", []),
        ("24.394천원", []),
        ("1,23,456원", []),
        ("관람객 3만 명, 36개 업체", []),
        ("5 원칙, 3원장", []),
        ("☎879-6671, 조원로 151-1", []),
        ("", []),
    ],
)
def test_money(text: str, amounts: list[int]) -> None:
    found = money_in_text(text)
    assert [amount.value_won for amount in found] == amounts
    assert all(text[amount.start : amount.end] == amount.text for amount in found)


def test_places_hold_in_full_width_text() -> None:
    (amount,) = money_in_text("교부（５０，０２８천　원）")
    assert (amount.value_won, amount.start, amount.end, amount.text) == (
        50_028_000,
        3,
        12,
        "５０，０２８천　원",
    )


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("- 2022. 11. 15.~11. 16.: 구청 광장에서 꿈시장 운영 * 22개 업체 참가", ["2022-11-15/2022-11-16"]),
        ("- 4. 27.~4. 28. 구청 광장 36개업체", ["2023-04-27/2023-04-28"]),
        ("- 5.22.~7.20. 센터 이전 공사 (317백만 원)", ["2023-05-22/2023-07-20"]),
        ("11월 15일부터 16일까지 관악구청 광장에서", ["2023-11-15/2023-11-16"]),
        ("민간위탁 기간(2023. 1. 1.~2024. 12. 31.) 만료에", ["2023-01-01/2024-12-31"]),
        ("민선8기(2022. 7.~2026. 6.) 목표", ["2022-07-01/2026-06-30"]),
        ("사업기간 2018.~2026.", ["2018-01-01/2026-12-31"]),
        ("(2024. 3. 기준, 단위: 개소)", ["2024-03-01/2024-03-31"]),
        ("2024. 3. 19개소, 2024. 3. 3일간", ["2024-03-01/2024-03-31", "2024-03-01/2024-03-31"]),
        ("2024년 1월 24일과 2024-02-01", ["2024-01-24", "2024-02-01"]),
        ("협약 2024. 1. 1.~ (예시)", ["2024-01-01/.."]),
        ("협약 2024. 1. 1.~별도 통보일", []),
        ("2022년 3분기, 2024년부터, 연 10회", []),
        ("2023. 2. 30. 운영", []),
        ("25~26일 열려", []),
        ("2022. 9. 1.~8. 1.", []),
        ("☎879-6671, 조원로 151-1, 75:17.5:7.5", []),
    ],
)
def test_periods(text: str, periods: list[str]) -> None:
    found = periods_in_text(text, year=2023)
    assert [part.period.iso() for part in found] == periods
    assert all(text[part.start : part.end] == part.text for part in found)


def test_days_without_a_year_are_passed_over() -> None:
    assert periods_in_text("- 4. 27.~4. 28. 구청 광장 36개업체") == []


@given(
    st.text(st.sampled_from("0123456789.,~- \n천백만억원년월일'약부터까지(금)"), max_size=60)
    | st.text(max_size=60)
)
def test_any_text(text: str) -> None:
    for amount in money_in_text(text):
        assert text[amount.start : amount.end] == amount.text
    for part in periods_in_text(text, year=2023):
        assert text[part.start : part.end] == part.text
