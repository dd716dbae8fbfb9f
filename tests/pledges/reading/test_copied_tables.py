"""Tables as copies bring them: sums at the end, cells lost at the end of rows, other kinds of boxes (예시)."""

from __future__ import annotations

import pytest

from pledges.reading.parse import Read
from pledges.reading.source import ticks

from .helpers import messages, read

TOP = "1-1 마을길 정비 (예시)\n\n총사업비(백만 원)\t계\t국비\t시비\t구비\n\t900\t300\t300\t300\n\n민선8기 목표\n\n"
CELLS = {
    ("national", 2022): 100, ("national", 2023): 50, ("national", 2024): 20, ("national", "임기 후"): 0,
    ("city", 2022): 90, ("city", 2023): 40, ("city", 2024): 10, ("city", "임기 후"): 5,
}  # fmt: skip


def _execution(table: str) -> Read:
    return read(f"{TOP}예산 집행액\n\n(단위: 백만 원)\n\n{table}\n")


def _cells(found: Read) -> dict[tuple[str, int | str], int]:
    assert found.card.execution is not None, messages(found.faults.errors)
    return {place: won // 1_000_000 for place, won in found.card.execution.cells.items()}


@pytest.mark.parametrize(
    "table",
    [
        # 계 at the end, the empty cells at the end of the lower row lost.
        "구 분\t임기 내\t\t\t\t임기 후\t계\n\t소계\t2022\t2023\t2024\n"
        "총계\t310\t190\t90\t30\t5\t315\n국비\t170\t100\t50\t20\t-\t170\n시비\t140\t90\t40\t10\t5\t145",
        # The same with every empty cell of the header lost.
        "구 분\t임기 내\t임기 후\t계\n소계\t2022\t2023\t2024\n"
        "총계\t310\t190\t90\t30\t5\t315\n국비\t170\t100\t50\t20\t-\t170\n시비\t140\t90\t40\t10\t5\t145",
        # The total row last, 임기 후 named in the lower row.
        "구분\t계\t임기 내\n\t\t소계\t2022\t2023\t2024\t임기 후\n"
        "국비\t170\t170\t100\t50\t20\t-\n시비\t145\t140\t90\t40\t10\t5\n합계\t315\t310\t190\t90\t30\t5",
    ],
)
def test_where_the_sum_stands_changes_nothing(table: str) -> None:
    found = _execution(table)
    assert _cells(found) == CELLS
    assert not found.faults.findings
    assert not found.unplaced


def test_cells_lost_at_the_end_are_empty_where_the_sum_proves_it() -> None:
    found = _execution(
        "구분\t계\t2022\t2023\t2024\t2025\n계\t150\t100\t50\n국비\t90\t60\t30\n시비\t60\t40\t20"
    )
    assert not found.faults.errors
    assert not found.faults.findings
    assert _cells(found)["national", 2023] == 30
    assert _cells(found)["national", 2025] == 0


def test_cells_lost_at_the_end_are_asked_for_where_nothing_proves_it() -> None:
    found = _execution(
        "구분\t계\t2022\t2023\t2024\n계\t150\t100\t50\t-\n국비\t90\t60\t20\n시비\t60\t40\t20\t-"
    )
    assert "예산 집행액 국비: 칸이 모자랍니다(2024)" in messages(found.faults.errors)


def test_rows_beside_rows_with_empty_cells_inside_lost_only_their_last_cells() -> None:
    found = _execution("구분\t2022\t2023\t2024\n국비\t60\t\t30\n시비\t40\t20")
    assert not found.faults.errors
    assert _cells(found) == {
        ("national", 2022): 60, ("national", 2023): 0, ("national", 2024): 30,
        ("city", 2022): 40, ("city", 2023): 20, ("city", 2024): 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "☐ 신규 ☑ 계속", "( ) 신규 (○) 계속", "(  ) 신규 ( V ) 계속", "○ 신규 ● 계속", "[ ] 신규 [ O ] 계속",
        "신규( ), 계속(○)", "신규 □ 계속 ■", "□신규 ▣계속", "신규[ ] 계속[v]",
    ],
)  # fmt: skip
def test_a_box_is_a_box_however_it_is_drawn(cell: str) -> None:
    assert ticks(cell) == [("신규", False), ("계속", True)]


def test_a_title_that_looks_like_a_heading_leaves_the_summary_in_its_place() -> None:
    found = read("12. 어르신 일자리 (예시)\n\n◆ 일하는 어르신이 행복한 도시\n\n민선8기 목표\n")
    assert (found.card.number, found.card.header.summary) == ("12", "일하는 어르신이 행복한 도시")
    assert not found.unplaced
