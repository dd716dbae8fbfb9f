"""Money tables of reports: rounded once so that rows, groups and columns foot (DOMAIN §4.5; common.footing)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from common.footing import Footed, Node, foot, tree
from common.money import Unit, signed
from documents.cells import MARK, Adjusted, number
from documents.table import Column, Table
from subsidies.models import SOURCES, Source

ALL = "계"
WON = number(width=13)
NAMED_ADJUSTMENTS = 12
SOURCE_NAMES = {source.value: str(source.label) for source in Source}

Cells = Mapping[tuple[Any, Any], int]


@dataclass(frozen=True)
class Rounded:
    """A footed table by row key and column key; columns in ``minus`` are held with a minus and printed without."""

    footed: Footed
    columns: Sequence[Any]
    minus: Collection[Any] = ()

    def figure(self, row: Hashable, col: Hashable) -> int:
        """A printed cell; one that is not its own nearest rounding says its exact won."""
        sign = -1 if col in self.minus else 1
        figure = sign * self.footed.value(row, col)
        if not self.footed.adjusted(row, col):
            return figure
        return Adjusted(figure, sign * self.footed.exact(row, col))

    def row(self, key: Hashable) -> dict[Any, int]:
        """The printed cells of a row by column key."""
        return {col: self.figure(key, col) for col in self.columns}

    def exact(self, names: Mapping[str, Any]) -> dict[str, int]:
        """The won of what is adjusted in the 계 row, for ``Table.exact``; ``names``: columns' names -> their keys."""
        sums = {name: self.figure(ALL, key) for name, key in names.items()}
        return {name: figure.won for name, figure in sums.items() if isinstance(figure, Adjusted)}


def rounded(
    cells: Cells,
    rows: Iterable[Hashable | Node],
    printed: Unit,
    cols: Node | None = None,
    minus: Collection[Any] = (),
) -> Rounded:
    """``cells`` (row, source -> won) in steps of the unit. ``rows`` may be nested, ``cols`` then may not."""
    across = cols or tree(ALL, *SOURCES)
    return Rounded(foot(cells, tree(ALL, *rows), across, printed.step), _keys(across), minus)


def _keys(node: Node) -> list[Hashable]:
    return [node.key, *(key for child in node.children for key in _keys(child))]


def column_of(won: Mapping[Any, int | None], printed: Unit) -> dict[Any, int | None]:
    """One column of won by row key, rounded so that it foots; None (not known) stays None."""
    known = {(key, ALL): value for key, value in won.items() if value is not None}
    done = rounded(known, [key for key, _ in known], printed, tree(ALL))
    return {key: done.figure(key, ALL) if value is not None else None for key, value in won.items()}


def with_adjustments(table: Table) -> Table:
    """The table with a note that names its adjusted cells and their exact won: paper has no tooltips (DOMAIN §4.5)."""
    kept = replace(table, rows=list(table.rows))
    body = list(kept.values())
    found = _adjusted(kept, kept.total, kept.total_values(body)) if kept.sums else []
    for values in body:
        found += _adjusted(kept, f"{values[0]}번" if kept.numbered else str(values[0]), values)
    if not found:
        return kept
    rest = len(found) - NAMED_ADJUSTMENTS
    more = f" 외 {rest}칸(화면과 엑셀에서는 칸의 메모로 보입니다)" if rest > 0 else ""
    told = f"{MARK} 합계를 맞추려고 반올림을 조정한 칸: {', '.join(found[:NAMED_ADJUSTMENTS])}{more}."
    return replace(kept, notes=[*kept.notes, told])


def _adjusted(table: Table, row: str, values: Sequence[Any]) -> list[str]:
    """``2번 구비 4(4,400원)`` for each adjusted cell of a row."""
    return [
        f"{row} {column.name.replace('/', ' ')} {signed(int(value))}({signed(value.won)}원)"
        for column, value in zip(table.shown, values, strict=True)
        if isinstance(value, Adjusted)
    ]


def source_names(group: str = "") -> dict[str, str]:
    """The names of ``source_columns`` and what they show: ``집행액/국비`` -> ``national``."""
    prefix = f"{group}/" if group else ""
    return {f"{prefix}{name}": key for key, name in {ALL: ALL, **SOURCE_NAMES}.items()}


def source_columns(group: str = "", width: float = 12) -> tuple[Column, ...]:
    """계 before 국비, 시비, 구비, 기타; rows are mappings with those keys under ``money``."""
    _, *parts = source_names(group)
    return (
        Column(ALL, _of(ALL), WON, width=width + 2, group=group, sums=True, parts=tuple(parts)),
        *(
            Column(name, _of(key), WON, width=width, group=group, sums=True)
            for key, name in SOURCE_NAMES.items()
        ),
    )


def _of(key: str) -> Any:
    return lambda row: row["money"][key]
