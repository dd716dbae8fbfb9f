"""Importing a card: read, store, or say why not; all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, transaction

from pledges.models import Pledge

from .parse import Options, Read, read_card
from .store import store
from .store.keeper import Keeper


@dataclass
class Outcome:
    """What was read, and the pledge made of it (None: errors, or only tried)."""

    read: Read
    pledge: Pledge | None = None

    @property
    def failed(self) -> bool:
        return bool(self.read.faults.errors)


def import_card(text: str, options: Options, name: str, today: date, dry_run: bool = False) -> Outcome:
    """Reads ``text`` (of the document ``name``) and stores it in one transaction.

    With ``dry_run`` everything is tried and taken back, so that what the database would refuse is told too.
    """
    read = read_card(text, options, today)
    if read.faults.errors:
        return Outcome(read)
    keeper = Keeper(f"공약카드 {read.card.number} 가져오기({name})"[:150], read.faults)
    pledge: Pledge | None = None
    try:
        with transaction.atomic():
            pledge = store(keeper, read, asked_day=options.as_of is not None)
            if dry_run or read.faults.errors:
                transaction.set_rollback(True)
    except DatabaseError as error:
        read.faults.error(
            0, f"저장할 수 없는 값이 있습니다. 담당자에게 알려 주십시오. ({type(error).__name__}: {error})"
        )
    return Outcome(read, None if dry_run or read.faults.errors else pledge)
