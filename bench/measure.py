"""Timing one call: its queries once, then the median of several rounds without counting."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.people import People, Refused
from bench.registry import Benchmark, Call, NotThere

ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """``ms`` is the median of the rounds; both are None where there is nothing to measure, and why."""

    name: str
    title: str
    queries: int | None = None
    ms: float | None = None
    missing: str = ""


def measure(benchmark: Benchmark, people: People, rounds: int = ROUNDS) -> Measured:
    """Warms up once (templates, caches), counts queries, then times."""
    try:
        call = benchmark.prepare(people)
        call()
        with CaptureQueriesContext(connection) as captured:
            call()
        queries = len(captured)  # before the next request clears the log
        times = [_seconds(call) for _ in range(rounds)]
    except (NotThere, Refused) as reason:
        return Measured(benchmark.name, benchmark.title, missing=str(reason))
    return Measured(benchmark.name, benchmark.title, queries, round(median(times) * 1000, 1))


def _seconds(call: Call) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started
