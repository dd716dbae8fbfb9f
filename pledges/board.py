"""The rows of the dashboard that the address asks for: filters, order, and the sheet of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Prefetch

from accounts.models import Department
from common.listing import FilterForm
from common.money import half_up
from common.names import name_key
from documents.cells import CENTER, LONG, TEXT, WON, number
from documents.table import Column, Table
from pledges import dashboard
from pledges.dashboard import Row
from pledges.flags import LABELS, Sign
from pledges.models import Officer, Pledge, Status, Term

Key = Callable[[Row], Any]


class BoardFilters(FilterForm):
    """What a dashboard shows of its term. A goal or an officer of another term finds nothing, which is no fault."""

    q = forms.CharField(
        label="검색", widget=forms.TextInput(attrs={"type": "search", "placeholder": "번호·공약명"})
    )
    goal = forms.CharField(label="구정목표", widget=forms.Select)
    department = forms.ModelChoiceField(Department.objects.all(), label="부서", empty_label="전체")
    status = forms.ChoiceField(label="추진상황", choices=[("", "전체"), *Status.choices])
    officer = forms.CharField(label="담당", widget=forms.Select)
    flag = forms.ChoiceField(label="표시", choices=[("", "전체"), *((s.value, LABELS[s]) for s in Sign)])

    def offer(self, rows: Sequence[Row]) -> None:
        """The goals and officers of these rows as choices."""
        goals = {row.pledge.goal.number: str(row.pledge.goal) for row in rows}
        people = sorted({name for row in rows for name in officers(row.pledge)})
        for name, choices in (("goal", goals.items()), ("officer", [(one, one) for one in people])):
            chosen = str(self.data.get(name, "")) if self.is_bound else ""
            known = [("", "전체"), *choices]
            extra = [] if chosen in dict(known) else [(chosen, chosen)]
            self.fields[name].widget.choices = known + extra

    def keeps(self, row: Row) -> bool:
        """Whether the row fits all that was chosen."""
        pledge, chosen = row.pledge, self.chosen()
        fits = {
            "q": lambda text: any(_says(word, text) for word in words(pledge)),
            "goal": lambda number: pledge.goal.number == number,
            "department": lambda found: pledge.department_id == found.pk,
            "status": lambda status: row.state == status,
            "officer": lambda name: name in officers(pledge),
            "flag": lambda sign: sign in {flag.sign for flag in row.flags},
        }
        return all(fits[name](value) for name, value in chosen.items())


def _says(word: str, text: str) -> bool:
    """Whether ``text`` stands in ``word``, whatever the spaces."""
    key = name_key(text)
    return text in word or (key != "" and key in name_key(word))


def words(pledge: Pledge) -> tuple[str, ...]:
    """What a search looks through."""
    return pledge.number, pledge.title, str(pledge.goal), str(pledge.department or ""), *officers(pledge)


def officers(pledge: Pledge) -> list[str]:
    """Names of the live officers, as prefetched by ``with_officers``."""
    return [officer.name for officer in pledge.officers.all() if not officer.is_void]


def pledges_with_officers(term: Term) -> list[Pledge]:
    live = Prefetch("officers", Officer.objects.live())
    return list(Pledge.objects.in_term(term).with_card().prefetch_related(live))


SORTS: dict[str, Key] = {
    "rate": lambda row: row.figures.overall.rate,
    "progress": lambda row: row.figures.progress.rate,
    "cost": lambda row: row.spent_of_cost,
    "secured": lambda row: row.spent_of_secured,
    "flags": lambda row: len(row.flags),
}
TEXT_SORTS: dict[str, Key] = {
    "department": lambda row: str(row.pledge.department or "힣"),
    "status": lambda row: [*Status.values, ""].index(row.state),
}


@dataclass(frozen=True)
class Order:
    """How the rows stand, as ``{% sort_head %}`` reads it; "" is the office's own order."""

    sort: str

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """Rows in this order, those without a figure last whichever way; ties keep the office's order."""
        name, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        if not self.sort:
            return list(rows)
        if name in TEXT_SORTS:
            return sorted(rows, key=TEXT_SORTS[name], reverse=down)
        if name not in SORTS:
            raise BadRequest(f"정렬할 수 없는 항목입니다: {name}. 현황판에서 다시 조회하세요.")
        key = SORTS[name]
        known = [row for row in rows if key(row) is not None]
        return sorted(known, key=key, reverse=down) + [row for row in rows if key(row) is None]


def all_rows(term: Term, as_of: date, today: date) -> list[Row]:
    """Every pledge of the term with figures, trend and flags. A fixed number of queries."""
    return dashboard.watched(pledges_with_officers(term), as_of, today)


def sheet(rows: Iterable[Row], term: Term, as_of: date, conditions: str) -> Table:
    """What the dashboard lists, as a sheet: rates rounded as the term prints them, money in won."""
    return Table(
        f"{term} 공약 현황",
        columns(term),
        list(rows),
        unit="%, 원",
        as_of=as_of,
        conditions=conditions,
        landscape=True,
    )


def columns(term: Term) -> tuple[Column, ...]:
    places = term.decimals
    percent = number(places, zero="0", none="–", width=11)

    def rate(of: Callable[[Row], Fraction | None]) -> Callable[[Row], Any]:
        def printed(row: Row) -> Any:
            found = of(row)
            return None if found is None else half_up(found, places)

        return printed

    return (
        Column("구정목표", "pledge.goal", TEXT, width=20),
        Column("번호", "pledge.number", CENTER, width=9),
        Column("공약명", "pledge.title", TEXT, width=32),
        Column("부서", "pledge.department", CENTER, width=14),
        Column("담당", lambda row: ", ".join(officers(row.pledge)), TEXT, width=14),
        Column("임기 이행률(%)", rate(lambda row: row.figures.overall.rate), percent),
        Column("계획 대비 진도율(%)", rate(lambda row: row.figures.progress.rate), percent),
        Column("총사업비", "cost", WON, sums=True),
        Column("확보액", "secured", WON, sums=True),
        Column("집행액", lambda row: row.execution.total, WON, sums=True),
        Column("집행÷총사업비(%)", "", number(places, zero="0", none="–"), share=("집행액", "총사업비")),
        Column("집행÷확보액(%)", "", number(places, zero="0", none="–"), share=("집행액", "확보액")),
        Column("추진상황", "status", CENTER, width=16),
        Column("표시", lambda row: ", ".join(f"{flag.label}({flag.why})" for flag in row.flags), LONG),
    )


def in_words(filters: BoardFilters) -> str:
    """The filters as the sheet's line of conditions: ``부서: 사회적경제과 · 표시: 늦음``."""
    shown = {
        "status": lambda value: str(Status(value).label),
        "flag": lambda value: LABELS[Sign(value)],
    }
    return " · ".join(
        f"{filters.fields[name].label}: {shown.get(name, str)(value)}"
        for name, value in filters.chosen().items()
    )
