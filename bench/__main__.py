"""``python -m bench [--disbursements 10000 100000] [--only dashboard …] [--databases SQLite]``"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import databases, imports, report

RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    options = arguments()
    sizes = {name: getattr(options, name) for name in ("pledges", "years", "enterprises", "rounds")}
    found: dict[str, list[report.Run]] = {}
    imported: dict[str, Any] = {}
    whole = {"machine": machine(), "sizes": sizes, "databases": found, "imports": imported}
    for name in options.databases:
        with databases.available()[name]() as make_url:  # type: ignore[attr-defined]
            found[name] = [run(make_url(f"bench_{size}"), size, options) for size in options.disbursements]
            if not options.only or "imports" in options.only:
                imported[name] = imports.measure(make_url, options.imports)
        sys.stdout.write(report.table(name, found[name]) + "\n")
        if name in imported:
            sys.stdout.write(imports.table(name, imported[name]) + "\n")
        sys.stdout.flush()
        # After each database: a run takes long, and may be stopped.
        RESULTS.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"\n공약 {options.pledges}개, {options.years}년, 기업 {options.enterprises}개. 결과: {RESULTS}\n"
    )


def machine() -> dict[str, Any]:
    """Where and when a run began, and how many others were computing (the load of the last minute)."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def arguments() -> argparse.Namespace:
    known = list(databases.available())
    parser = argparse.ArgumentParser(
        prog="bench", description="가상의 구 자료로 화면과 저장의 속도를 잽니다."
    )
    parser.add_argument(
        "--disbursements", type=int, nargs="+", default=[10_000, 100_000], help="교부 건수(들)"
    )
    parser.add_argument("--pledges", type=int, default=60)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--enterprises", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7, help="잴 때마다 되풀이하는 횟수")
    parser.add_argument(
        "--imports", type=int, nargs="+", default=[imports.SMALL, imports.LARGE], help="가져올 줄 수(들)"
    )
    parser.add_argument("--only", nargs="*", default=[], help="이 벤치마크만(이름)")
    parser.add_argument("--databases", nargs="+", choices=known, default=known)
    return parser.parse_args()


def run(url: str, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """One worker; what it prints to standard error is shown."""
    sizes = {name: getattr(options, name) for name in ("pledges", "years", "enterprises", "rounds")}
    given = [
        part
        for name, value in (sizes | {"disbursements": size}).items()
        for part in (f"--{name}", str(value))
    ]
    command = [sys.executable, "-m", "bench.worker", *given, "--only", *options.only]
    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return {"disbursements": size} | json.loads(done.stdout)


if __name__ == "__main__":
    main()
