"""Money tables of reports: rounded once so that rows, groups and columns foot (DOMAIN §4.5; common.footing)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from common.footing import Footed, Node, foot, tree
from common.money import WON as WON_UNIT
from common.money import Unit, signed
from documents.cells import number
from documents.table import Column
from subsidies.models import SOURCES, Source

ALL = "계"
WON = number(width=13)
# Rounding a longer table so that it foots would take longer than a page may.
MOST_AT_ONCE = 1000
NAMED_ADJUSTMENTS = 6
SOURCE_NAMES = {source.value: str(source.label) for source in Source}

Cells = Mapping[tuple[Any, Any], int]


@dataclass(frozen=True)
class Rounded:
    """A footed table by row key and column key, and the words about its adjusted cells."""

    footed: Footed
    unit: Unit
    cols: Mapping[Any, str]

    def row(self, key: Hashable) -> dict[str, int]:
        """The printed figures of a row by column key."""
        return {str(col): self.footed.value(key, col) for col in self.cols}

    def notes(self, name: Mapping[Any, str], taken_off: Hashable = None) -> list[str]:
        """Which cells are printed beside their nearest figure so that the table foots, with their exact won.

        The column ``taken_off`` holds its figures with a minus and is told without.
        """
        sign = {taken_off: -1}
        found = [
            f"{name[row]} {self.cols[col]} {signed(sign.get(col, 1) * self.footed.value(row, col))}"
            f"({signed(sign.get(col, 1) * self.footed.exact(row, col))}원)"
            for row, col in self.footed.adjusted_cells
            if row in name and col in self.cols
        ]
        if not found:
            return []
        rest = len(found) - NAMED_ADJUSTMENTS
        more = f" 외 {rest}칸(원 단위로 조회하면 정확한 금액이 나옵니다)" if rest > 0 else ""
        return [f"합계를 맞추려고 반올림을 조정한 칸: {', '.join(found[:NAMED_ADJUSTMENTS])}{more}."]


def rounded(
    cells: Cells, rows: Iterable[Hashable | Node], printed: Unit, cols: Node | None = None
) -> Rounded:
    """``cells`` (row, source -> won) in steps of the unit. ``rows`` may be nested, ``cols`` then may not."""
    across = cols or tree(ALL, *SOURCES)
    names = {key: SOURCE_NAMES.get(str(key), str(key)) for key in _keys(across)}
    return Rounded(foot(cells, tree(ALL, *rows), across, printed.step), printed, names)


def unit_for(rows: int, printed: Unit) -> Unit:
    """The unit asked for; whole won, which foot by themselves, where the table is too long to round as one."""
    return printed if rows <= MOST_AT_ONCE else WON_UNIT


def _keys(node: Node) -> list[Hashable]:
    return [node.key, *(key for child in node.children for key in _keys(child))]


def rounded_groups(
    cells: Cells, groups: Mapping[Hashable, Sequence[Hashable]], printed: Unit
) -> tuple[Rounded, Rounded]:
    """A table of groups, and one of the rows within them: group totals are the same figures in both.

    More rows than ``MOST_AT_ONCE`` are left in whole won, which foot by themselves: their table has its own unit.
    """
    if sum(map(len, groups.values())) <= MOST_AT_ONCE:
        both = rounded(cells, [tree(group, *rows) for group, rows in groups.items()], printed)
        return both, both
    sums: dict[tuple[Any, Any], int] = defaultdict(int)
    group_of = {row: group for group, rows in groups.items() for row in rows}
    for (row, source), won in cells.items():
        sums[group_of[row], source] += won
    return rounded(sums, groups, printed), rounded(cells, group_of, WON_UNIT)


def column_of(
    won: Mapping[Any, int | None],
    printed: Unit,
    label: str = "",
    names: Mapping[Any, str] | None = None,
    notes: list[str] | None = None,
) -> dict[Any, int | None]:
    """One column of won by row key, rounded so that it foots; None (not known) stays None.

    ``notes`` gets the words about adjusted cells, which call the column ``label`` and its rows by ``names``.
    """
    known = {(key, ALL): value for key, value in won.items() if value is not None}
    done = replace(rounded(known, [key for key, _ in known], printed, tree(ALL)), cols={ALL: label})
    if notes is not None:
        notes += done.notes(names or {})
    return {key: done.footed.value(key, ALL) if value is not None else None for key, value in won.items()}


def source_columns(group: str = "", width: float = 12) -> tuple[Column, ...]:
    """계 before 국비, 시비, 구비, 기타; rows are mappings with those keys under ``money``."""
    prefix = f"{group}/" if group else ""
    parts = tuple(f"{prefix}{name}" for name in SOURCE_NAMES.values())
    total = Column("계", _of(ALL), WON, width=width + 2, group=group, sums=True, parts=parts)
    return (
        total,
        *(
            Column(name, _of(key), WON, width=width, group=group, sums=True)
            for key, name in SOURCE_NAMES.items()
        ),
    )


def _of(key: str) -> Any:
    return lambda row: row["money"][key]
