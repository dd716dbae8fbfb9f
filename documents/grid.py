"""A table of cells with spans, as HTML has it: each cell stands in the next free place of its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.cells import Cell


@dataclass(frozen=True)
class Placed:
    """A cell with the place of its upper left corner, from 0."""

    row: int
    col: int
    cell: Cell


@dataclass(frozen=True)
class Grid:
    """``widths`` are in characters of half width, or any other measure: only their relation counts on a page.

    The first ``head`` rows are repeated where the table runs over to the next page.
    """

    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    head: int = 1

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rows), len(self.widths)

    def placed(self) -> Iterator[Placed]:
        """Every cell in reading order. ValueError where cells overlap, stick out or leave a hole."""
        taken: set[tuple[int, int]] = set()
        height, width = self.size
        for at, cells in enumerate(self.rows):
            col = 0
            for cell in cells:
                while (at, col) in taken:
                    col += 1
                area = {(at + down, col + right) for down in range(cell.rows) for right in range(cell.cols)}
                if area & taken or at + cell.rows > height or col + cell.cols > width:
                    raise ValueError(f"{at + 1}행의 칸이 표를 벗어나거나 겹칩니다: {cell.text!r}")
                taken |= area
                yield Placed(at, col, cell)
        if len(taken) != height * width:
            raise ValueError(f"표에 빈 자리가 있습니다: {height * width - len(taken)}칸")


def pieces(grid: Grid, most: int) -> list[Grid]:
    """The grid as one, or as several of at most ``most`` rows below the head, which each of them repeats.

    It is cut where no cell reaches over; rows that are held together stay in one piece.
    """
    if len(grid.rows) - grid.head <= most:
        return [grid]
    found: list[list[Sequence[Cell]]] = [[]]
    reach = 0
    for at, row in enumerate(grid.rows[grid.head :]):
        if at >= reach and len(found[-1]) >= most:
            found.append([])
        found[-1].append(row)
        reach = max([reach, *(at + cell.rows for cell in row)])
    head = list(grid.rows[: grid.head])
    return [Grid([*head, *rows], grid.widths, grid.head) for rows in found]
