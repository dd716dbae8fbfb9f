"""공약달성 확인지표 and 추진실적 총괄: which table is which; the three are joined indicator by indicator."""

from __future__ import annotations

from decimal import Decimal

from .indicator_rows import flattened, head_rows, is_indicator_table, is_quarter, label_of
from .reading import Reading
from .results import read_overall_line, read_results
from .tables import year_in, years_in
from .targets import read_quarters, read_targets


def read_indicators(reading: Reading) -> None:
    """The three tables, whichever of them there are, joined by number."""
    for section, table in reading.doc.all_tables():
        if reading.doc.is_taken(table.line) or not is_indicator_table(table):
            continue
        head = head_rows(table)
        labels = flattened(head)
        words = [label_of(label) for label in labels if year_in(label) is None]
        if sum(is_quarter(label) for label in labels) >= 2:
            read_quarters(reading, section, table, head, labels)
        elif "rate" in words or "actual" in words:
            read_results(reading, table, head, labels)
        elif any(year_in(label) or years_in(label) for label in labels) or "target" in words:
            read_targets(reading, section, table, head, labels)
    read_overall_line(reading)
    _as_percent(reading)


def _as_percent(reading: Reading) -> None:
    """Weights that make exactly 1 (0.6 + 0.4) are parts of a whole; a card prints percent."""
    rows = [row for row in reading.card.indicators if row.weight]
    if rows and sum(row.weight or 0 for row in rows) == 1:
        for row in rows:
            row.weight = (row.weight or 0) * Decimal(100)
        reading.faults.warn(rows[0].line, "가중치의 합이 1이어서 백분율(%)로 바꾸어 읽었습니다(0.6 → 60).")
