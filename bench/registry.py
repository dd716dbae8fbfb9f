"""The benchmarks there are. A file of this folder that is named in MODULES registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bench.people import People

MODULES = ("dashboard", "card", "ledger", "entry", "workbook")

Call = Callable[[], Any]
Prepare = Callable[[People], Call]


class NotThere(Exception):
    """What the benchmark measures has not been built (yet); it is reported as missing."""


@dataclass(frozen=True)
class Benchmark:
    """``prepare`` looks up what it needs and returns the call that is timed."""

    name: str
    title: str
    prepare: Prepare


_known: dict[str, Benchmark] = {}


def benchmark(name: str, title: str) -> Callable[[Prepare], Prepare]:
    """Registers a function as a benchmark, printed as ``title``."""

    def register(prepare: Prepare) -> Prepare:
        _known[name] = Benchmark(name, title, prepare)
        return prepare

    return register


def benchmarks() -> list[Benchmark]:
    """All of them, in the order of MODULES."""
    for module in MODULES:
        import_module(f"bench.{module}")
    return list(_known.values())
