"""Timing one call: its queries once, then the median of several rounds without counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.people import People, Refused
from bench.registry import Benchmark, Call, NotThere

ROUNDS = 7
PATIENCE = 10  # seconds


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
        times = list(_rounds(call, rounds))
    except (NotThere, Refused) as reason:
        return Measured(benchmark.name, benchmark.title, missing=str(reason))
    return Measured(benchmark.name, benchmark.title, queries, round(median(times) * 1000, 1))


def _rounds(call: Call, rounds: int) -> Iterator[float]:
    """The seconds of each round; a slow call is not repeated for longer than PATIENCE."""
    spent = 0.0
    for _ in range(rounds):
        if spent > PATIENCE:
            return
        seconds = _seconds(call)
        spent += seconds
        yield seconds


def _seconds(call: Call) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started
