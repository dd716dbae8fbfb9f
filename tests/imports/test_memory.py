"""What keeps an import of 100,000 rows small (``python -m bench.imports`` measures it)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from weakref import ref

import pytest

from accounts.importing import Source, look, reading
from common.importing import Checked, Options, Outcome, Row, State
from common.importing.sharing import MOST, Shared
from documents.reading import open_book
from enterprises.imports import KIND
from tests.imports.sheets import xlsx


def test_equal_values_are_one_object() -> None:
    shared = Shared()
    first, second = "".join(("가온", "협동조합")), "".join(("가온", "협동조합"))
    assert first is not second
    assert shared(first) is shared(second)


def test_not_everything_is_remembered() -> None:
    shared = Shared()
    for number in range(MOST + 10):
        shared(f"제{number}호")
    late = [shared("".join(("제", "끝호"))) for _ in range(2)]
    assert (late[0] == late[1], late[0] is late[1]) == (True, False)


def test_the_file_is_let_go_before_its_rows_are_checked(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheet and outcomes of a long file do not fit beside each other."""
    sheets, alive = [], []

    def opening(*args: Any) -> Any:
        book = open_book(*args)
        sheets.extend(ref(sheet) for sheet in book.sheets)
        return book

    def check(rows: Sequence[Row], options: Options) -> Checked:
        alive.extend(sheet() for sheet in sheets)
        return Checked([Outcome(row, State.UNCHANGED) for row in rows])

    monkeypatch.setattr(reading, "open_book", opening)
    source = Source(xlsx([["기업명", "유형"], ["가온(예시)", "인증"]]), "명단.xlsx")
    preview = look(replace(KIND, check=check), source, date(2026, 6, 30))
    assert (len(preview.outcomes), alive) == (1, [None])
