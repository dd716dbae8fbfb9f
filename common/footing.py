"""Tables in 천원 or 백만원 that foot, rows and columns: controlled rounding (DOMAIN §4.5 [decision]).

The grand total is half-up. Every other cell, subtotals included, is the floor or the ceiling of its
exact value, so chosen that the sum over all cells of |printed - exact| in won is least. Among equally
good tables the one is taken whose adjusted cells (those that differ from their own half-up rounding)
are in the newest columns: subtotals are spared first, then the oldest year, and so on; what is then
still equal is adjusted in the lowest row.

*Why this is a flow.* Money runs from the grand total down the rows' tree to each leaf row, down the
columns' tree to each leaf cell, and from there is gathered up again: over the rows into each column,
over the columns' tree into the grand total. Every printed cell is one arc of that circulation and
each node is one sum that must foot, so a cheapest integral flow is the table asked for.

*Why there always is one.* The exact values are themselves a flow within all floors and ceilings. In
a network the vertices of the set of such flows are integral (total unimodularity), and the exact
flow is a mean of vertices. Its grand total, if not whole, is therefore a mean of floors and ceilings
and both occur; so the half-up grand total can always be reached.

*Both sides nested.* A subtotal of a subtotal (a group of rows by a group of columns, neither of them
the total) fits no network, and a table within all floors and ceilings need not exist. Such cells are
the sum of their parts: the table still foots, but they may lie beyond floor or ceiling and are
outside the deviation. ``adjusted`` marks them like any other. With one side flat there are none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from common.flow import Arc, circulate
from common.money import round_to_step

Key = Hashable
Cell = tuple[Key, Key]


@dataclass(frozen=True)
class Node:
    """A heading and what it sums; without children it is a row (or column) of data."""

    key: Key
    children: tuple[Node, ...] = ()


def tree(key: Key, *children: Node | Key) -> Node:
    """``tree("계", tree("소계", 2022, 2023), "임기 후")``."""
    return Node(key, tuple(child if isinstance(child, Node) else Node(child) for child in children))


@dataclass(frozen=True)
class Footed:
    """A table that foots, by any row and column key, leaf or total. Values are steps of ``step`` won."""

    step: int
    values: Mapping[Cell, int]
    exacts: Mapping[Cell, int]

    def value(self, row: Key, col: Key) -> int:
        """The printed cell in steps."""
        return self.values[row, col]

    def exact(self, row: Key, col: Key) -> int:
        """The cell's won before rounding."""
        return self.exacts[row, col]

    def adjusted(self, row: Key, col: Key) -> bool:
        """Whether the cell is printed otherwise than it would be alone."""
        return self.value(row, col) != round_to_step(self.exact(row, col), self.step)

    @property
    def adjusted_cells(self) -> list[Cell]:
        """Every adjusted cell, in reading order."""
        return [cell for cell in self.values if self.adjusted(*cell)]


def foot(
    cells: Mapping[Any, int], rows: Node, cols: Node, step: int, newest: Sequence[Key] | None = None
) -> Footed:
    """Round the table of ``cells`` (leaf row, leaf column -> won; a missing one is 0) to ``step`` won.

    ``newest`` names leaf columns from the newest to the oldest, by default from the last to the first;
    a column it does not name is older than all it names. ValueError for a key that stands twice in a
    tree, a cell that is no leaf of both trees, or a step under one won.
    """
    if step < 1:
        raise ValueError("a step is at least one won")
    down, across = _Axis(rows), _Axis(cols)
    if unknown := [cell for cell in cells if cell[0] not in down.leaves or cell[1] not in across.leaves]:
        raise ValueError(f"cells outside the table's leaves: {unknown[:3]}")
    exacts = _sums(cells, down, across)
    order = list(across.leaves)[::-1] if newest is None else newest
    leaves = _Rounding(down, across, exacts, step, order).leaves()
    return Footed(step, _sums(leaves, down, across), exacts)


class _Axis:
    """A tree laid out: keys in reading order, each one's parent and children, and which are leaves."""

    def __init__(self, root: Node) -> None:
        self.root = root.key
        self.children: dict[Key, list[Key]] = {}
        self.parent: dict[Key, Key] = {}
        for node in _walk(root):
            if node.key in self.children:
                raise ValueError(f"a key stands twice in a tree: {node.key!r}")
            self.children[node.key] = [child.key for child in node.children]
            self.parent |= {child.key: node.key for child in node.children}
        self.keys = list(self.children)
        self.leaves = {key: None for key, children in self.children.items() if not children}


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _sums(leaves: Mapping[Cell, int], rows: _Axis, cols: _Axis) -> dict[Cell, int]:
    """Every cell of the table, totals included, in reading order."""
    sums: dict[Cell, int] = {}
    for row, col in product(reversed(rows.keys), reversed(cols.keys)):
        if rows.children[row]:
            sums[row, col] = sum(sums[child, col] for child in rows.children[row])
        elif cols.children[col]:
            sums[row, col] = sum(sums[row, child] for child in cols.children[col])
        else:
            sums[row, col] = leaves.get((row, col), 0)
    return dict(reversed(sums.items()))


class _Rounding:
    """One table as a circulation: ``spread`` nodes hand a cell on to its parts, ``gather`` nodes sum up."""

    def __init__(
        self, rows: _Axis, cols: _Axis, exacts: Mapping[Cell, int], step: int, newest: Sequence[Key]
    ) -> None:
        self.rows, self.cols, self.exacts, self.step = rows, cols, exacts, step
        self.ties = _ties(rows, cols, newest)
        self.won = 1 + sum(self.ties.values())  # one won weighs more than all ties together
        self.grand: Cell = (rows.root, cols.root)

    def leaves(self) -> dict[Cell, int]:
        """The leaf cells in steps."""
        if len(self.exacts) == 1:
            return {self.grand: self._grand_total()}
        cells, arcs = zip(*self._arcs(), strict=True)
        flows = zip(cells, circulate(arcs), strict=True)
        return {cell: flow for cell, flow in flows if self._is_leaf(cell)}

    def _arcs(self) -> Iterator[tuple[Cell, Arc]]:
        """The arc of every cell. In a table of one row or one column a cell can be spread *and* gathered:
        it has two arcs then and pays once."""
        yield self.grand, Arc(("gather", self.grand), ("spread", self.grand), self._grand_total())
        for cell in self.exacts:
            if cell == self.grand:
                continue
            spreads = cell[0] in self.rows.leaves or cell[1] == self.cols.root
            gathers = cell[1] in self.cols.leaves or cell[0] == self.rows.root
            if self._is_leaf(cell):
                yield cell, self._arc(cell, self._spread_from(cell), self._gather_into(cell))
                continue
            if spreads:
                yield cell, self._arc(cell, self._spread_from(cell), ("spread", cell))
            if gathers:
                yield cell, self._arc(cell, ("gather", cell), self._gather_into(cell), free=spreads)

    def _is_leaf(self, cell: Cell) -> bool:
        return cell[0] in self.rows.leaves and cell[1] in self.cols.leaves

    def _grand_total(self) -> int:
        return round_to_step(self.exacts[self.grand], self.step)

    def _spread_from(self, cell: Cell) -> Key:
        """Rows are spread at the total column, then each row over its columns."""
        row, col = cell
        whole = (self.rows.parent[row], col) if col == self.cols.root else (row, self.cols.parent[col])
        return "spread", whole

    def _gather_into(self, cell: Cell) -> Key:
        """Rows are gathered in each leaf column, then the total row over its columns."""
        row, col = cell
        whole = (row, self.cols.parent[col]) if row == self.rows.root else (self.rows.parent[row], col)
        return "gather", whole

    def _arc(self, cell: Cell, tail: Key, head: Key, free: bool = False) -> Arc:
        """Floor or ceiling, priced by the deviation in won and then by the tie rule; whole steps stay."""
        low, rest = divmod(self.exacts[cell], self.step)
        if not rest:
            return Arc(tail, head, low)
        if free:
            return Arc(tail, head, low, 0)
        own = round_to_step(self.exacts[cell], self.step)
        tie = self.ties[cell] if own == low else -self.ties[cell]
        return Arc(tail, head, low, (self.step - 2 * rest) * self.won + tie)


def _ties(rows: _Axis, cols: _Axis, newest: Sequence[Key]) -> dict[Cell, int]:
    """What adjusting a cell costs where deviations are equal: an older column outweighs all newer ones."""
    size = len(rows.keys) * len(cols.keys)
    height = len(rows.keys)
    per_row = 1 + size * height
    ranks = dict(_ranks(cols, newest))
    return {
        (row, col): (1 + size) ** ranks[col] * per_row + height - at
        for at, row in enumerate(rows.keys)
        for col in cols.keys
    }


def _ranks(cols: _Axis, newest: Sequence[Key]) -> Iterable[tuple[Key, int]]:
    """0 for the newest column, rising with age; subtotals and totals last of all."""
    named = {key: rank for rank, key in enumerate(newest)}
    for col in cols.keys:
        yield col, named.get(col, len(named)) if col in cols.leaves else len(named) + 1
