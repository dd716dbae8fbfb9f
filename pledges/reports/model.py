"""What a report is: its filters, its tables for a question, and how they become a page or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from common.fields import DayField
from common.listing import FilterForm, in_words
from common.money import THOUSAND, Unit, unit
from common.names import mask_person, mask_phone
from common.notation import NotationError, read_date
from common.periods import fiscal_window, korean_date, korean_period
from documents.table import Table
from pledges.reports.money import with_adjustments

UNIT_CHOICES = [("원", "원"), ("천원", "천 원"), ("백만원", "백만 원")]
# What every report is asked by; the rest of the address are the report's own filters.
COMMON = ("start", "end", "unit")


class ReportFilters(FilterForm):
    """The period (both days included) and the unit; a report adds its own below."""

    start = DayField(label="기간 시작")
    end = DayField(label="기간 끝(기준일)")
    unit = forms.ChoiceField(label="금액 단위", choices=UNIT_CHOICES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start > end:
            self.add_error("end", "기간의 끝이 시작보다 앞섭니다.")
        return cleaned


class PlainFilters(ReportFilters):
    """Of a report without money: no unit."""

    unit = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Question:
    """What is asked of a report: the period, the unit of money, its own filters; ``persons``: names unmasked."""

    first: date
    last: date
    unit: Unit = THOUSAND
    chosen: Mapping[str, Any] = field(default_factory=dict)
    persons: bool = False

    @property
    def years(self) -> range:
        """The 회계연도 that the period touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def paid_until(self) -> date:
        """The last day of payments: a period to the end of a year takes its late ones too (지방회계법 제7조)."""
        ends_year = (self.last.month, self.last.day) == (12, 31)
        return fiscal_window(self.last.year)[1] if ends_year else self.last

    @property
    def period(self) -> str:
        return korean_period(self.first, self.last)

    def paid_in(self, day: str = "paid_on", year: str = "fiscal_year") -> dict[str, Any]:
        """Filters of ledger rows: by 회계연도, within the period."""
        return {
            f"{year}__range": (self.first.year, self.last.year),
            f"{day}__range": (self.first, self.paid_until),
        }

    def person(self, name: str) -> str:
        """A person's name as it may be printed: 홍○○ unless personal data was asked for."""
        return name if self.persons else mask_person(name)

    def phone(self, number: str) -> str:
        return number if self.persons else mask_phone(number)


PAID_NOTE = "회계연도 기준입니다. 12. 31.에 끝나는 기간에는 다음 해 1. 20.까지 지급한 돈을 넣습니다(지방회계법 제7조)."


@dataclass(frozen=True)
class Report:
    """``tables`` makes the printed tables, rounded and footed. ``years``: how many the default period has.

    ``of_a_day``: the state at the period's end is printed. ``persons``: it names persons, masked.
    """

    slug: str
    title: str
    about: str
    tables: Callable[[Question], Sequence[Table]]
    filters: type[ReportFilters] = ReportFilters
    years: int = 3
    persons: bool = False

    def printed(self, question: Question) -> list[Table]:
        """The tables, each naming the cells that were adjusted so that it foots."""
        return [with_adjustments(table) for table in self.tables(question)]

    def defaults(self, end: date) -> dict[str, Any]:
        """What the address leaves out: the last ``years`` years to ``end``, in 천 원."""
        first = date(end.year - self.years + 1, 1, 1)
        return {"start": korean_date(first), "end": korean_date(end)} | (
            {"unit": THOUSAND.name} if "unit" in self.filters.base_fields else {}
        )

    def asked(self, address: Mapping[str, Any], today: date, persons: bool = False) -> tuple[Any, Question]:
        """The filled filter form and the question of an address. BadRequest for what cannot be read."""
        given = {name: value for name, value in address.items() if value not in ("", None)}
        form = self.filters(self.defaults(_end_of(given) or today) | given)
        chosen = form.chosen()
        printed = unit(chosen.get("unit", THOUSAND.name))
        own = {name: value for name, value in chosen.items() if name not in COMMON}
        return form, Question(chosen["start"], chosen["end"], printed, own, persons)


def _end_of(given: Mapping[str, Any]) -> date | None:
    """The end that the address names; what cannot be read is left to the form to refuse."""
    try:
        return read_date(str(given["end"])) if "end" in given else None
    except NotationError:
        return None


def conditions(form: forms.Form, question: Question) -> str:
    """``기간: 2022. 1. 1.~2024. 4. 1., 사업: …``: what was asked, in words."""
    own = {name: value for name, value in question.chosen.items() if name in form.fields}
    return ", ".join(filter(None, (f"기간: {question.period}", in_words(form, own))))
