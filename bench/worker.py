"""One database, one size: ``python -m bench.worker`` (DATABASE_URL, sizes as arguments) prints JSON.

A process of its own, since Django knows one database a process.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import warnings
from dataclasses import asdict
from time import perf_counter
from typing import Any

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    warnings.filterwarnings("ignore", message="No directory at")  # static files are not measured
    django.setup()
    sys.stdout.write(json.dumps(run(arguments()), ensure_ascii=False) + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("pledges", "years", "disbursements", "enterprises", "rounds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    return parser.parse_args()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Builds the district and measures. Times in milliseconds, building it in seconds."""
    from django.core.management import call_command
    from django.db import connection

    from bench.measure import measure
    from bench.people import People
    from bench.registry import benchmarks
    from pledges.seeding.district import Size, generate

    call_command("migrate", verbosity=0, interactive=False)
    started = perf_counter()
    generate(Size(options.pledges, options.years, options.disbursements, options.enterprises))
    built = perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # autovacuum would do it within the minute
            cursor.execute("ANALYZE")
    people = People()
    chosen = [one for one in benchmarks() if not options.only or one.name in options.only]
    results = [asdict(measure(one, people, options.rounds)) for one in chosen]
    return {"generate_seconds": round(built, 1), "results": results}


if __name__ == "__main__":
    main()
