"""The tables of a run: one a database, the sizes of the ledger side by side."""

from __future__ import annotations

from typing import Any
from unicodedata import east_asian_width

Run = dict[str, Any]


def table(database: str, runs: list[Run]) -> str:
    """Queries, milliseconds and those of the processor by size, and how many times slower the largest ledger is than
    the smallest.
    """
    sizes = [run["disbursements"] for run in runs]
    head = ["", *(f"{what}({size:,}건)" for what in ("질의", "ms", "CPU ms") for size in sizes), "배"]
    rows = [_row([_find(run, name) for run in runs]) for name in _names(runs)]
    seconds = ", ".join(f"{run['disbursements']:,}건 {run['generate_seconds']}초" for run in runs)
    return "\n".join([f"\n{database} (자료 만들기: {seconds})", *_aligned([head, *rows])])


def _names(runs: list[Run]) -> list[str]:
    return [result["name"] for result in runs[0]["results"]]


def _find(run: Run, name: str) -> Run:
    return next(result for result in run["results"] if result["name"] == name)


def _row(results: list[Run]) -> list[str]:
    if missing := next((result["missing"] for result in results if result["missing"]), ""):
        return [results[0]["title"], *["-"] * (3 * len(results)), missing[:60]]
    times = [result["ms"] for result in results]
    return [
        results[0]["title"],
        *(str(result["queries"]) for result in results),
        *(f"{ms:,.1f}" for ms in times),
        *(f"{result['cpu']:,.1f}" for result in results),
        f"{times[-1] / times[0]:.1f}" if times[0] else "-",
    ]


def _aligned(rows: list[list[str]]) -> list[str]:
    """Columns of one width each; a Korean letter is two wide."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(_padded(text, width, at) for at, (text, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, column: int) -> str:
    space = " " * (width - _width(text))
    return text + space if column == 0 else space + text
