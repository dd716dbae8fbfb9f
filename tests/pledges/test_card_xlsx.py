"""The card as a workbook: what it says, how it prints, and that its formulas give what it prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from documents.page import Page
from documents.xlsx_book import Book
from documents.xlsx_page import add_page
from pledges.card import build_card
from pledges.card.files import WRITERS, card_xlsx
from pledges.card.model import (
    Adjusted,
    Card,
    ClosingMark,
    LogRow,
    OfficerPart,
    RegisterColumn,
    RegisterPart,
    SectionPart,
    SupportProgram,
    SupportRow,
)
from pledges.card.paper import card_page
from pledges.card.paper_results import achievement_table
from pledges.models import Pledge
from tests.documents.office import assert_computed_alike, needs_office
from tests.pledges import cards

# Without the mark pytest-django sets up no test database for the fixture below.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTRACT: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "card-1-3.json").read_text(encoding="utf-8")
)
DAYS = [date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2026, 6, 30)]


@pytest.fixture(scope="module")
def seed_cards(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[date, Card]]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seed", stdout=StringIO())
        pledge = Pledge.objects.get(number="1-3", term__name="민선8기")
        yield {day: build_card(pledge, day) for day in DAYS}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seed_card(seed_cards: dict[date, Card]) -> Card:
    return seed_cards[date(2024, 3, 31)]


@pytest.fixture(scope="module")
def seed_rows(seed_card: Card) -> list[list[Any]]:
    """``lines`` of the seed card: reading a sheet takes a second."""
    return lines(seed_card)


def sheet(card: Card) -> Any:
    return load_workbook(BytesIO(card_xlsx(card)), data_only=True).worksheets[0]


def lines(card: Card) -> list[list[Any]]:
    """The rows that say anything, without their empty cells."""
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet(card).iter_rows()]
    return [row for row in rows if row]


def after(rows: list[list[Any]], *first: Any) -> list[list[Any]]:
    """The rows below the one that begins like ``first``."""
    return rows[next(at for at, row in enumerate(rows) if row[: len(first)] == list(first)) + 1 :]


def test_the_head_with_every_box_of_the_form(seed_rows: list[list[Any]]) -> None:
    rows = seed_rows
    assert rows[0] == ["1-3 사회적경제 활성화"]
    assert rows[1] == ["(2024. 3. 31. 기준, 작성중)"]
    assert rows[2] == [
        "사업성격",
        "☐ 신규 ☑ 계속",
        "완료시기",
        "☑ 임기 내 ☐ 임기 후",
        "사업기간",
        "2018.~2026.",
    ]
    assert rows[3][1] == "☐ 해당없음 ☑ 도움필요 (☐ 제도 ☑ 재정 ☐ 권한)"
    assert rows[4][-1] == "☐ 완료 ☑ 이행 후 지속추진\n☐ 정상추진 ☐ 일부추진"
    assert rows[5] == [3707, 1894, 517, 1296, 0]
    assert rows[6][1] == (
        "일자리벤처과장: 남구현(☎879-6671) 사회적경제지원팀장: 박민정(☎5751) 담당: 이정은(☎5753), 김태현(☎5754)"
    )


@pytest.mark.parametrize(
    ("status", "ticked"), [("보류", "☑ 보류"), ("폐기", "☑ 폐기"), ("추진 중", "☑ 추진 중")]
)
def test_rare_states_stand_there_only_where_they_are_ticked(status: str, ticked: str) -> None:
    words = lines(cards.card(header={"status": status}))[4][-1]
    assert words == f"☐ 완료 ☐ 이행 후 지속추진\n☐ 정상추진 ☐ 일부추진\n{ticked}"


def test_section_one(seed_rows: list[list[Any]]) -> None:
    rows = seed_rows
    found = after(rows, "○ 관내 사회적경제기업: 233개")
    assert found[:4] == [
        ["(2024. 3. 기준, 단위: 개소)"],
        ["총계", "사회적기업", "마을기업", "협동조합", "자활기업"],
        ["계", "인증", "예비"],
        [233, 26, 19, 7, 5, 198, 4],
    ]
    found = after(rows, "○ 사회적경제기업 지원현황")
    assert found[0] == ["(단위: 개소/ 명/ 천 원)"]
    assert found[1] == ["구 분", "합 계", "일자리창출사업", "전문인력지원", "사업개발비"]
    assert found[2] == ["국비:시비:구비", "(기업수는 중복)", "75:17.5:7.5", "75:17.5:7.5", "전액 구비"]
    assert found[3] == ["기업수", "인원", "지원액"] * 3 + ["기업수", "지원액"]
    assert found[4] == ["2024년도", 6, 7, 9487, 2, 3, 3709, 4, 4, 5778]
    assert found[5] == ["지원예정 미정", 80000]
    assert after(rows, "위원회명")[0] == [
        "사회적경제위원회",
        12,
        "2년 (1회 연임)",
        "사회적경제 활성화 지원에 관한 사항",
        "필요시",
    ]
    assert after(rows, "시설명")[1] == [
        "사회적경제코워킹스페이스",
        "난곡로 78",
        426,
        "난향동",
        7,
        "2015. 2. 13.",
    ]


def test_targets_results_and_rates_are_the_contracts(seed_rows: list[list[Any]]) -> None:
    rows = seed_rows
    targets = after(rows, "민선8기(2022. 7.~2026. 6.) 목표")
    quarters = after(after(rows, "2024년 분기별 목표"), "계", "1/4", "2/4", "3/4", "4/4")
    results = after(after(rows, "추진실적 총괄"), "구 분")
    for at, row in enumerate(CONTRACT["indicators"]):
        name = [row["no"], row["plan"], row["name"], row["unit"]]
        assert targets[at + 1] == [*name, row["term_target"], *row["annual_targets"].values()]
        words = ["-" if value is None else value for value in row["quarter_targets"]["2024"]]
        assert quarters[at] == [*name, row["annual_targets"]["2024"], *words]
        assert results[at][:2] == [row["no"], row["weight"]]
        assert results[at][4:] == [row["term_target"], row["actual"], float(row["rate"])] or (
            results[at][2:]
            == [row["name"], row["unit"], row["term_target"], row["actual"], float(row["rate"])]
        )
    assert results[3] == ["총 이행률(%)", 82.5]


def test_execution_and_log_are_the_contracts(seed_rows: list[list[Any]]) -> None:
    rows = seed_rows
    names = {"총 계": "total", "국 비": "national", "시 비": "city", "구 비": "district", "기 타": "other"}
    found = after(rows, "□ 예산 집행액")
    assert found[0] == ["(단위: 백만 원)"]
    assert found[1] == ["구 분", "계", "임기 내", "임기 후"]
    assert found[2] == ["소계", "2022", "2023", "2024", "2025", "2026"]
    for row in found[3:8]:
        wanted = CONTRACT["execution"][names[row[0]]]
        assert row[1:] == [
            wanted["total"],
            wanted["in_term"],
            *wanted["by_year"].values(),
            wanted["after_term"],
        ]
    log = after(after(rows, "□ 일정별 추진실적"), "연번")
    assert log[:27] == [[r["no"], r["date"], r["title"], r["detail"]] for r in CONTRACT["schedule"]]
    talks = after(after(rows, "주민 참여(소통) 실적"), "연번")
    assert talks[:8] == [[r["no"], r["date"], r["kind"], r["detail"]] for r in CONTRACT["engagement"]]


def test_every_section_in_order_with_its_number(seed_rows: list[list[Any]]) -> None:
    words = [row[0] for row in seed_rows if len(row) == 1]
    heads = [
        "1 현황 및 정책목표",
        "현 황",
        "정책목표",
        "2 추진계획 [정책개요]",
        "5 공약달성 확인지표",
        "6 추진실적",
        "추진실적 총괄",
        "□ 예산 집행액",
        "□ 일정별 추진실적",
        "주민 참여(소통) 실적",
        "7 향후계획",
        "8 협력사항",
        "9 기대효과",
    ]
    assert [word for word in words if word in heads] == heads
    everything = {str(cell) for row in seed_rows for cell in row}
    told = "\n".join(everything)
    for section in CONTRACT["sections"]:
        assert [line for line in section["lines"] if line not in told] == []
    for program in CONTRACT["programs"]:
        assert [line for line in program["content"] if line not in told] == []


def test_levels_are_leading_spaces_as_the_office_types_them(seed_rows: list[list[Any]]) -> None:
    words = [row[0] for row in seed_rows]
    assert " - 사회적경제기업 발굴, 육성(기초교육, 컨설팅, 상담 등), 판로지원 등" in words


def test_what_is_not_known_says_so(seed_cards: dict[date, Card]) -> None:
    rows = lines(seed_cards[date(2023, 12, 31)])
    assert ["○ 관내 사회적경제기업: 집계 불가(기준일 이전)"] in rows
    assert ["집계 불가"] * 7 in rows
    results = after(after(rows, "추진실적 총괄"), "구 분")
    assert results[2][5:] == ["집계 불가(기준일 이전)", "–", "확인된 실적 14"]
    assert results[3][:2] == ["총 이행률(%)", "–"]
    assert after(rows, "총 계", 1085)


def test_no_target_no_record_and_zero_look_different() -> None:
    rows = [
        cards.indicator(1, "50", "10", "0"),
        cards.indicator(2, "50", None, "3"),
        cards.indicator(3, None, "0", "3", quarter_targets={2027: (None, Decimal(0), Decimal("1.5"), None)}),
    ]
    ws = sheet(cards.card(rows))
    shown = {
        cell.value: cell.number_format for row in ws.iter_rows() for cell in row if cell.value is not None
    }
    assert shown["–"] == "General"
    assert shown[1.5] == "#,##0.0;△#,##0.0;#,##0.0"
    found = after(after(lines(cards.card(rows)), "추진실적 총괄"), "구 분")
    assert found[0] == [1, 50, "지표 1", "회", 10, 0, 0]
    assert found[1] == [2, 50, "지표 2", "회", "-", 3, "–"]
    assert found[2] == [3, "-", "지표 3", "회", 0, 3, "–"]
    assert found[3] == ["총 이행률(%)", 0]
    assert any("분모에서 뺐습니다" in str(row) for row in found)


def test_it_prints_on_a4_with_merged_heads_and_korean_type(seed_card: Card) -> None:
    ws = load_workbook(BytesIO(card_xlsx(seed_card))).worksheets[0]
    assert ws.title == "공약카드"
    assert (ws.page_setup.paperSize, ws.page_setup.orientation) == (9, "portrait")
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
    assert ws.print_title_rows == "$1:$1"
    assert ws.print_area.startswith("'공약카드'!$A$1:")
    used = {cell.font.name for row in ws.iter_rows() for cell in row if cell.value is not None}
    assert used == {"맑은 고딕"}
    places = {
        cell.value: cell.coordinate for row in ws.iter_rows() for cell in row if isinstance(cell.value, str)
    }
    merged = {str(area).split(":")[0]: area.size for area in ws.merged_cells.ranges}
    assert merged[places["임기 후"]]["rows"] == 2
    assert merged[places["사회적기업"]]["rows"] == 1
    assert merged[places["총 이행률(%)"]]["columns"] > 20
    assert ws[places["임기 후"]].border.left.style == "thin"
    money = ws[next(c.coordinate for row in ws.iter_rows() for c in row if c.value == 1894)]
    assert money.number_format == '#,##0;△#,##0;"-"'


def test_a_phone_number_a_formula_and_a_log_line_stay_text() -> None:
    hostile = '=HYPERLINK("http://x","y")'
    made = cards.card(
        header={"title": hostile, "summary": "@SUM(A1)"},
        officers=(OfficerPart(role="=1+1", name="+82", phone="0212345678"),),
        schedule=(LogRow(no=1, date_text="=A1", day=date(2027, 1, 1), title=hostile, detail="- 2027년\x00"),),
    )
    ws = load_workbook(BytesIO(card_xlsx(made))).worksheets[0]
    by_value = {cell.value: cell for row in ws.iter_rows() for cell in row if isinstance(cell.value, str)}
    for words in (hostile, "=A1", "=1+1: +82(☎0212345678)", "- 2027년"):
        assert (by_value[words].data_type, by_value[words].quotePrefix) == ("s", True)


def test_an_adjusted_cell_is_marked_with_its_exact_won() -> None:
    money = cards.execution(
        (2026, 2027),
        {"district": {2026: 3, 2027: 4}},
        adjusted=(
            Adjusted(source="district", column="2027", won=4_512_345),
            Adjusted(source="total", column="임기 후", won=499_999),
        ),
    )
    book = load_workbook(BytesIO(card_xlsx(cards.card(execution=money)))).worksheets[0]
    notes = {cell.value: cell.comment.text for row in book.iter_rows() for cell in row if cell.comment}
    assert "4,512,345원" in notes[4]
    assert any(
        "구비 2027(4,512,345원), 총계 임기 후(499,999원)" in str(row)
        for row in lines(cards.card(execution=money))
    )


def test_adjusted_amounts_of_head_and_support_are_marked_too() -> None:
    part = SupportProgram(
        name="사업", split="전액 구비", enterprises=2, headcount=None, amount=Decimal(5), planned_amount=None,
        note="", counts_people=False, exact=4_400,
    )  # fmt: skip
    row = SupportRow(
        year=2026,
        unit="천 원",
        enterprises=2,
        headcount=None,
        amount=Decimal(5),
        distinct=2,
        programs=(part,),
    )
    cost = cards.money_row().model_copy(update={"exact": {"district": 49_400_000}})
    made = cards.card(cost=cost, support=(row,))
    ws = load_workbook(BytesIO(card_xlsx(made))).worksheets[0]
    notes = {cell.value: cell.comment.text for row in ws.iter_rows() for cell in row if cell.comment}
    assert "49,400,000원" in notes[50]
    assert "4,400원" in notes[5]
    words = [row[0] for row in lines(made)]
    assert "※ 합계가 맞도록 단수를 조정한 칸과 정확한 금액: 총사업비 구비(49,400,000원)" in words
    assert "※ 합계가 맞도록 단수를 조정한 칸과 정확한 금액: 2026년 사업(4,400원)" in words


def test_marks_of_plan_and_closing() -> None:
    closing = ClosingMark(year=2027, quarter=1, version=2, closed_on=date(2027, 4, 8))
    rows = lines(cards.card(closing=closing))
    assert rows[1] == ["(2027. 3. 31. 기준, 확정: 2027년 1분기 마감 2판 2027. 4. 8.)"]
    rows = lines(cards.card(header={"confirmed_plan": False}))
    assert rows[1] == ["(2027. 3. 31. 기준, 계획(안), 작성중)"]
    assert not any("추진실적" in str(row) for row in rows)


def own(heading: str, kind: str = "other") -> SectionPart:
    return SectionPart(kind=kind, heading=heading, title=heading, lines=())


def test_sections_of_ones_own_stand_where_the_pledge_has_them() -> None:
    parts = (
        own("추진배경"),
        own("", "goal"),
        own("수요"),
        own("세부", "plan"),
        own("", "effect"),
        own("그 밖"),
    )
    words = [row[0] for row in lines(cards.card(sections=parts, section_numbers={"수요": 3, "goal": 1}))]
    wanted = [
        "추진배경",
        "정책목표",
        "3 수요",
        "추진계획 [정책개요]",
        "세부",
        "공약달성 확인지표",
        "기대효과",
        "그 밖",
    ]
    assert [word for word in words if word in wanted] == wanted


def test_an_empty_card_says_so() -> None:
    rows = lines(cards.card())
    assert rows.count(["해당 없음"]) == 3
    assert after(rows, "총 이행률(%)", "–")[0] == ["※ 대비비율의 합이 100이 아닙니다."]


def support(year: int, split: str = "50:25:25", **more: Any) -> SupportRow:
    part = SupportProgram(
        name="사업", split=split, enterprises=2, headcount=None, amount=Decimal(5), planned_amount=None, note="",
        counts_people=False,
    )  # fmt: skip
    given = {"unit": "천 원", "enterprises": 2, "headcount": None, "amount": Decimal(5), "distinct": 1}
    return SupportRow(year=year, programs=(part,), **given | more)


def test_another_ratio_starts_another_support_table() -> None:
    rows = lines(cards.card(support=(support(2026), support(2027), support(2028, "0:0:100"))))
    assert [row for row in rows if row[0] == "국비:시비:구비"] == [
        ["국비:시비:구비", "(기업수는 중복)", "50:25:25"],
        ["국비:시비:구비", "(기업수는 중복)", "0:0:100"],
    ]
    assert ["※ 중복을 뺀 실기업 수: 2026년 1개소, 2027년 1개소"] in rows


def test_kinds_without_groups_have_one_row_of_heads() -> None:
    column = RegisterColumn(code="x", name="마을기업", group_code="", group_name="", count=1200, known=1)
    table = RegisterPart(as_of=date(2027, 2, 1), total=1200, distinct=1200, columns=(column,))
    rows = after(lines(cards.card(register_table=table)), "○ 관내 사회적경제기업: 1,200개")
    assert rows[:3] == [["(2027. 2. 1. 기준, 단위: 개소)"], ["총계", "마을기업"], [1200, 1200]]


def test_several_cards_in_one_book() -> None:
    book, made = Book(), BytesIO()
    for _ in range(2):
        add_page(book, card_page(cards.card([cards.indicator(1, "100")])))
    book.save(made)
    found = load_workbook(made, data_only=True)
    assert found.sheetnames == ["공약카드", "공약카드_2"]
    assert [[c.value for r in ws for c in r].count(50) for ws in found] == [3, 3]


@needs_office
def test_libreoffice_computes_what_is_printed(seed_cards: dict[date, Card]) -> None:
    more = [
        cards.card(
            [cards.indicator(1, "30", "7", "9"), cards.indicator(2, "70", "3", "1"), cards.indicator(3)],
            execution=cards.execution((2026, 2027), {"city": {2026: -3, 2027: 9}}, after=7),
        ),
        cards.card([cards.indicator(1, "60", "0"), cards.indicator(2, "40", "3", "2", places=2)], places=2),
        cards.card([cards.indicator(1, "50", "8", "9"), cards.indicator(2, "50", "3", "1")], cap=False),
        cards.card(execution=cards.execution((2026, 2027), {"city": {2026: None, 2027: 9}})),
        cards.card(support=(support(2026),)),
    ]
    books = [card_xlsx(card) for card in (*seed_cards.values(), *more)]
    found = assert_computed_alike(*books, halves())
    assert all(found)
    assert "ROUND(ROUND((" in str(found[1])
    assert len(found[-1]) == 3 * 25


def halves() -> bytes:
    """Exact halves are where binary fractions go wrong: rates of …5 and totals of …25 and …75 here."""
    made = [
        cards.card([cards.indicator(at, "50", "2000", str(at)), cards.indicator(at + 1, "50", "2000", "800")])
        for at in range(801, 851, 2)
    ]
    book, target = Book(), BytesIO()
    add_page(book, Page("이행률", [achievement_table(each) for each in made]))
    book.save(target)
    return target.getvalue()


numbers = st.integers(0, 10_000).map(str) | st.decimals(0, 999, places=1).map(str)


@st.composite
def weighted(draw: Any) -> list[Any]:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=1, max_size=5)))
    weights = [Decimal(high - low) / 10 for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)]
    return [
        cards.indicator(no, str(weight), draw(numbers), draw(numbers), places=2)
        for no, weight in enumerate(weights, start=1)
    ]


@given(rows=weighted(), cap=st.booleans())
@hypothesis_settings(max_examples=100, deadline=None)
def test_a_printed_total_is_always_a_formula_over_rows_that_have_one(rows: list[Any], cap: bool) -> None:
    made = cards.card(rows, cap=cap, places=2)
    *_, total = achievement_table(made).rows
    assert total[1].value == (None if made.overall.rate is None else Decimal(made.overall.rate))
    assert (total[1].formula is None) == (made.overall.rate is None)


def test_the_command_writes_it() -> None:
    assert WRITERS["xlsx"] is card_xlsx


def test_headings_do_not_stand_alone_at_the_foot_of_a_page(seed_card: Card) -> None:
    ws = load_workbook(BytesIO(card_xlsx(seed_card))).worksheets[0]
    ends = [each.id for each in ws.row_breaks.brk]
    assert len(ends) in (3, 4)
    for row in ends:
        words = [cell.value for cell in ws[row] if cell.value is not None]
        assert not any(str(word).startswith(("□", "○", "(단위", "주민 참여")) for word in words)
        assert not any(cell.font.bold for cell in ws[row] if cell.value is not None)
