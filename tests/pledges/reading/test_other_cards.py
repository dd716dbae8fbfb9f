"""Cards of other offices, all made up (예시): other sources, units, years, layouts, words, and slips."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pledges.models import DocumentNote, Pledge, Term

from .helpers import card_json, imported, messages, read, text_of

LATER = date(2025, 6, 30)


def _card(name: str, number: str, day: date = LATER) -> tuple[dict[str, Any], str]:
    outcome = imported(text_of(name))
    assert not outcome.failed, messages(outcome.read.faults.errors)
    return card_json(number, day), messages(outcome.read.faults.warnings)


@pytest.mark.django_db
def test_hundred_millions_with_decimals_and_provincial_money() -> None:
    card, warnings = _card("library.txt", "가-1")
    assert card["total_cost"] == {
        "unit": "억 원", "total": 152.5, "national": 40.25, "city": 32, "district": 70.25, "other": 10,
    }  # fmt: skip
    assert card["execution"]["district"]["by_year"]["2024"] == 10.25
    # Beside 도비 a 시비 is the municipality's own.
    for words in ("‘도비’을(를) 시비로", "‘시비’을(를) 구비로", "‘민자’을(를) 기타로"):
        assert words in warnings


@pytest.mark.django_db
def test_rates_with_two_decimals_and_no_weights() -> None:
    card, _ = _card("library.txt", "가-1")
    assert [row["rate"] for row in card["indicators"]] == ["58.33", "96.00"]
    assert [row["weight"] for row in card["indicators"]] == [None, None]
    assert card["overall_rate"] is None
    assert card["indicators"][1]["annual_targets"]["2024"] == 85.5
    assert "findings" not in card
    assert Term.objects.get().decimals == 2


@pytest.mark.django_db
def test_sections_in_other_words_keep_their_text() -> None:
    card, _ = _card("library.txt", "가-1")
    titles = [section["title"] for section in card["sections"]]
    assert titles == ["정책목표", "향후계획", "기대효과", "추진배경", "현황"]
    assert Pledge.objects.get().section_numbers == {
        "추진배경": 1, "present": 2, "indicators": 4, "results": 5, "future": 6, "effect": 7,
    }  # fmt: skip


@pytest.mark.django_db
def test_tables_that_miss_by_one_are_reported_and_left() -> None:
    card, warnings = _card("rural.txt", "Ⅲ-①-1")
    found = {row["where"]: (row["printed"], row["computed"]) for row in card["findings"]}
    assert found["총사업비 계"] == ("1,250,000", "1,250,001")
    assert found["예산 집행액 총계 2024"] == ("250,001", "250,000")
    assert found["2024년 분기별 목표 1 계"] == ("60", "61")
    assert found["추진실적 총괄 3 사업 이행률(%)"] == ("97.7", "97.6")
    assert "차이 1" in warnings
    assert card["execution"]["district"]["by_year"] == {
        "2022": 35000, "2023": 90000, "2024": 95000, "2025": 0, "2026": 0,
    }  # fmt: skip
    assert DocumentNote.objects.filter(kind="differs").count() == len(card["findings"])


@pytest.mark.django_db
def test_weights_that_are_not_a_hundred_make_no_total() -> None:
    card, warnings = _card("rural.txt", "Ⅲ-①-1")
    assert card["overall_rate"] is None
    assert "100이 아니라 90" in warnings
    assert {"where": "총 이행률(%)", "printed": "64.7", "computed": "–"} in card["findings"]


@pytest.mark.django_db
def test_a_status_in_other_words_is_kept() -> None:
    card, _ = _card("rural.txt", "Ⅲ-①-1")
    assert card["pledge"]["status"] == "계속추진"
    assert Pledge.objects.get().status == "continuing"


@pytest.mark.django_db
def test_dates_take_their_year_from_the_row_before() -> None:
    _card("rural.txt", "Ⅲ-①-1")
    rows = Pledge.objects.get().activities.order_by("no")
    assert [row.starts_on for row in rows] == [
        date(2022, 9, 5), date(2023, 4, 3), date(2023, 5, 8), date(2024, 7, 1),
    ]  # fmt: skip
    assert rows[3].ends_on == date(2024, 9, 30)


@pytest.mark.django_db
def test_gaps_instead_of_tabs_and_rates_over_a_hundred() -> None:
    card, _ = _card("spaces.txt", "2-4")
    assert card["total_cost"]["district"] == 734567890
    assert card["indicators"][0] | {"annual_targets": 0} == {
        "no": 1, "plan": "CCTV 설치", "name": "설치 대수", "unit": "대", "weight": 100, "term_target": 200,
        "annual_targets": 0, "quarter_targets": {}, "actual": 271, "rate": "135.5",
    }  # fmt: skip
    assert (card["overall_rate"], card["overall_rate_uncapped"]) == ("100.0", "135.5")
    assert {"where": "총 이행률(%)", "printed": "135.5", "computed": "100.0"} in card["findings"]
    assert (card["pledge"]["status"], card["pledge"]["nature"]) == ("완료", "신규")


@pytest.mark.django_db
def test_tables_of_bars_and_a_cost_in_words() -> None:
    card, _ = _card("pipes.md", "5-2")
    assert card["total_cost"] == {
        "unit": "억 원", "total": 20, "national": 5, "city": 5, "district": 10, "other": 0,
    }  # fmt: skip
    first = card["indicators"][0]
    assert (first["term_target"], first["annual_targets"]) == (
        1250.5,
        {"2023": None, "2024": 500, "2025": 500.25, "2026": 250.25},
    )
    assert card["pledge"]["status"] == "보류"
    note = DocumentNote.objects.get(kind="unplaced")
    assert (note.line, note.text) == (27, "담당자 메모: 내부 검토용")


@pytest.mark.django_db
def test_broken_rows_an_older_term_and_a_table_turned_round() -> None:
    card, warnings = _card("turned.txt", "7-2", date(2022, 6, 30))
    rows = [(row["no"], row["plan"], row["name"], row["actual"]) for row in card["indicators"]]
    assert rows == [
        (1, "시장 환경 개선", "개선 점포", 50),
        (2, "시장 환경 개선", "개선 행사", 18),
        (3, "상인 교육", "교육 인원", 220),
    ]
    assert card["pledge"]["term_from"] == "2018-07-01"
    assert card["execution"]["national"]["by_year"]["2019"] == 70
    assert card["engagement"][0]["detail"] == "상인회 설명회 - 60명 참석 - 주차장 의견 수렴"
    assert "둘 이상 표시" in warnings
    assert card["pledge"]["status"] == "완료·정상추진"


@pytest.mark.django_db
def test_a_slip_is_questioned_and_nothing_is_saved() -> None:
    outcome = imported(text_of("slip.txt"))
    errors = messages(outcome.read.faults.errors)
    assert "5번째 줄" in errors
    assert "총사업비 시비" in errors
    assert "24.394" in errors
    assert outcome.pledge is None
    assert not Pledge.objects.exists()
    assert not Term.objects.exists()


SEED = text_of("seed-1-3.txt")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("561	561	196	358", "561	561	196	358.123", "예산 집행액 국 비 2023"),
        ("40	4	12	10	10	4", "40	4	12	10.125	10	4", "임기 목표 3 2024"),
        ("2022. 9. 27.	마을", "2022. 9. 31.	마을", "2022. 9. 31."),
        ("151-1	245	신사동", "151-1	24.394	신사동", "면적"),
        ("235	233	99.1", "235	23.3.1	99.1", "누적 실적"),
    ],
)
def test_a_slip_names_line_and_cell(before: str, after: str, words: str) -> None:
    assert before in SEED
    line = SEED[: SEED.index(before)].count("\n") + 1
    errors = read(SEED.replace(before, after, 1)).faults.errors
    assert [fault.line for fault in errors] == [line]
    assert words in errors[0].message


@pytest.mark.parametrize(
    ("before", "after", "where", "printed", "computed"),
    [
        ("233	26	19", "234	26	19", "기업 현황 총계", "234", "233"),
        ("	3,707	", "	3,708	", "총사업비 계", "3,708", "3,707"),
        ("	82.5	", "	82.6	", "총 이행률(%)", "82.6", "82.5"),
        ("48	43	89.6", "48	43	89.5", "추진실적 총괄 2 사업 이행률(%)", "89.5", "89.6"),
        ("시 비	170	", "시 비	171	", "예산 집행액 시비 계", "171", "170"),
        ("기업: 233개", "기업: 230개", "관내 기업 수", "230", "233"),
        ("2개소 9개 기업", "2개소 8개 기업", "입주 공간 입주기업", "8", "9"),
    ],
)
def test_a_printed_figure_that_differs_is_a_finding(
    before: str, after: str, where: str, printed: str, computed: str
) -> None:
    assert before in SEED
    found = read(SEED.replace(before, after, 1))
    assert [(f.where, f.printed, f.computed) for f in found.faults.findings] == [(where, printed, computed)]
    assert any(where in str(w) and printed in str(w) and computed in str(w) for w in found.faults.warnings)


def test_year_targets_that_fit_neither_sum_nor_level_are_told() -> None:
    found = read(SEED.replace("40	4	12	10	10	4", "41	4	12	10	10	4", 1))
    assert ("임기 목표 3 목표", "41", "40") in [
        (f.where, f.printed, f.computed) for f in found.faults.findings
    ]


ANCHORS = ["234\t235", "233\t233\n2", "\t82.5\t", "6\t40.0\t", "-\t-\t-\t-\t-\t-\t-\t-", "53,495천 원)"]


@pytest.mark.parametrize(
    "stray", ["※ 내부 검토용 문장", "이 줄은 카드의 글이 아니다", "비고: 다음 분기에 고침"]
)
@pytest.mark.parametrize("after", ANCHORS)
def test_a_stray_line_is_unplaced_wherever_it_stands(stray: str, after: str) -> None:
    at = SEED.rindex(after)
    end = SEED.index("\n\n", at)
    text = f"{SEED[:end]}\n\n{stray}{SEED[end:]}"
    assert [found.text for found in read(text).unplaced] == [stray]


def test_a_missing_section_leaves_the_rest() -> None:
    start, end = SEED.index("2024년 분기별 목표"), SEED.index("6 추진실적")
    found = read(SEED[:start] + SEED[end:])
    assert not found.faults.errors
    assert not found.unplaced
    assert [row.quarters for row in found.card.indicators] == [{}, {}, {}]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain, other = read(SEED), read("\ufeff" + SEED.replace("\n", "\r\n"))
    assert plain.card == other.card


@pytest.mark.parametrize(
    ("boxes"),
    [("☐", "☑"), ("□", "■"), ("[ ]", "[v]"), ("[ ]", "[√]"), ("□", "✔")],
)
def test_every_kind_of_checkbox(boxes: tuple[str, str]) -> None:
    text = SEED.replace('<input type="checkbox"/>', boxes[0]).replace(
        '<input checked="" type="checkbox"/>', boxes[1]
    )
    assert read(text).card.header == read(SEED).card.header


@pytest.mark.django_db
def test_a_card_of_lines_instead_of_a_head_table_and_of_two_units() -> None:
    card, warnings = _card("mixed.txt", "4-2", date(2024, 6, 30))
    assert card["pledge"]["title"] == "어르신 일자리 (예시)"
    assert card["pledge"]["status"] == "사업 다각화 중"
    assert card["total_cost"] == {
        "unit": "억 원", "total": 12.25, "national": 5.25, "city": 3, "district": 4, "other": 0,
    }  # fmt: skip
    assert (card["execution"]["unit"], card["execution"]["total"]["total"]) == ("원", 512345678)
    assert [row["rate"] for row in card["indicators"]] == ["50.0", "97.8"]
    assert card["overall_rate"] == "64.3"
    assert "민선8기로 보았습니다" in warnings
    assert [section["title"] for section in card["sections"]] == ["사업개요", "추진일정"]
    assert [note.text for note in DocumentNote.objects.all()] == ["집행률(%) 41.8 - - - -"]


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ("(2024. 3. 기준, 단위: 개소)", "(2023년 4분기 기준, 단위: 개소)", date(2023, 12, 31)),
        ("(2024. 3. 기준, 단위: 개소)", "(’24. 2. 15. 현재, 단위: 개소)", date(2024, 2, 15)),
        ("(2024. 3. 기준, 단위: 개소)", "(2023년 말 기준, 단위: 개소)", date(2023, 12, 31)),
        # Without it, the end of the quarter of the last dated log line; a range is dated by its first day.
        ("(2024. 3. 기준, 단위: 개소)", "(단위: 개소)", date(2024, 3, 31)),
        ("2024. 3. 29.	사회", "2024. 4.~12.	사회", date(2024, 3, 31)),
    ],
)
def test_the_day_of_the_figures(before: str, after: str, day: date) -> None:
    assert before in SEED
    assert read(SEED.replace(before, after, 1)).card.as_of == day
    assert read(SEED.replace(before, after, 1), as_of=date(2024, 5, 31)).card.as_of == date(2024, 5, 31)


def test_a_log_that_goes_on_is_dated_by_first_days() -> None:
    text = SEED.replace("(2024. 3. 기준, 단위: 개소)", "(단위: 개소)").replace(
        "2024. 3. 29.	사회", "2024. 4.~12.	사회"
    )
    assert read(text).card.as_of == date(2024, 6, 30)


def test_an_earlier_term_that_the_text_mentions_is_not_the_cards() -> None:
    text = SEED.replace("◆ 사회적경제의", "◆ 민선7기(2018. 7.~2022. 6.)에 이은 사회적경제의", 1)
    term = read(text).card.term
    assert term is not None
    assert term.name == "민선8기"


def test_a_row_that_only_sums_the_weights_is_no_total() -> None:
    row = "총 이행률(%)						82.5	"
    found = read(SEED.replace(row, f"{row}\n합계	100						", 1))
    assert (found.card.overall_text, found.faults.findings) == ("82.5", [])


@pytest.mark.django_db
def test_a_plan_of_other_columns_keeps_what_has_no_place() -> None:
    card, _ = _card("housing.txt", "2-3", date(2024, 9, 30))
    assert card["total_cost"]["national"] == 6000
    assert card["execution"]["city"]["by_year"] == {
        "2022": 60,
        "2023": 450,
        "2024": 440,
        "2025": 0,
        "2026": 0,
    }
    assert card["execution"]["total"]["total"] == 3800
    assert [row["rate"] for row in card["indicators"]] == ["63.68", "60.50"]
    assert [officer["name"] for officer in card["officers"]] == ["최예시", "박예시"]
    left = [note.text for note in DocumentNote.objects.filter(kind="unplaced")]
    assert "계획: 6,000" in left
    assert "집행률 31.7%" in left
    assert "findings" not in card


@pytest.mark.django_db
def test_years_behind_the_term_two_quarter_tables_and_a_row_without_weight() -> None:
    card, warnings = _card("forest.txt", "6-1", date(2024, 6, 30))
    first, _, third = card["indicators"]
    assert first["quarter_targets"] == {"2023": [None, None, 1, 1], "2024": [None, 1, 1, 1]}
    assert (third["weight"], third["term_target"], third["actual"], third["rate"]) == (
        None,
        12500.5,
        5000.25,
        "40.00",
    )
    assert card["overall_rate"] == "38.00"
    assert card["pledge"]["central_help"] == {"needed": True, "kinds": ["제도", "재정"]}
    assert (card["pledge"]["host"], card["pledge"]["status"]) == ("서울시·자치구", "추진 지연")
    assert {"where": "예산 집행액 구비 계", "printed": "600,000", "computed": "600,001"} in card["findings"]
    assert "임기 후로 넣었습니다" in warnings
    assert "쉼표가 세 자리씩이 아닙니다" in warnings


@pytest.mark.django_db
def test_money_behind_the_term_is_counted_once() -> None:
    text = text_of("forest.txt").replace(
        "60,000	240,000	300,001	-	-	-	-	-",
        "60,000	240,000	300,000	-	-	7	3	4",
    )
    text = text.replace("구 비	600,000	600,000", "구 비	600,007	600,000").replace(
        "총 계	2,000,000	2", "총 계	2,000,007	2"
    )
    text = text.replace("1,000,000	-	-	-	-	-", "1,000,000	-	-	7	3	4")
    outcome = imported(text)
    assert outcome.read.faults.findings == []
    assert card_json("6-1", date(2024, 6, 30))["execution"]["district"] == {
        "total": 600007, "in_term": 600000, "after_term": 7,
        "by_year": {"2022": 60000, "2023": 240000, "2024": 300000, "2025": 0, "2026": 0},
    }  # fmt: skip


def test_two_cards_in_one_text_are_refused() -> None:
    errors = read(SEED + "\n" + text_of("library.txt")).faults.errors
    assert [str(error) for error in errors if "둘 이상 들어" in error.message]
    assert not read(SEED).faults.errors


def test_a_table_of_projects_is_not_the_head_table() -> None:
    table = "사업명	사업기간	사업비(백만 원)	담당부서\n가로수 정비	2023. 1.~6.	120	공원과\n"
    found = read(SEED.replace("7 향후계획\n", f"{table}\n7 향후계획\n", 1))
    assert found.card.header == read(SEED).card.header
    assert found.card.cost == read(SEED).card.cost
    assert [left.text for left in found.unplaced] == [
        "사업명 사업기간 사업비(백만 원) 담당부서",
        "가로수 정비 2023. 1.~6. 120 공원과",
    ]


def test_labels_over_their_values_at_the_top() -> None:
    text = (
        "2-2 도서 배달 (예시)\n\n사업성격	사업기간	사업주체	추진상황	담당부서\n"
        "☑ 신규 ☐ 계속	2022.~2026.	자치구	☑ 정상추진	도서관과\n\n민선8기 목표\n"
    )
    found = read(text)
    header = found.card.header
    assert (header.nature, header.period, header.host, header.status, header.department) == (
        "신규", "2022.~2026.", "자치구", "on_track", "도서관과",
    )  # fmt: skip
    assert found.unplaced == []


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("가-1 도서관 (예시)", "가-1", "도서관 (예시)"),
        ("가-①	도서관 (예시)", "가-①", "도서관 (예시)"),
        ("Ⅲ-①-1 도서관 (예시)", "Ⅲ-①-1", "도서관 (예시)"),
        ("III-①-1. 도서관 (예시)", "III-①-1", "도서관 (예시)"),
        ("[2-10] 도서관 (예시)", "2-10", "도서관 (예시)"),
        ("공약번호: A-3\n공약명: 도서관 (예시)", "A-3", "도서관 (예시)"),
        ("공약 12. 도서관 (예시)", "12", "도서관 (예시)"),
        ("12. 도서관 (예시)", "12", "도서관 (예시)"),
        ("문화-3 도서관 (예시)", "문화-3", "도서관 (예시)"),
        ("제3호 도서관 (예시)", "3", "도서관 (예시)"),
        ("A1 도서관 (예시)", "A1", "도서관 (예시)"),
        ("No.12 도서관 (예시)", "12", "도서관 (예시)"),
        ("1–3 도서관 (예시)", "1-3", "도서관 (예시)"),
        ("민선8기 공약 1-3 도서관 (예시)", "1-3", "도서관 (예시)"),
        ("공약번호 1-3 / 공약명 도서관 (예시)", "1-3", "도서관 (예시)"),
        ("2.3 도서관 (예시)", "2.3", "도서관 (예시)"),
        ("민선8기 공약카드\n\n■ 공약사업 1 - 3  도서관 (예시)", "1-3", "도서관 (예시)"),
        ("24. 3. 31. 기준\n1-3 도서관 (예시)", "1-3", "도서관 (예시)"),
        ("1. 사업개요\n- 개요\n공약명: 1-3 도서관 (예시)", "1-3", "도서관 (예시)"),
    ],
)
def test_numbers_and_titles(line: str, number: str, title: str) -> None:
    card = read(f"{line}\n\n민선8기 목표\n").card
    assert (card.number, card.title) == (number, title)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["가-①", "Ⅲ-①-1", "12", "2.3"])
def test_any_number_makes_its_goal(number: str) -> None:
    outcome = imported(SEED.replace("1-3 사회적경제 활성화", f"공약 {number} 사회적경제 활성화", 1))
    assert not outcome.failed, messages(outcome.read.faults.errors)
    assert outcome.pledge is not None
    assert outcome.pledge.number == number
