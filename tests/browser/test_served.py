"""What `make run` does, with the settings and the server that an office uses: prepared, served by gunicorn, opened."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "demo-of-tests-1"


def environment(folder: Path) -> dict[str, str]:
    """A new installation's: its own database, not the suite's settings."""
    inherited = {
        k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "DEBUG", "ALLOWED_HOSTS"}
    }
    own = {"DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}", "DEMO_PASSWORD": PASSWORD}
    return inherited | own | {"DJANGO_SECRET_KEY": "only-for-this-test", "PYTHONUNBUFFERED": "1"}


def prepare(env: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "prepare", "--address", "http://127.0.0.1:8000"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def first_start(env: dict[str, str]) -> str:
    return prepare(env)


@pytest.fixture(scope="module")
def address(env: dict[str, str], first_start: str) -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "gwanak_se.wsgi",
        "--bind",
        "127.0.0.1:0",
        "--log-level",
        "info",
    ]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        yield next(line.split()[-2] for line in server.stderr if "Listening at" in line)
        server.terminate()


def test_the_first_start_tells_address_and_accounts(first_start: str) -> None:
    assert "http://127.0.0.1:8000/" in first_start
    assert PASSWORD in first_start
    assert all(name in first_start for name in ("staff", "manager", "coordinator", "auditor", "admin"))


def test_a_new_installation_opens_on_the_dashboard(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, locale="ko-KR")
    answers = {}
    page.on("response", lambda response: answers.update({response.url: response}))
    page.goto("/")
    page.get_by_label("사용자 이름").fill("staff")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("navigation", name="주 메뉴")).to_be_visible()
    expect(page.locator("#main")).to_contain_text("1-3")
    sheet = next(response for url, response in answers.items() if "/css/app." in url)
    assert "immutable" in sheet.headers["cache-control"]
    assert sheet.headers["content-encoding"] in {"br", "gzip"}
    assert [url for url in answers if not url.startswith(address)] == []
    assert [url for url, response in answers.items() if response.status >= 400] == []
    page.close()


def test_a_second_start_keeps_everything(env: dict[str, str], address: str) -> None:
    again = prepare(env)
    assert PASSWORD in again
    assert "새로 0" in again
