"""Whatever years, sources, units, heads and boxes a card has: every figure of it is read, and nothing else."""

from __future__ import annotations

import pytest

from pledges.reading.model import ReadIndicator

from .helpers import messages, read
from .made_up import STATES, Maker, Row

SOME = 15


def _read_row(row: ReadIndicator) -> Row:
    assert row.term_target is not None
    assert row.actual is not None
    return Row(
        row.name, row.unit, row.weight, row.term_target, row.years, row.actual, row.rate_text, row.quarters
    )


@pytest.mark.parametrize("start", range(0, 4 * SOME, SOME))
def test_every_figure_of_a_made_up_card_is_read(start: int) -> None:
    for seed in range(start, start + SOME):
        maker = Maker(seed)
        text, truth = maker.card(), maker.truth
        found = read(text)
        card = found.card
        assert not found.faults.errors, f"{seed}: {messages(found.faults.errors)}"
        assert not found.unplaced, f"{seed}: {found.unplaced}"
        assert (card.number, card.term and card.term.name) == (truth.number, truth.term), seed
        assert card.header.status == STATES[truth.state], seed
        assert [_read_row(row) for row in card.indicators] == truth.rows, seed
        assert (card.cost.parts if card.cost else {}) == truth.cost, seed
        assert (card.execution.cells if card.execution else {}) == truth.spent, seed
        assert (card.overall_text or None) == truth.overall, seed
        assert {each.where for each in found.faults.findings} == truth.findings, seed
