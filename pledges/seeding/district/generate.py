from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pledges.models import Term
from pledges.seeding.fixtures import load
from subsidies.models import Program

from .fairs import make_markets
from .money import make_money, make_programs
from .openings import make_openings, plan_costs
from .plans import make_pledges
from .register import make_register
from .size import Dice, Frame, Size, Writer


class AlreadyThere(Exception):
    """The database holds a synthetic district: a second would have the same names."""


@transaction.atomic
def generate(size: Size, tell: Callable[[str, int], None] = lambda name, rows: None) -> dict[str, int]:
    """Make a district; how many rows of what. All or nothing. ``tell`` hears each step.

    The years end with the last year of the oldest term, which must be there or come with the code tables.
    AlreadyThere where one was made before.
    """
    if Program.objects.filter(name__endswith="(예시)").exists():
        raise AlreadyThere
    load(Path(settings.FIXTURE_DIRS[0]) / "codes.json")
    term = Term.objects.earliest("starts_on")
    last = term.ends_on.year
    frame = Frame(
        term=term,
        years=tuple(range(last - size.years + 1, last + 1)),
        size=size,
        dice=Dice(size.seed),
        writer=Writer(tell),
    )
    firms = make_register(frame)
    programs = make_programs(frame)
    pledges = make_pledges(frame, programs, make_markets(frame, firms))
    make_money(frame, programs, firms)
    make_openings(frame, pledges)
    plan_costs(frame, pledges)
    return frame.writer.written
