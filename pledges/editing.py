"""Writes of the editing pages that touch several rows: each one transaction, each with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.editing import locked
from common.voiding import void
from pledges.models import Indicator, Pledge, SecuredFunds, Target
from pledges.targets import Period, in_force


class Conflict(Exception):
    """Somebody saved the same table since it was opened."""


def version_of(rows: Iterable[Any]) -> str:
    """The edit version of a whole table: changes with any of its rows."""
    text = ",".join(f"{row.pk}:{row.revision}" for row in sorted(rows, key=lambda row: row.pk))
    return sha256(text.encode()).hexdigest()[:16]


def _check(rows: Iterable[Any], version: str) -> None:
    if version_of(rows) != version:
        raise Conflict


def next_no(rows: models.QuerySet[Any]) -> int:
    """The number a new row of a numbered table takes: after the last live one (DOMAIN §8)."""
    return (rows.filter(voided_at__isnull=True).aggregate(last=models.Max("no"))["last"] or 0) + 1


def save_secured(
    pledge: Pledge, cells: Mapping[tuple[int, str], int | None], version: str, user: Any
) -> None:
    """확보액 by year and source, in won. An emptied cell voids its row. Conflict if somebody saved first."""
    with transaction.atomic():
        locked(pledge)
        rows = {(row.year, row.source): row for row in pledge.secured.live()}
        _check(rows.values(), version)
        added, changed = [], []
        for (year, source), amount in cells.items():
            row = rows.get((year, source))
            if row is None and amount is not None:
                added.append(SecuredFunds(pledge=pledge, year=year, source=source, amount=amount))
            elif row is not None and amount is None:
                void(row, user, "확보액을 비움")
            elif row is not None and amount is not None and row.amount != amount:
                row.amount, row.revision = amount, row.revision + 1
                changed.append(row)
        bulk_create_with_history(added, SecuredFunds, default_user=user)
        bulk_update_with_history(changed, SecuredFunds, ["amount", "revision"], default_user=user)


@dataclass(frozen=True)
class Change:
    """How a change of targets came about (관악구 구청장공약관리규칙 제865호)."""

    valid_from: date
    reason: str = ""
    ground: str = ""
    panel_on: date | None = None
    notice_on: date | None = None


def save_targets(
    indicator: Indicator, values: Mapping[Period, Decimal | None], change: Change, version: str, user: Any
) -> int:
    """Adds a version for each period in ``values``; the number of them. Conflict if somebody saved first.

    A version of the same day is corrected in place: it never held in another wording, and history keeps the old.
    """
    with transaction.atomic():
        locked(indicator)
        rows = list(indicator.targets.live())
        _check(rows, version)
        same_day = {(row.year, row.quarter): row for row in rows if row.valid_from == change.valid_from}
        added, corrected = [], []
        for period, value in values.items():
            row = same_day.get(period)
            if row is None:
                row = Target(indicator=indicator, year=period[0], quarter=period[1])
                added.append(row)
            else:
                row.revision += 1
                corrected.append(row)
            row.value = value
            for name in FIELDS:
                setattr(row, name, getattr(change, name))
        bulk_create_with_history(added, Target, default_user=user)
        bulk_update_with_history(corrected, Target, ["value", "revision", *FIELDS], default_user=user)
    return len(values)


def mend_targets(
    indicator: Indicator, values: Mapping[Period, Decimal | None], why: str, version: str, user: Any
) -> int:
    """Puts wrongly copied targets right in the version that holds, which keeps its day and ground; how many.

    A period without a target gets its first. Conflict if somebody saved first.
    """
    with transaction.atomic():
        locked(indicator)
        rows = list(indicator.targets.live())
        _check(rows, version)
        by_period: dict[Period, list[Target]] = {}
        for row in rows:
            by_period.setdefault((row.year, row.quarter), []).append(row)
        term = indicator.pledge.term
        for period, value in values.items():
            found = by_period.get(period)
            row = in_force(found, term.ends_on) if found else Target(
                indicator=indicator, year=period[0], quarter=period[1], valid_from=term.starts_on
            )  # fmt: skip
            row.revision += 1 if row.pk else 0
            row.value, row._history_user = value, user  # type: ignore[attr-defined]
            row._change_reason = f"오기 정정: {why}"[:100]  # type: ignore[attr-defined]
            row.save()
    return len(values)


FIELDS = ("valid_from", "reason", "ground", "panel_on", "notice_on")
