"""Importing payments: ours beside django-import-export's default resource, same model, same file, same history.

``python -m bench.imports [--rows 10000 100000]``; `make bench` runs it too. Every figure is measured in a process of
its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench import databases

SMALL, LARGE = 10_000, 100_000


def measure(make_url: databases.MakeUrl, rows: list[int]) -> dict[str, Any]:
    """Ours at every size, the default at the smallest. Seconds, rows per second, peak megabytes."""
    url = make_url("bench_imports")
    work(url, "prepare", 0)
    found = {f"ours_{size}": work(url, "ours", size) for size in rows}
    found["default"] = work(url, "default", min(rows))
    return found


def work(url: str, what: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.import_worker", what, str(size)]
    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)  # noqa: S603
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def table(name: str, found: dict[str, Any]) -> str:
    """The figures as lines of text."""
    lines = [
        f"\n가져오기 ({name})",
        f"{'':26}{'줄':>9}{'미리보기 초':>12}{'저장 초':>10}{'CPU 초':>9}{'줄/초':>9}{'질의':>8}{'최대 MB':>9}",
    ]
    for key, each in found.items():
        what = "import-export 기본" if key == "default" else "이 시스템"
        preview = f"{each['preview']:.2f}" if "preview" in each else "-"
        lines.append(
            f"{what:22}{each['rows']:>9,}{preview:>12}{each['commit']:>10.2f}{each['cpu']:>10.2f}{each['rate']:>9,.0f}"
            f"{each['queries']:>8,}{each['peak_mb']:>9.0f}"
        )
    sizes = sorted((each["rows"], each) for key, each in found.items() if key != "default")
    least, default = sizes[0][1], found["default"]
    faster = [default[name] / least[name] for name in ("commit", "cpu")]
    lines.append(f"  같은 {sizes[0][0]:,}줄 저장: {faster[0]:.1f}배 빠름(CPU로 {faster[1]:.1f}배)")
    if len(sizes) > 1:
        ours = [[each[name] / rows for rows, each in sizes] for name in ("commit", "cpu")]
        clock, cpu = (per_row[-1] / per_row[0] for per_row in ours)
        lines.append(f"  줄마다 드는 시간: {sizes[-1][0]:,}줄에서 {clock:.2f}배(CPU로 {cpu:.2f}배)")
    return "\n".join(lines)


def main() -> None:
    known = list(databases.available())
    parser = argparse.ArgumentParser(prog="bench.imports")
    parser.add_argument("--rows", type=int, nargs="+", default=[SMALL, LARGE])
    parser.add_argument("--databases", nargs="+", choices=known, default=known)
    options = parser.parse_args()
    for name in options.databases:
        with databases.available()[name]() as make_url:  # type: ignore[attr-defined]
            sys.stdout.write(table(name, measure(make_url, options.rows)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
