"""The records as they stood at an earlier moment: read by everything that counts, without a second way of counting.

A moment is a *mark*: how far each table's history had been written. While a mark is laid down, a temporary view stands
before each table that was written since, under the table's own name: the rows not touched since, and of the touched
ones the wording they had. No record is written or locked, and no other connection sees it (docs/adr/0009).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models

from common.history import last_numbers
from enterprises import models as enterprises
from markets import models as markets
from pledges import models as pledges
from subsidies import models as subsidies

# History table -> the number of its last row at the moment.
Mark = dict[str, int]

# What a card is made from. Left out: terms and goals, by which pages are found; what is said *about* figures
# (explanations, requests, corrections, exceptions); papers of the council.
RECORDS: tuple[type[models.Model], ...] = (
    enterprises.Enterprise, enterprises.Designation, enterprises.DesignationKind, enterprises.RegisterOpening,
    enterprises.Center, enterprises.Space, enterprises.Tenancy, enterprises.TenantOpening,
    enterprises.Committee, enterprises.Member, enterprises.MemberOpening, enterprises.Meeting,
    subsidies.ProgramGroup, subsidies.Program, subsidies.ProgramYear, subsidies.BudgetKind, subsidies.Budget,
    subsidies.Receipt, subsidies.Award, subsidies.SupportOpening, subsidies.Entrustment, subsidies.Instalment,
    subsidies.ServiceContract, subsidies.Disbursement, subsidies.Settlement, subsidies.UpwardReturn,
    markets.Market, markets.OnlineChannel, markets.MarketEvent, markets.MarketDay, markets.Participation,
    pledges.Pledge, pledges.SecuredFunds, pledges.Section, pledges.Officer, pledges.Indicator, pledges.Target,
    pledges.Result, pledges.IndicatorOpening, pledges.ExecutionOpening, pledges.Activity, pledges.Engagement,
    pledges.DocumentNote,
)  # fmt: skip


# Where each database keeps what belongs to one connection alone.
SCRATCH = {"sqlite": "temp", "postgresql": "pg_temp"}


@dataclass(frozen=True)
class Laid:
    """The mark that is laid down on this connection (None: the records of now), and the views that stand for it."""

    mark: Mark | None = None
    views: tuple[str, ...] = ()


NOTHING = Laid()
_laid: ContextVar[Laid] = ContextVar("laid", default=NOTHING)


def mark_now() -> Mark:
    """The mark of this moment. One query."""
    return last_numbers(map(_table, RECORDS))


@contextmanager
def reading(mark: Mark | None) -> Iterator[None]:
    """All reading inside sees the records of ``mark``; None: of now, also inside a reading of the past.

    For reading only: nothing can be written to a table that a view stands before. Nested readings of the same mark
    cost nothing; a first one costs a query, and two statements for each table that was written since.
    """
    before = _laid.get()
    if before.mark == mark:
        yield
        return
    _take_up(before)
    try:
        _lay(mark)
        yield
    finally:
        _take_up(_laid.get())
        _lay(before.mark)


def _lay(mark: Mark | None) -> None:
    touched = _touched(mark) if mark is not None else []
    views = [view for model in touched for view in _views(model, (mark or {})[_table(model)])]
    _laid.set(Laid(mark, tuple(name for name, _ in views)))
    with connection.cursor() as cursor:
        for name, rows in views:
            cursor.execute(f"CREATE TEMPORARY VIEW {_q(name)} AS {rows}")


def _take_up(laid: Laid) -> None:
    _laid.set(NOTHING)
    try:
        with connection.cursor() as cursor:
            for name in laid.views:
                cursor.execute(f"DROP VIEW IF EXISTS {SCRATCH[connection.vendor]}.{_q(name)}")
    except DatabaseError:
        # In a transaction that failed nothing can be dropped: then the views go with their connection.
        connection.close()
        raise


def _touched(mark: Mark) -> list[type[models.Model]]:
    """The tables written since, of those that the mark knows."""
    known = {_table(model): model for model in RECORDS if _table(model) in mark}
    parts = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_q(table)} WHERE {_since(model, mark[table])})"
        for table, model in known.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return [known[table] for (table,) in cursor.fetchall()]


def _since(model: type[models.Model], number: int) -> str:
    """What was written to a history after the mark; what closings wrote is no record and stays as it holds."""
    own = " AND NOT closed" if any(field.name == "closed" for field in model._meta.fields) else ""
    return f"history_id > {number}{own}"


def _views(model: type[models.Model], number: int) -> Iterator[tuple[str, str]]:
    """Name and rows of the view that stands before a table, and before each table of its lists (many-to-many)."""
    history, since = _q(_table(model)), _since(model, number)
    touched = f"SELECT 1 FROM {history} h WHERE h.id = r.{{key}} AND {since}"
    then = (
        f"history_id IN (SELECT MAX(history_id) FROM {history} WHERE history_id <= {number}"
        f" AND id IN (SELECT id FROM {history} WHERE {since}) GROUP BY id)"
    )
    yield _view(model, touched.format(key="id"), _table(model), f"{then} AND history_type <> '-'")
    for lists in getattr(_history(model), "_history_m2m_fields", ()):
        listed: Any = _history(model)._meta.get_field(f"{_history(model)._meta.model_name}_{lists.name}")
        owner = touched.format(key=_q(lists.m2m_column_name()))
        yield _view(lists.remote_field.through, owner, listed.related_model._meta.db_table, then)


def _view(model: type[models.Model], touched: str, history: str, then: str) -> tuple[str, str]:
    """The rows of a table that were not touched since, then those of its history."""
    table = model._meta.db_table
    columns = ", ".join(_q(str(field.column)) for field in model._meta.concrete_fields)
    own = f"{_q('main')}.{_q(table)}" if connection.vendor == "sqlite" else _q(table)
    return table, (
        f"SELECT {columns} FROM {own} r WHERE NOT EXISTS ({touched})"
        f" UNION ALL SELECT {columns} FROM {_q(history)} WHERE {then}"
    )


def _history(model: type[Any]) -> type[models.Model]:
    found: type[models.Model] = model.history.model
    return found


def _table(model: type[models.Model]) -> str:
    return _history(model)._meta.db_table


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
