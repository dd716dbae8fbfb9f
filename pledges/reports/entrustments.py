"""민간위탁 현황: agreements of the period, what was paid by instalment, and what is due by which rule (§5)."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q, Sum

from documents.cells import CENTER, DATE, LONG, TEXT, YEAR
from documents.table import Column, Table
from pledges.reports.columns import NOTE, at
from pledges.reports.model import PAID_NOTE, Question, Report, ReportFilters
from pledges.reports.money import WON, column_of
from subsidies.agreements import InstalmentLine, instalment_lines
from subsidies.deadlines import entrustment_deadlines, rules_in_force
from subsidies.models import Disbursement, Entrustment, Instalment

AGREEMENTS = (
    Column("위탁 사무", "row.title", TEXT, width=28),
    Column("수탁기관", "row.partner", TEXT, width=20),
    Column("시작일", "row.starts_on", DATE),
    Column("종료일", "row.ends_on", DATE),
    Column("갱신", "renewal", CENTER, width=18),
    Column("협약금액", at("money", "agreed"), WON, sums=True),
    Column("기간 중 교부액", at("money", "paid"), WON, sums=True),
    Column("의회 동의일", "row.consented_on", DATE),
    Column("최근 지도점검일", "row.inspected_on", DATE),
    Column("종합성과평가일", "row.evaluated_on", DATE),
    Column("비고", "row.note", TEXT, width=14),
)
PAID = (
    Column("위탁 사무", "title", TEXT, width=28),
    Column("회계연도", "line.year", YEAR),
    Column("차수", "line.label", CENTER),
    Column("예정액", at("money", "planned"), WON, sums=True),
    Column("교부액", at("money", "paid"), WON, sums=True),
    Column("교부일", "last", DATE),
    NOTE,
)
DUE = (
    Column("위탁 사무와 할 일", "title", TEXT, width=44),
    Column("기한", "on", DATE),
    Column("기준일 현재", "state", CENTER),
    Column("근거", "rule", LONG, width=44),
)


class Filters(ReportFilters):
    pass


def tables(question: Question) -> list[Table]:
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=question.last)
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=question.first)
    rows = Entrustment.objects.live().filter(begun, running).select_related("program")
    agreements = list(rows.order_by("-starts_on", "-pk"))
    return [_agreements(question, agreements), _paid(question, agreements), _due(question, agreements)]


def _agreements(question: Question, agreements: list[Entrustment]) -> Table:
    rows = Disbursement.objects.executed().filter(entrustment__in=agreements, **question.paid_in())
    paid = dict(rows.order_by().values_list("entrustment_id").annotate(Sum("amount")))
    money = {
        "agreed": column_of({row.pk: row.amount for row in agreements}, question.unit),
        "paid": column_of({row.pk: int(paid.get(row.pk, 0)) for row in agreements}, question.unit),
    }
    lines = [
        {
            "row": row,
            "renewal": row.renewal_word or row.get_renewal_display(),
            "money": {name: money[name][row.pk] for name in money},
        }
        for row in agreements
    ]
    return Table(
        "협약",
        AGREEMENTS,
        lines,
        unit=question.unit.label,
        as_of=question.last,
        notes=[PAID_NOTE, "갱신은 문서에 적힌 말이 있으면 그대로 싣습니다."],
        landscape=True,
    )


def _paid(question: Question, agreements: list[Entrustment]) -> Table:
    """Instalments planned and paid in the period's 회계연도."""
    span = (question.first.year, question.last.year)
    plans: dict[int, list[Instalment]] = defaultdict(list)
    for plan in Instalment.objects.live().filter(entrustment__in=agreements, year__range=span):
        plans[plan.entrustment_id].append(plan)
    payments: dict[int, list[Disbursement]] = defaultdict(list)
    rows = Disbursement.objects.executed().filter(entrustment__in=agreements, **question.paid_in())
    for payment in rows.order_by("paid_on", "pk"):
        payments[payment.entrustment_id or 0].append(payment)
    found: list[tuple[Entrustment, InstalmentLine]] = [
        (agreement, line)
        for agreement in agreements
        for line in instalment_lines(plans[agreement.pk], payments[agreement.pk])
    ]
    notes = ["차수(3분기 등)는 문서의 이름이며 교부일과 다를 수 있습니다."]
    planned = column_of({at: line.planned for at, (_, line) in enumerate(found)}, question.unit)
    paid = column_of({at: line.paid for at, (_, line) in enumerate(found)}, question.unit)
    lines = [
        {
            "title": agreement.title,
            "line": line,
            "money": {"planned": planned[at], "paid": paid[at]},
            "last": max((row.paid_on for row in line.payments), default=None),
            "note": "" if line.payments else "미교부",
        }
        for at, (agreement, line) in enumerate(found)
    ]
    return Table("위탁금 교부", PAID, lines, unit=question.unit.label, notes=notes)


def _due(question: Question, agreements: list[Entrustment]) -> Table:
    rules = rules_in_force()
    found = sorted(
        due
        for agreement in agreements
        if agreement.ends_on is None or agreement.ends_on >= question.last
        for _, due in entrustment_deadlines(agreement, rules)
    )
    lines = [
        {
            "title": due.title,
            "on": due.on,
            "state": "지남" if due.on < question.last else f"{(due.on - question.last).days}일 남음",
            "rule": due.rule,
        }
        for due in found
    ]
    return Table("점검·평가·갱신 기한", DUE, lines, as_of=question.last)


REPORT = Report(
    "entrustments", "민간위탁 현황", "협약, 위탁금 교부, 지도점검·평가와 다음 기한", tables, Filters
)
