"""Rows that many tests start from: made once in each process, then copied (the seed card in a tenth of the time)."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any, TypeVar

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

T = TypeVar("T")

# Django fills these itself when it makes a database.
GIVEN = {"django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Kept:
    """An answer (pickled: each test changes its own), and the rows of each table that has any."""

    answer: bytes
    tables: dict[str, Any]


_kept: dict[str, Kept] = {}


def copied(name: str, make: Callable[[], T]) -> T:
    """What ``make`` writes and returns; in every test of a process the same rows with the same keys and times.

    That holds in a database without rows. Beside rows that are there already ``make`` itself runs.
    """
    if _filled():
        return make()
    if name not in _kept:
        answer = make()
        _kept[name] = Kept(pickle.dumps(answer), {table: _read(table) for table in _filled()})
        return answer
    _put_back(_kept[name].tables)
    found: T = pickle.loads(_kept[name].answer)
    return found


def seed() -> None:
    """What ``load_seed`` brings, examples included."""
    copied("seed", lambda: call_command("load_seed", stdout=StringIO()))


@transaction.atomic
def _put_back(tables: dict[str, Any]) -> None:
    for table, rows in tables.items():
        _write(table, rows)
    if connection.vendor == "postgresql":
        # Keys go on after the copied ones: this database counts them beside the rows.
        with connection.cursor() as cursor:
            counters = connection.ops.sequence_reset_sql(no_style(), [_models()[table] for table in tables])
            cursor.execute(" ".join(counters))


def _filled() -> list[str]:
    """The tables that have rows. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_which())
        return [table for (table,) in cursor.fetchall()]


@cache
def _which() -> str:
    return " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in _models())


@cache
def _models() -> dict[str, type[models.Model]]:
    """Every table that tests write to."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: model for table, model in sorted(found.items()) if table not in GIVEN}


def _read(table: str) -> Any:
    """The rows as the database writes them: on PostgreSQL the text of COPY, on SQLite tuples."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', text)
            return text.getvalue()
        # The sign keeps sqlite3 from turning a column's text into a date and back.
        cursor.execute(f'SELECT {", ".join(f"+{name}" for name in _columns(table))} FROM "{table}"')
        return cursor.fetchall()


def _write(table: str, rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', StringIO(rows))
        else:
            names = _columns(table)
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})', rows)


@cache
def _columns(table: str) -> list[str]:
    """The columns of a table that are not computed by the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")
        return [f'"{name}"' for (name,) in cursor.fetchall()]
