"""Timing one call: its queries once, then the median of several rounds without counting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.people import People, Refused
from bench.registry import Benchmark, Call, NotThere

ROUNDS = 7
PATIENCE = 10  # seconds


@dataclass(frozen=True)
class Measured:
    """``ms`` and ``cpu`` (of this process alone, in ms) are medians of the rounds, and None where there is nothing to
    measure, and why. On a busy machine ``cpu`` says more.
    """

    name: str
    title: str
    queries: int | None = None
    ms: float | None = None
    cpu: float | None = None
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
    ms, cpu = (round(median(column) * 1000, 1) for column in zip(*times, strict=True))
    return Measured(benchmark.name, benchmark.title, queries, ms, cpu)


def _rounds(call: Call, rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds of each round, on the clock and of the processor; a slow call is not repeated beyond PATIENCE."""
    spent = 0.0
    for _ in range(rounds):
        if spent > PATIENCE:
            return
        seconds, cpu = _seconds(call)
        spent += seconds
        yield seconds, cpu


def _seconds(call: Call) -> tuple[float, float]:
    started, used = perf_counter(), process_time()
    call()
    return perf_counter() - started, process_time() - used
