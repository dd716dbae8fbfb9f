"""The command `read_notation` of the contract."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st


class Stdin:
    """Standard input as a process has it, with its bytes beneath."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def run(data: bytes, *args: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", Stdin(data))
        call_command("read_notation", *args, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_money_in_won() -> None:
    lines = run("50,028천 원\n△1,200\r\n-\n24.394\n".encode(), "money")
    assert [line.get("value", "?") for line in lines] == [50_028_000, -1_200, None, "?"]
    assert [line["text"] for line in lines] == ["50,028천 원", "△1,200", "-", "24.394"]
    assert "24,394" in lines[3]["error"]
    assert set(lines[3]) == {"text", "error"}


def test_the_unit_of_the_column() -> None:
    assert run(b"84", "money", "--unit", "백만원") == [{"text": "84", "value": 84_000_000}]


def test_dates_and_ranges() -> None:
    lines = run(b"2022. 8. 2.\n2022. 8. 17.~9. 1.\n2024. 1. 1.~\n2023. 1.~12.\n4. 27.~4. 28.\n", "date")
    assert [line.get("value") for line in lines] == [
        "2022-08-02",
        "2022-08-17/2022-09-01",
        "2024-01-01/..",
        "2023-01-01/2023-12-31",
        None,
    ]
    assert "error" in lines[4]


def test_the_year_of_the_context() -> None:
    (line,) = run(b"4. 27.~4. 28.", "date", "--year", "2023")
    assert line["value"] == "2023-04-27/2023-04-28"


def test_korean_is_written_as_it_is() -> None:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO("약 3억"))
        call_command("read_notation", "money", stdout=out)
    assert "약 3억" in out.getvalue()


@pytest.mark.parametrize("args", [("money", "--unit", "달러"), ("date", "--year", "20"), ("ratio",)])
def test_wrong_arguments_are_told(args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(b"", *args)


@pytest.mark.parametrize("kind", ["money", "date"])
@given(data=st.binary(max_size=200))
def test_one_answer_a_line_whatever_comes(kind: str, data: bytes) -> None:
    lines = run(data, kind)
    assert len(lines) == len(io.BytesIO(data).readlines())
    assert all(("value" in line) != ("error" in line) for line in lines)
