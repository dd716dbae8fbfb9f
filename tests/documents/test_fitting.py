from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.cells import WON, Cell
from documents.fitting import fitted
from documents.grid import Grid
from documents.measure import text_width


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
