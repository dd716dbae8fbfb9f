import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from common.kept_secret import kept_secret
from gwanak_se import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("True", True), ("off", False), ("NO", False), ("", True)]
)
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", text)
    assert environment.flag("SOME_FLAG", default=True) is value


def test_a_misspelt_flag_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_FLAG", "ture")
    with pytest.raises(ImproperlyConfigured, match="SOME_FLAG"):
        environment.flag("SOME_FLAG", default=False)


def test_words_are_split_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example , b.example,,")
    assert environment.words("HOSTS", default=["c"]) == ["a.example", "b.example"]
    monkeypatch.setenv("HOSTS", "")
    assert environment.words("HOSTS", default=["c"]) == ["c"]


def test_sqlite_takes_its_write_lock_at_once() -> None:
    described = environment.database("sqlite:////srv/data/gwanak.sqlite3")
    assert described["NAME"] == "/srv/data/gwanak.sqlite3"
    assert described["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in described["OPTIONS"]["init_command"]


def test_a_relative_sqlite_path() -> None:
    assert environment.database("sqlite:///var/x.sqlite3")["NAME"] == "var/x.sqlite3"


def test_postgresql_by_host() -> None:
    described = environment.database("postgres://office:p%40ss@db.example:5433/gwanak?sslmode=require")
    expected = {"NAME": "gwanak", "USER": "office", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}
    assert {name: described[name] for name in expected} == expected
    assert described["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_by_socket() -> None:
    described = environment.database("postgresql://postgres:@/postgres?host=/tmp/pg")
    assert (described["HOST"], described["NAME"], described["OPTIONS"]) == ("/tmp/pg", "postgres", {})


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///", "postgres://host", "nonsense"])
def test_a_database_that_cannot_be_meant_is_an_error(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        environment.database(url)


def test_another_host_needs_its_own_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="DJANGO_SECRET_KEY"):
        environment.secret_key(["pledges.example"], tmp_path / "key")
    assert not (tmp_path / "key").exists()
    monkeypatch.setenv("DJANGO_SECRET_KEY", "given")
    assert environment.secret_key(["pledges.example"], tmp_path / "key") == "given"


def test_on_loopback_a_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    made = kept_secret(path)
    assert len(made) >= 50
    assert kept_secret(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def started_with(**variables: str) -> subprocess.CompletedProcess[str]:
    """The settings as a new process reads them; prints what the cookies are like."""
    code = (
        "from gwanak_se import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    cleared = {
        name: value for name, value in os.environ.items() if name not in {"DEBUG", "ALLOWED_HOSTS", "HTTPS"}
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=cleared | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_loopback_runs_without_debug_and_over_http() -> None:
    assert started_with().stdout.split() == ["False", "False", "False"]


def test_another_host_sends_its_cookies_over_https_only() -> None:
    started = started_with(ALLOWED_HOSTS="pledges.example", DJANGO_SECRET_KEY="k")
    assert started.stdout.split() == ["False", "True", "True"]


def test_another_host_without_a_secret_does_not_start() -> None:
    failed = started_with(ALLOWED_HOSTS="pledges.example", DJANGO_SECRET_KEY="")
    assert failed.returncode != 0
    assert "DJANGO_SECRET_KEY is required" in failed.stderr
