"""The process killed at random moments of an import: the database always holds none of it or all.

IMPORT_KILLS=20 IMPORT_KILL_ROWS=10000 pytest tests/imports/test_kill.py kills as often, and as late, as the issue asks.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from bench.import_worker import workbook

KILLS = int(os.environ.get("IMPORT_KILLS", "2"))
ROWS = int(os.environ.get("IMPORT_KILL_ROWS", "400"))
TABLES = ("subsidies_disbursement", "subsidies_historicaldisbursement")


def run(database: Path, *command: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    return subprocess.Popen(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )


def import_rows(database: Path, file: Path) -> "subprocess.Popen[bytes]":
    return run(database, "manage.py", "import_rows", "disbursements", str(file), "--accept-doubts")


def counts(database: Path) -> set[int]:
    with sqlite3.connect(database) as connection:
        return {connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in TABLES}


def copied(database: Path, name: str) -> Path:
    """A database of its own for each kill."""
    copy = database.with_name(name)
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("kill") / "prepared.sqlite3"
    assert run(database, "-m", "bench.import_worker", "prepare", "0").wait() == 0
    return database


def test_two_imports_at_once_do_not_double(prepared: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.xlsx"
    file.write_bytes(workbook(ROWS))
    database = copied(prepared, "two.sqlite3")
    both = [import_rows(database, file), import_rows(database, file)]
    assert [process.wait() for process in both] == [0, 0]
    assert counts(database) == {ROWS}


def test_a_killed_import_leaves_nothing_or_everything(prepared: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.xlsx"
    file.write_bytes(workbook(ROWS))
    whole = copied(prepared, "whole.sqlite3")
    start = time.monotonic()
    assert import_rows(whole, file).wait() == 0
    took = time.monotonic() - start
    assert counts(whole) == {ROWS}
    chance = random.Random(20260630)
    found = []
    for kill in range(KILLS):
        database = copied(prepared, f"{kill}.sqlite3")
        process = import_rows(database, file)
        # The first third is the interpreter's own start.
        time.sleep(took * chance.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        found.append(counts(database))
    assert [kept for kept in found if kept not in ({0}, {ROWS})] == []
