"""Asking a report in tests: its printed tables by title, as rows of text."""

from __future__ import annotations

from datetime import date
from typing import Any

from documents.table import Table
from pledges.reports import REPORTS
from pledges.reports.paper import Answer, Printed

TODAY = date(2024, 4, 1)


def printed(slug: str, persons: bool = False, **address: str) -> Printed:
    """The report as it is printed for the question that ``address`` asks on 1 April 2024."""
    _, question = REPORTS[slug].asked(address, TODAY, persons)
    return Printed(REPORTS[slug].title, REPORTS[slug].printed(question), Answer(), question.period)


def table(slug: str, at: int = 0, persons: bool = False, **address: str) -> Table:
    return list(printed(slug, persons, **address).tables)[at]


def rows(slug: str, at: int = 0, persons: bool = False, **address: str) -> list[list[str]]:
    """The cells below the header as they are printed; 계 first where there is one."""
    grid = table(slug, at, persons, **address).grid()
    return [[cell.text for cell in row] for row in grid.rows[grid.head :]]


def column(slug: str, heading: str, at: int = 0, **address: str) -> list[Any]:
    """The values of one column, without the 계 row."""
    found = table(slug, at, **address)
    place = found.places[heading]
    return [values[place] for values in found.values()]
