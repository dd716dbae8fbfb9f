"""More cards of other offices, all made up (예시). What each says was written down before it was read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledges.reading.model import ReadCard
from pledges.reading.parse import Read

from .helpers import messages, read, text_of


def _read(name: str) -> Read:
    found = read(text_of(f"{name}.txt"))
    assert not found.faults.errors, messages(found.faults.errors)
    return found


def _left(found: Read) -> list[str]:
    return [left.text for left in found.unplaced]


def _findings(found: Read) -> set[tuple[str, str, str]]:
    return {(each.where, each.printed, each.computed) for each in found.faults.findings}


def _spent(card: ReadCard, scale: int) -> dict[tuple[str, int | str], Decimal]:
    assert card.execution is not None
    return {place: Decimal(won) / scale for place, won in card.execution.cells.items() if won}


def _cost(card: ReadCard, scale: int) -> dict[str, Decimal]:
    assert card.cost is not None
    return {source: Decimal(won) / scale for source, won in card.cost.parts.items()}


def _rows(card: ReadCard) -> list[tuple[object, ...]]:
    return [
        (row.name, row.unit, row.weight, row.term_target, list(row.years.values()), row.actual, row.rate_text)
        for row in card.indicators
    ]


def test_planned_money_is_not_read_as_spent() -> None:
    found = _read("clinic")
    card = found.card
    assert (card.number, card.title, card.header.department) == (
        "3-2", "공공산후조리원 건립 (예시)", "보건정책과",
    )  # fmt: skip
    assert _cost(card, 10**6) == {"national": 2500, "city": 2000, "district": 8000}
    assert _spent(card, 10**6) == {
        ("national", 2023): 400, ("national", 2024): 400, ("city", 2023): 250, ("city", 2024): 450,
        ("district", 2022): 180, ("district", 2023): 600, ("district", 2024): 820,
    }  # fmt: skip
    assert _findings(found) == set()
    assert "시비 8,000 - 200 500 3,000 2,300 2,000" in _left(found)
    assert "‘연차별 투자계획’ 표: 계획한 금액이어서" in messages(found.faults.warnings)


def test_a_log_told_in_dated_lines_is_a_log() -> None:
    rows = _read("clinic").card.log
    assert [(row.date_text, row.title) for row in rows] == [
        ("2022. 9. 1.", "건립 기본계획 수립"), ("2023. 3. 15.", "설계 공모 당선작 선정"), ("2024. 5. 2.", "착공"),
    ]  # fmt: skip
    rows = _read("welfare").card.log
    assert [(row.date_text, row.title, row.detail) for row in rows] == [
        ("2022. 11.", "기본계획 수립", ""),
        ("2023. 2. 1.", "전담팀 신설", "* 3명"),
        ("2023. 6. 5.~6. 9.", "담당자 교육", ""),
    ]
    rows = _read("outline").card.log
    assert [(row.date_text, row.starts_on.month, row.title) for row in rows][:2] == [
        ("'22. 9월", 9, "기본계획 수립"), ("'23. 3월", 3, "교육장 조성 완료"),
    ]  # fmt: skip


def test_the_whole_cost_of_a_plan_stands_in_where_the_card_has_no_other() -> None:
    lines = text_of("clinic.txt").splitlines()
    found = read("\n".join(line for line in lines if "총사업비" not in line))
    assert _cost(found.card, 10**6) == {"national": 2500, "city": 2000, "district": 8000}
    assert "표의 계를 총사업비로 읽었습니다" in messages(found.faults.warnings)
    assert "시비 2023: 500" in _left(found)


def test_seven_indicators_without_weight_rates_of_two_decimals_and_provincial_money() -> None:
    found = _read("farm-bus")
    card = found.card
    assert (card.header.nature, card.header.completion) == ("계속", "임기 내")
    assert (card.header.status, card.header.status_words) == ("on_track", "추진중(정상)")
    assert _rows(card)[0] == ("진료 마을", "개소", None, 48, [12, 12, 12, 12], 21, "43.75")
    assert _rows(card)[3] == ("장비 구입", "대", None, 3, [3, None, None, None], 3, "100.00")
    assert _rows(card)[6] == (
        "재진율", "%", None, Decimal("35.5"),
        [30, Decimal("32.5"), 34, Decimal("35.5")], Decimal("31.2"), "87.89",
    )  # fmt: skip
    assert _spent(card, 1000)["other", 2024] == -500
    assert _findings(found) == set()


def test_a_heading_of_a_year_behind_a_roman_number_and_a_cost_in_won() -> None:
    found = _read("school-way")
    assert [row.quarters for row in found.card.indicators] == [
        {2024: (None, 2, 2, 2)}, {2024: (2, 3, 2, 3)},
    ]  # fmt: skip
    assert _cost(found.card, 1) == {"other": 3_450_000_000}
    assert _findings(found) == {("예산 집행액 총계 계", "1,234,567,891", "1,234,567,890")}
    assert _left(found) == []


def test_running_heads_and_pages_in_the_middle_of_the_text() -> None:
    found = _read("night-library")
    assert [(row.no, row.date_text) for row in found.card.log] == [
        (1, "2022. 9. 1."), (2, "2023. 3. 2."), (3, "2024. 1. 15."),
    ]  # fmt: skip
    assert [row.rate_text for row in found.card.indicators] == ["41.2", "42.7"]
    assert found.card.overall_text == "41.9"
    assert _findings(found) == set()


def test_years_that_share_a_column_are_not_divided() -> None:
    found = _read("hub")
    assert _rows(found.card)[0][4] == [1, 1, 1]
    assert "임기 목표 1 ’22~’23: 2" in _left(found)
    assert _findings(found) == set()
    assert found.card.header.host == "국가·자치구·민간"
    assert _spent(found.card, 10**8)["district", "임기 후"] == 2


def test_targets_told_in_words_stay_words() -> None:
    found = _read("garden")
    assert [row.term_target for row in found.card.indicators] == [120, None, None]
    assert [row.years[2027] for row in found.card.indicators] == [30, 1, 1]
    assert _left(found) == ["임기 목표 2 목표: 연 1회", "임기 목표 3 목표: 제정"]
    assert found.card.as_of is not None
    assert found.card.as_of.isoformat() == "2026-07-01"


def test_of_plan_and_spending_side_by_side_only_spending_is_read() -> None:
    found = _read("office")
    assert _spent(found.card, 10**6) == {
        ("national", 2022): 90, ("national", 2023): 150, ("national", 2024): 200,
        ("district", 2022): 810, ("district", 2023): 1350, ("district", 2024): 1800,
    }  # fmt: skip
    assert "2024 계획: 2,700" in _left(found)


def test_money_secured_and_sources_in_another_order() -> None:
    found = _read("parking")
    assert found.card.secured is not None
    assert found.card.secured.parts["city"] == 1_500_000_000
    assert _spent(found.card, 10**6)["district", 2024] == 800
    assert (_findings(found), _left(found)) == (set(), [])


def test_everything_that_misses_is_named_with_both_figures() -> None:
    found = _read("park-path")
    assert _findings(found) == {
        ("총사업비 계", "1,000,001", "1,000,000"),
        ("임기 목표 1 목표", "21", "20"),
        ("2024년 분기별 목표 1 계", "6", "5"),
        ("2024년 분기별 목표 2 계", "20", "21"),
        ("추진실적 총괄 1 사업 이행률(%)", "47.7", "47.6"),
        ("추진실적 총괄 2 목표", "110", "100"),
        ("예산 집행액 총계 계", "300,001", "299,999"),
        ("예산 집행액 총계 임기 내 소계", "300,000", "299,999"),
        ("예산 집행액 국비 계", "100,000", "99,999"),
        ("예산 집행액 국비 임기 내 소계", "100,000", "99,999"),
        ("예산 집행액 총계 2024", "100,000", "99,999"),
        ("총 이행률(%)", "50.4", "–"),
    }
    assert "100이 아니라 99" in messages(found.faults.warnings)


def test_weights_beside_the_targets_and_as_parts_of_one() -> None:
    found = _read("care")
    assert [row.weight for row in found.card.indicators] == [60, 40]
    assert [(o.role, o.name, o.phone) for o in found.card.officers] == [
        ("여성가족과장", "김예시", ""), ("아동친화팀장", "이예시", ""), ("담당", "박예시", "879-6130"),
    ]  # fmt: skip


def test_plans_with_several_indicators_go_on_behind_a_page() -> None:
    found = _read("learning")
    card = found.card
    assert [row.plan for row in card.indicators] == ["학습관 운영"] * 3 + ["동네배움터"] * 2 + [
        "문해교육"
    ] * 3
    assert _rows(card)[7] == ("졸업생", "명", 10, 120, [10, 30, 30, 30, 20], 45, "37.5")
    assert (card.overall_text, _findings(found)) == ("61.7", set())


def test_units_inside_names_and_figures() -> None:
    found = _read("tree")
    assert _rows(found.card) == [
        ("나무 심기", "그루", 60, 1000, [200] * 5, 450, "45.0"),
        ("주민 만족도", "%", 40, 90, [80, 82, 85, 88, 90], Decimal("84.5"), "93.9"),
    ]
    assert (_findings(found), _left(found)) == (set(), [])


def test_results_in_rows_below_their_targets() -> None:
    found = _read("rows")
    assert [(row.term_target, row.actual) for row in found.card.indicators] == [(400, 205), (50, 21)]
    assert "교육 인원 실적 2023: 90" in _left(found)


def test_lettered_lines_belong_to_the_section_they_stand_in() -> None:
    found = _read("welfare")
    own = [section for section in found.card.sections if section.kind == "other"]
    assert [section.heading for section in own] == ["추진배경 및 필요성", "추진체계", "애로사항 및 건의"]
    assert "가. 배경" in own[0].body
    assert found.card.section_numbers["애로사항 및 건의"] == 6
    assert _left(found) == []


def test_a_card_of_outlines_with_bullets_of_any_font() -> None:
    for bullet in ("ㅇ", "o", "\uf06d", "○"):
        found = read(text_of("outline.txt").replace("ㅇ", bullet))
        assert _cost(found.card, 10**6) == {"national": 400, "city": 200, "district": 100}
        assert found.card.header.status == "on_track"
        assert len(found.card.log) == 3


@pytest.mark.parametrize(
    ("before", "after", "year"),
    [("2024년 분기별 목표", "분기별 목표", None), ("2024년 분기별 목표", "’24년 분기별 목표", 2024)],
)
def test_quarters_of_an_unknown_year_stay_unplaced(before: str, after: str, year: int | None) -> None:
    found = read(text_of("school-way.txt").replace(before, after))
    assert not found.faults.errors
    years = {each for row in found.card.indicators for each in row.quarters}
    assert years == ({year} if year else set())
    assert ("어느 해의 목표인지" in messages(found.faults.warnings)) is (year is None)


def test_an_empty_date_takes_the_one_above_and_says_so() -> None:
    text = "1-1 길 (예시)\n민선8기\n추진경과\n연번\t일자\t추진사항\t세부내용\n1\t2023. 5. 2.\t착공\t- 1구간\n"
    found = read(f"{text}2\t\t준공\t- 1구간\n3\t수시\t점검\t- 안전\n4\t\t보수\t- 도색\n")
    assert [(row.date_text, row.title) for row in found.card.log] == [
        ("2023. 5. 2.", "착공"), ("2023. 5. 2.", "준공"),
    ]  # fmt: skip
    assert "일자 칸이 비어 있어" in messages(found.faults.warnings)
    assert _left(found) == ["3 수시 점검 - 안전", "4 보수 - 도색"]


def test_the_term_follows_from_the_documents_day_where_nothing_names_it() -> None:
    found = read("1-1 길 (예시)\n추진경과(2024. 6. 30. 기준)\n- 2023. 5. 2.: 착공\n")
    assert found.card.term is not None
    assert found.card.term.name == "민선8기"
    assert "기준일(2024-06-30)로 민선8기로" in messages(found.faults.warnings)


def test_what_is_longer_than_the_card_has_room_for_stays_with_the_pledge() -> None:
    long = "협의 " * 80
    text = (
        text_of("school-way.txt")
        .replace("40.9%\t", f"40.9%\t{long}")
        .replace("■ 임기 내 □ 임기 후", "임기 내(2025년 12월 준공 예정)")
    )
    found = read(text)
    assert not found.faults.errors
    assert found.card.header.completion == "임기 내"
    assert "임기 내(2025년 12월 준공 예정)" in _left(found)
    assert found.card.indicators[0].note == ""
    assert any(left.startswith("비고: 협의") for left in _left(found))


def test_a_long_title_of_the_log_becomes_its_detail() -> None:
    found = read(f"1-1 길 (예시)\n민선8기\n추진경과\n- 2023. 5. 2.: {'가나다 ' * 60}\n- 2023. 6. 2.: 준공\n")
    assert [(row.title, len(row.detail)) for row in found.card.log] == [("", 239), ("준공", 0)]


def test_boxes_lost_in_an_old_encoding_are_not_guessed() -> None:
    text = text_of("rural.txt").encode("cp949", "replace").decode("cp949")
    found = read(text)
    assert (found.card.header.nature, found.card.header.completion, found.card.header.status) == ("", "", "")
    assert "UTF-8로 다시 저장" in messages(found.faults.warnings)
    assert "? 신규 ? 계속" in _left(found)


TERM = "1-1 길 (예시)\n\n민선8기(2022. 7.~2026. 6.) 목표\n\n"
TENS = {year: Decimal(10) for year in range(2022, 2027)}


@pytest.mark.parametrize(
    ("table", "target", "years", "left"),
    [
        # A head of two rows, a row of sums.
        (
            "구 분\t확인지표\t단위\t목표\t연도별 목표\t\t\t\t\n\t\t\t\t2022\t2023\t2024\t2025\t2026\n"
            "1\t상담\t건\t50\t10\t10\t10\t10\t10\n합계\t\t\t50\t10\t10\t10\t10\t10",
            50, TENS, ["합계 50 10 10 10 10 10"],
        ),
        # The first and the last year as their half.
        (
            "구 분\t확인지표\t단위\t목표\t2022. 하반기\t2023\t2024\t2025\t’26.1~6\n1\t상담\t건\t50\t10\t10\t10\t10\t10",
            50, TENS, [],
        ),
        # Two halves of one year are not its target.
        (
            "구 분\t확인지표\t단위\t목표\t2022 상반기\t2022 하반기\t2023\n1\t상담\t건\t30\t10\t10\t10",
            30, {2023: Decimal(10)}, ["2022 상반기: 10", "2022 하반기: 10"],
        ),
        # How it is counted stands between name and unit.
        (
            "구 분\t확인지표\t산출식\t단위\t목표\t2022\t2023\n1\t상담\t방문 상담/전체 상담×100\t건\t20\t10\t10",
            20, {2022: Decimal(10), 2023: Decimal(10)}, ["산출식: 방문 상담/전체 상담×100"],
        ),
        # Target and result of each year side by side: the result is no target.
        (
            "구분\t지표\t단위\t2022년\t\t2023년\t\n\t\t\t목표\t실적\t목표\t실적\n1\t상담\t건\t10\t12\t10\t9",
            None, {2022: Decimal(10), 2023: Decimal(10)}, ["2022년 실적: 12", "2023년 실적: 9"],
        ),
    ],
)  # fmt: skip
def test_heads_of_years(table: str, target: int | None, years: dict[int, Decimal], left: list[str]) -> None:
    found = read(f"{TERM}{table}\n")
    (row,) = found.card.indicators
    assert (row.name, row.unit, row.term_target, row.years, row.actual) == ("상담", "건", target, years, None)
    assert _left(found) == left


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("정상추진(90%)", "on_track"), ("조기 완료", "done"), ("완료(이행 후 계속추진)", "continuing"),
        ("부분 이행", "partial"), ("보 류", "on_hold"), ("진행 중", ""), ("지연", ""),
    ],
)  # fmt: skip
def test_states_in_other_words(words: str, status: str) -> None:
    header = read(
        f"1-1 길 (예시)\n\n사업기간\t2022.~2026.\t추진상황\t☑ {words}\n\n민선8기 목표\n"
    ).card.header
    assert (header.status, header.status_words) == (status, "" if words == "보 류" else words)


def test_of_a_register_by_year_the_last_row_counts() -> None:
    found = read(
        f"{TERM}1 현황\n\n○ 관내 기업\n\n구분\t계\t사회적기업\t마을기업\t협동조합\n"
        "2022\t100\t15\t5\t80\n2023년\t110\t17\t5\t88\n2024. 6.\t121\t19\t6\t96\n"
    )
    register = found.card.register
    assert register is not None
    assert [(kind.label, kind.count) for kind in register.kinds] == [
        ("사회적기업", 19), ("마을기업", 6), ("협동조합", 96),
    ]  # fmt: skip
    assert register.on is not None
    assert register.on.isoformat() == "2024-06-30"
    assert _left(found) == ["2022 100 15 5 80", "2023년 110 17 5 88"]
    assert _findings(found) == set()


MONEY = "1-1 길 (예시)\n\n총사업비\t900백만원\t재원\t국비 300, 시비 200, 구비 400\n\n민선8기 목표\n\n"
YEARLY = "연도\t예산액\t집행액\t집행률\n2022\t100\t95\t95.0%\n2023\t250\t240\t96.0%\n계\t350\t335\t95.7%\n"


def test_what_was_spent_by_year_alone_is_read_without_its_source() -> None:
    found = read(f"{MONEY}예산 집행현황\n(단위: 백만원)\n{YEARLY}")
    assert _cost(found.card, 10**6) == {"national": 300, "city": 200, "district": 400}
    assert _spent(found.card, 10**6) == {("other", 2022): 95, ("other", 2023): 240}
    assert "예산액: 250" in _left(found)
    assert _findings(found) == set()


def test_a_table_by_source_goes_before_one_of_totals() -> None:
    by_source = "구분\t계\t2022\t2023\n국비\t335\t95\t240\n시비\t-\t-\t-\n"
    found = read(
        f"{MONEY}예산 집행현황\n(단위: 백만원)\n{YEARLY}\n재원별 집행액\n(단위: 백만원)\n{by_source}"
    )
    assert _spent(found.card, 10**6) == {("national", 2022): 95, ("national", 2023): 240}


def test_a_column_between_the_sources_moves_no_figure() -> None:
    table = "연도\t예산액\t계\t국비\t시비\t구비\n2022\t100\t60\t30\t20\t10\n2023\t100\t6\t3\t2\t1\n"
    found = read(f"{MONEY}예산 집행액\n(단위: 백만원)\n{table}")
    assert _spent(found.card, 10**6) == {
        ("national", 2022): 30, ("city", 2022): 20, ("district", 2022): 10,
        ("national", 2023): 3, ("city", 2023): 2, ("district", 2023): 1,
    }  # fmt: skip
    assert (_findings(found), _left(found)) == (set(), ["예산액: 100", "예산액: 100"])


def test_a_money_plan_inside_the_plan_is_planned() -> None:
    found = read(
        "1-1 길 (예시)\n\n3. 추진계획\n 나. 재원조달계획\n(단위: 백만원)\n구분\t계\t2023\t2024\n계\t30\t10\t20\n"
        "국비\t20\t10\t10\n구비\t10\t-\t10\n4. 이행지표\n민선8기 목표\n"
    )
    assert found.card.execution is None
    assert _cost(found.card, 10**6) == {"national": 20, "district": 10}
