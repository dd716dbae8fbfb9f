"""기업별 5년 지원 이력: what each enterprise was granted and paid, year by year, and whether it overlaps (§5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Sum

from common.footing import tree
from documents.cells import CENTER, COUNT, DATE, TEXT, YEAR
from documents.table import Column, Table
from enterprises.models import Enterprise
from pledges.reports.columns import at
from pledges.reports.model import PAID_NOTE, Question, Report, ReportFilters
from pledges.reports.money import ALL, WON, column_of, rounded
from subsidies.models import Award, Disbursement

Key = tuple[int, int, int]


class Filters(ReportFilters):
    q = forms.CharField(
        label="기업", widget=forms.SearchInput(attrs={"placeholder": "기업명·사업자등록번호"})
    )
    double = forms.BooleanField(label="중복지원만")


DETAIL = (
    Column("기업명", "enterprise", TEXT, width=28),
    Column("회계연도", "year", YEAR),
    Column("사업", "program", TEXT, width=26),
    Column("결정일", "decided", DATE),
    Column("인원", "people", COUNT, sums=True),
    Column("교부결정액", at("money", "awarded"), WON, sums=True),
    Column("교부액", at("money", "paid"), WON, sums=True),
    Column("같은 해 다른 사업", "double", CENTER, width=16),
)


def tables(question: Question) -> list[Table]:
    facts = _facts(question)
    years: dict[tuple[int, int], set[int]] = defaultdict(set)
    for firm, year, program in facts:
        years[firm, year].add(program)
    doubled = {firm for (firm, _), programs in years.items() if len(programs) > 1}
    if question.chosen.get("double"):
        facts = {key: fact for key, fact in facts.items() if key[0] in doubled}
    order = sorted(facts, key=lambda key: (facts[key]["enterprise"], key[0], -key[1], facts[key]["program"]))
    return [_years(question, facts, order, years), _detail(question, facts, order, years)]


def _facts(question: Question) -> dict[Key, dict[str, Any]]:
    """By enterprise, 회계연도 and programme: awards and payments in won; two queries."""
    facts: dict[Key, dict[str, Any]] = {}
    awards = Award.objects.live().filter(year__range=(question.first.year, question.last.year))
    awards = awards.exclude(decided_on__gt=question.last)
    paid = Disbursement.objects.executed().filter(enterprise__isnull=False, **question.paid_in())
    if text := question.chosen.get("q"):
        firms = Enterprise.objects.search(text)
        awards, paid = awards.filter(enterprise__in=firms), paid.filter(enterprise__in=firms)
    for award in awards.select_related("enterprise", "program").order_by("decided_on", "pk"):
        fact = _fact(facts, award.enterprise_id, award.year, award.program_id)
        fact |= {
            "enterprise": award.enterprise.name,
            "program": award.program.name,
            "decided": award.decided_on,
        }
        fact["awarded"] += award.amount
        fact["people"] = (fact["people"] or 0) + award.headcount if award.headcount else fact["people"]
    by = ("enterprise_id", "fiscal_year", "program_id", "enterprise__name", "program__name")
    for row in paid.order_by().values(*by).annotate(won=Sum("amount")):
        fact = _fact(facts, row["enterprise_id"], row["fiscal_year"], row["program_id"])
        fact |= {"enterprise": row["enterprise__name"], "program": row["program__name"]}
        fact["paid"] += int(row["won"])
    return facts


def _fact(facts: dict[Key, dict[str, Any]], firm: int, year: int, program: int) -> dict[str, Any]:
    empty = {"decided": None, "people": None, "awarded": 0, "paid": 0}
    return facts.setdefault((firm, year, program), empty)


def _years(
    question: Question,
    facts: dict[Key, dict[str, Any]],
    order: list[Key],
    programs: dict[tuple[int, int], set[int]],
) -> Table:
    """A row an enterprise: paid in each year, and the years in which it had more than one programme."""
    cells: dict[tuple[Any, Any], int] = defaultdict(int)
    for key in order:
        cells[key[0], key[1]] += facts[key]["paid"]
    names = {key[0]: facts[key]["enterprise"] for key in order}
    printed = rounded(cells, names, question.unit, tree(ALL, *question.years))
    had = {firm: {year: len(programs.get((firm, year), ())) for year in question.years} for firm in names}
    lines = [
        {
            "enterprise": name,
            "supported": sum(1 for count in had[firm].values() if count),
            "money": printed.row(firm),
            "double": ", ".join(str(year) for year, count in had[firm].items() if count > 1),
        }
        for firm, name in names.items()
    ]
    paid = {f"교부액/{year}년": year for year in question.years}
    return Table(
        "기업별 지원 총괄",
        _year_columns(paid),
        lines,
        unit=question.unit.label,
        notes=[PAID_NOTE],
        landscape=True,
        exact=printed.exact({"교부액/계": ALL} | paid),
    )


def _year_columns(paid: Mapping[str, int]) -> tuple[Column, ...]:
    """``paid``: the years' columns by name."""
    return (
        Column("기업명", "enterprise", TEXT, width=28),
        Column("지원받은 해", "supported", COUNT, width=11),
        Column("계", at("money", ALL), WON, group="교부액", sums=True, parts=tuple(paid)),
        *(Column(f"{year}년", at("money", year), WON, group="교부액", sums=True) for year in paid.values()),
        Column("한 해에 여러 사업", "double", CENTER, width=18),
    )


def _detail(
    question: Question,
    facts: dict[Key, dict[str, Any]],
    order: list[Key],
    programs: dict[tuple[int, int], set[int]],
) -> Table:
    money = {
        name: column_of({key: facts[key][name] for key in order}, question.unit)
        for name in ("awarded", "paid")
    }
    lines = [
        facts[key]
        | {
            "year": key[1],
            "money": {name: money[name][key] for name in money},
            "double": "중복" if len(programs[key[0], key[1]]) > 1 else "",
        }
        for key in order
    ]
    return Table("지원 내역", DETAIL, lines, unit=f"명, {question.unit.label}", landscape=True)


REPORT = Report(
    "history",
    "기업별 5년 지원 이력",
    "기업마다 해마다 받은 지원과 중복지원 여부(5년 보관)",
    tables,
    Filters,
    years=5,
)
