from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from documents.cells import Cell
from documents.grid import Grid
from documents.page import Page, Style, Text
from documents.paging import Strip, page_ends
from documents.xlsx_strips import page_rows


def strips(*heights: float, kept: tuple[int, ...] = ()) -> list[Strip]:
    return [Strip(height, at in kept) for at, height in enumerate(heights, start=1)]


def test_a_page_ends_before_what_no_longer_fits() -> None:
    assert page_ends(strips(4, 4, 4, 4), 10) == [2]
    assert page_ends(strips(4, 4, 2), 10) == []
    assert page_ends([], 10) == []


def test_a_heading_goes_with_what_it_heads() -> None:
    assert page_ends(strips(4, 4, 1, 4, kept=(3,)), 10) == [2]
    assert page_ends(strips(4, 4, 1, 1, kept=(3, 4)), 10) == []


def test_what_is_taller_than_a_page_is_broken_all_the_same() -> None:
    assert page_ends(strips(6, 6, 6, kept=(1, 2)), 10) == [1, 2]


@given(st.lists(st.tuples(st.floats(1, 10), st.booleans()), max_size=60))
def test_no_page_is_overfull(rows: list[tuple[float, bool]]) -> None:
    made = [Strip(height, keep) for height, keep in rows]
    ends = [0, *page_ends(made, 30), len(made)]
    for first, last in pairwise(ends):
        assert sum(strip.height for strip in made[first:last]) <= 30 + 1e-6


def test_a_note_stands_on_the_page_of_its_table() -> None:
    grid = Grid([[Cell("가")], [Cell("나")]], [1])
    with_note = list(page_rows(Page("표", [grid, Text("※ 기준", Style.NOTE), Text("끝")]), 48, 2.0))
    assert [row.keep for row in with_note] == [True, True, True, False, False]
    alone = list(page_rows(Page("표", [grid, Text("끝")]), 48, 2.0))
    assert [row.keep for row in alone] == [True, False, False, False]
