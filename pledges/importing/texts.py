"""The cells of a preview's rows as text: those of a short file in memory, those of a long one in the cache."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.cache import caches

from common.importing.parsing import shown_cell
from documents.reading.limits import MOST_ROWS

# Rows whose cells are kept together; a file of more is long. Below this a reading takes less than a second.
BLOCK = 3_000
SECONDS = 24 * 60 * 60

# Cells by heading, by the row's key.
Texts = dict[str, dict[str, str]]


class Writer:
    """Takes every row as it is read. ``block``: the rows that the cache does not have."""

    def __init__(self, key: str) -> None:
        self.key, self.blocks = key, 0
        self.block: Texts = {}

    def add(self, row: str, cells: Mapping[str, Any]) -> None:
        if len(self.block) == BLOCK:
            self.put()
        self.block[row] = {heading: shown_cell(cell) for heading, cell in cells.items()}

    def put(self) -> None:
        """Moves the block to the cache."""
        caches["previews"].set(_name(self.key, self.blocks), self.block, SECONDS)
        self.blocks, self.block = self.blocks + 1, {}


def kept_texts(key: str, places: Collection[int]) -> Texts | None:
    """The rows of the blocks that hold the rows at ``places`` of the file; None where the cache threw one out."""
    wanted = {place // BLOCK for place in places}
    blocks = caches["previews"].get_many([_name(key, number) for number in wanted])
    if len(blocks) < len(wanted):
        return None
    return {row: cells for block in blocks.values() for row, cells in block.items()}


def forget_texts(key: str) -> None:
    caches["previews"].delete_many([_name(key, number) for number in range(MOST_ROWS // BLOCK + 1)])


def _name(key: str, number: int) -> str:
    return f"{key}-{number}"
