"""Clean pledges of many shapes find nothing, on any day (`worlds`)."""

from __future__ import annotations

import pytest

from pledges.models import Pledge
from pledges.reconciling import findings

from .worlds import MANY, build


@pytest.mark.parametrize("number", range(1, MANY + 1) if MANY else [3, 11])
def test_a_clean_pledge_of_any_shape_finds_nothing(db: None, number: int) -> None:
    world = build(number)
    for day in (world.days[1], world.days[3]):
        found = findings(Pledge.objects.get(pk=world.pledge.pk), day)
        assert [(one.code, one.where, one.left.text, one.right.text) for one in found] == [], day
