from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.cells import DATE, LONG, WON, Cell
from documents.fitting import FIGURE_KEEPS, WIDEST, fitted, narrowed
from documents.grid import Grid
from documents.measure import text_width
from documents.table import Column


def row(*cells: Cell, widths: tuple[float, ...]) -> Grid:
    return Grid([cells], widths, 0)


def test_where_there_is_room_the_proportions_stay() -> None:
    fit = fitted(row(Cell("가"), Cell("나"), widths=(1, 3)), 80, 1)
    assert (list(fit.widths), fit.scale) == ([20, 60], 1.0)


def test_a_narrow_column_of_figures_takes_from_prose() -> None:
    fit = fitted(row(Cell(123_456_789, WON), Cell("가나다 라마바"), widths=(1, 9)), 40, 1)
    assert fit.widths[0] == text_width("123,456,789") + 1
    assert fit.scale == 1.0


def test_where_nothing_is_left_to_take_the_type_shrinks() -> None:
    fit = fitted(row(*[Cell(123_456_789, WON)] * 10, widths=(1,) * 10), 90, 1)
    assert fit.scale == pytest.approx(0.75)


@given(
    st.lists(st.tuples(st.integers(0, 10**13), st.floats(0.5, 20)), min_size=1, max_size=20),
    st.floats(50, 200),
)
def test_figures_always_fit(columns: list[tuple[int, float]], room: float) -> None:
    grid = row(*(Cell(won, WON) for won, _ in columns), widths=tuple(width for _, width in columns))
    fit = fitted(grid, room, 1)
    assert sum(fit.widths) == pytest.approx(room)
    if fit.scale > 0.55:
        for (won, _), width in zip(columns, fit.widths, strict=True):
            assert (text_width(WON.printed(won)) + 1) * fit.scale <= width + 1e-6


def test_a_sheet_too_wide_for_paper_takes_from_its_text_first() -> None:
    columns = [
        Column("교부일", "", DATE),
        *[Column(f"금액 {n}", "", WON) for n in range(6)],
        *[Column("적요", "", LONG)] * 3,
    ]
    widths = narrowed(columns)
    assert sum(widths) == pytest.approx(WIDEST)
    assert min(widths[1:7]) >= WON.width * FIGURE_KEEPS
    assert max(widths[7:]) < LONG.width


def test_a_sheet_that_fits_keeps_its_widths() -> None:
    columns = [Column("교부일", "", DATE), Column("적요", "", LONG)]
    assert narrowed(columns) == [DATE.width, LONG.width]


def test_what_cannot_get_narrower_stays_readable_on_the_screen() -> None:
    widths = narrowed([Column("금액", "", WON)] * 20)
    assert widths == [pytest.approx(WON.width * FIGURE_KEEPS)] * 20
