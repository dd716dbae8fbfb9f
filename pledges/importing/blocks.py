"""The rows of a long preview in the cache, block by block: written and read whole they would take twice the memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.cache import caches

from common.importing import Outcome
from common.importing.parsing import shown_cell
from documents.reading.limits import MOST_ROWS

# Rows that are kept together; a file of more is long. Below this a reading takes less than a second.
BLOCK = 3_000
SECONDS = 24 * 60 * 60
TEXTS, OUTCOMES = "texts", "outcomes"

# Cells by heading, by the row's key.
Texts = dict[str, dict[str, str]]


class Writer:
    """Takes the cells of every row as it is read. ``block``: those that the cache does not have."""

    def __init__(self, key: str) -> None:
        self.key, self.blocks = key, 0
        self.block: Texts = {}

    def add(self, row: str, cells: Mapping[str, Any]) -> None:
        if len(self.block) == BLOCK:
            self.put()
        self.block[row] = {heading: shown_cell(cell) for heading, cell in cells.items()}

    def put(self) -> None:
        """Moves the block to the cache."""
        caches["previews"].set(_name(self.key, TEXTS, self.blocks), self.block, SECONDS)
        self.blocks, self.block = self.blocks + 1, {}


def keep_outcomes(key: str, outcomes: Sequence[Outcome]) -> None:
    for number, start in enumerate(range(0, len(outcomes), BLOCK)):
        caches["previews"].set(_name(key, OUTCOMES, number), outcomes[start : start + BLOCK], SECONDS)


def kept_outcomes(key: str, rows: int) -> list[Outcome] | None:
    """All of them; None where the cache has thrown a block out."""
    blocks = _blocks(key, OUTCOMES, range(-(-rows // BLOCK)))
    return None if blocks is None else [outcome for block in blocks for outcome in block]


def kept_texts(key: str, places: Iterable[int]) -> Texts | None:
    """The blocks that hold the rows at ``places`` of the file; None where the cache has thrown one out."""
    blocks = _blocks(key, TEXTS, {place // BLOCK for place in places})
    return None if blocks is None else {row: cells for block in blocks for row, cells in block.items()}


def forget_blocks(key: str) -> None:
    most = range(MOST_ROWS // BLOCK + 1)
    caches["previews"].delete_many(_name(key, what, number) for what in (TEXTS, OUTCOMES) for number in most)


def _blocks(key: str, what: str, numbers: Collection[int]) -> list[Any] | None:
    found = [caches["previews"].get(_name(key, what, number)) for number in numbers]
    return None if None in found else found


def _name(key: str, what: str, number: int) -> str:
    return f"{key}-{what}-{number}"
