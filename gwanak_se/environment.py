"""Reading the process environment: every fault is an error at start, never a silent default."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from common.kept_secret import kept_secret

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


def flag(name: str, default: bool) -> bool:
    """The boolean variable `name`; an unset or empty one is `default`, a misspelt one an error."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in _YES | _NO:
        return text in _YES
    raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off; it is {text!r}.")


def words(name: str, default: Iterable[str]) -> list[str]:
    """The comma separated variable `name`, without empty parts."""
    found = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    return found or list(default)


def only_loopback(hosts: Iterable[str]) -> bool:
    """True if none but this machine itself can be meant by `hosts`."""
    return all(host in LOOPBACK for host in hosts)


def secret_key(hosts: Iterable[str], keep_in: Path) -> str:
    """DJANGO_SECRET_KEY; on loopback alone one is made at first use and kept in `keep_in`."""
    given = os.environ.get("DJANGO_SECRET_KEY", "")
    if given:
        return given
    if not only_loopback(hosts):
        raise ImproperlyConfigured(
            "DJANGO_SECRET_KEY is required when ALLOWED_HOSTS names more than loopback."
        )
    return kept_secret(keep_in)


def database(url: str) -> dict[str, Any]:
    """Django's settings of the database `url` (`sqlite:///path` or `postgres://user:pw@host:port/name`)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL must start with sqlite:/// or postgres://, not {parts.scheme!r}."
    )


def _sqlite(path: str) -> dict[str, Any]:
    # sqlite:///relative/path and sqlite:////absolute/path
    name = path.removeprefix("/")
    if not name:
        raise ImproperlyConfigured("DATABASE_URL=sqlite:///… lacks the path of the file.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # A write transaction takes its lock at the start: two savers queue instead of failing half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    # A socket directory cannot stand in the host part of an address: ?host=/run/postgresql
    host = options.pop("host", parts.hostname or "")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL=postgres://… lacks the name of the database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
