"""docs/notation.md promises what is read and what is refused; every example in it is tried."""

import re
from pathlib import Path

import pytest

from common.notation import NotationError, read_money, read_period

DOC = (Path(__file__).resolve().parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")


def examples(section: str) -> list[tuple[str, str]]:
    """(text, second column) of every code span in the first column of the section's table."""
    body = DOC.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("| `")]
    return [(text, row[1].strip()) for row in rows for text in re.findall("`([^`]+)`", row[0])]


def money(text: str) -> str:
    value = read_money(text)
    return "없음" if value is None else str(value)


@pytest.mark.parametrize(("text", "value"), examples("금액: 읽음"))
def test_money_read(text: str, value: str) -> None:
    assert money(text) == value


@pytest.mark.parametrize(("text", "reason"), examples("금액: 거절"))
def test_money_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError):
        read_money(text)
    assert reason


@pytest.mark.parametrize(("text", "value"), examples("날짜: 읽음"))
def test_dates_read(text: str, value: str) -> None:
    assert read_period(text).iso() == value


@pytest.mark.parametrize(("text", "reason"), examples("날짜: 거절"))
def test_dates_refused(text: str, reason: str) -> None:
    with pytest.raises(NotationError):
        read_period(text)
    assert reason
