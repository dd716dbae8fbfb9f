"""Ledger rows by themselves: fiscal years, the same twice, returns, rows to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from common.periods import fiscal_window, fiscal_year_can_contain, korean_date
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid, days_of
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.models import LedgerKind
from subsidies.refunds import return_kind
from subsidies.splits import SOURCE_LABELS, SOURCES


def _unless_checked(row: Paid, severity: Severity) -> Severity:
    """What somebody has looked into (확인 처리) is for knowing only."""
    return Severity.NOTE if row.checked_on else severity


def fiscal_year(facts: Facts) -> Iterator[Finding]:
    """지방회계법 제7조: a year's money is paid from 1 January to 20 January of the next."""
    since = facts.term.starts_on.year
    for row in facts.all_paid:
        if row.day.year == row.year or not row.is_executed or max(row.year, row.day.year) < since:
            continue
        if fiscal_year_can_contain(row.year, row.day):
            continue
        first, last = (korean_date(day) for day in fiscal_window(row.year))
        yield Finding(
            "fiscal_year",
            f"fiscal_year:{row.pk}",
            _unless_checked(row, Severity.SERIOUS),
            row.where,
            f"교부일이 그 회계연도의 지출 기간({first}~{last}) 밖입니다(지방회계법 제7조).",
            Amount("회계연도", f"{row.year}년"),
            Amount("교부일", korean_date(row.day)),
            "회계연도나 교부일을 고치세요.",
            links.ledger_row(row.pk),
        )


def duplicates(facts: Facts) -> Iterator[Finding]:
    """The same amount to the same payee on the same day, more than once, and nothing tells the rows apart."""
    for every in _same(facts):
        rows = [row for row in every if any(row is not other and _may_be_one(row, other) for other in every)]
        if not rows:
            continue
        last = rows[-1]
        severity = Severity.SERIOUS if len({row.program for row in rows}) == 1 else Severity.WARNING
        yield Finding(
            "duplicate",
            f"duplicate:{rows[0].pk}",
            _unless_checked(last, severity),
            last.where,
            f"같은 수령자·교부일·금액의 기록이 {len(rows)}건입니다. 두 번 적은 것은 아닙니까?",
            Amount("합계", sum(row.amount for row in rows)),
            Amount("한 건", last.amount),
            "잘못 적은 줄을 무효로 하세요. 둘 다 맞으면 설명을 적으세요.",
            links.ledger_row(last.pk),
        )


def _same(facts: Facts) -> Iterable[list[Paid]]:
    """Rows that share payee, day and amount."""
    firsts: dict[object, Paid] = {}
    same: dict[object, list[Paid]] = {}
    for row in facts.paid:
        key = row.day, row.amount, facts.batch.payee(row)
        first = firsts.setdefault(key, row)
        if first is not row:
            same.setdefault(key, [first]).append(row)
    return same.values()


def _may_be_one(row: Paid, other: Paid) -> bool:
    """Not where both name their 차수, 교부결정 or returned payment, and name different ones."""
    named = ((row.installment, other.installment), (row.award, other.award), (row.returns, other.returns))
    return not any(one and another and one != another for one, another in named)


def returns(facts: Facts) -> Iterator[Finding]:
    """A return booked otherwise than its payment and its day say (DOMAIN §4.7), or more back than was paid."""
    paid = {row.pk: row for row in facts.all_paid if row.is_payment}
    back: dict[int, list[Paid]] = defaultdict(list)
    for row in facts.all_paid:
        if row.returns in paid and not row.is_payment:
            back[row.returns].append(row)
    for key, rows in back.items():
        payment = paid[key]
        for row in rows:
            yield from _booked(row, payment)
        yield from _beyond(rows, payment)


def _booked(row: Paid, payment: Paid) -> Iterator[Finding]:
    right = return_kind(payment.year, row.day)
    if row.year == payment.year and row.kind == right:
        return
    by_year = row.year != payment.year
    yield Finding(
        "return_year",
        f"return_year:{row.pk}",
        _unless_checked(row, Severity.SERIOUS),
        row.where,
        "반납의 회계연도가 원 교부의 회계연도와 다릅니다."
        if by_year
        else "여입과 현년도 세입의 구분이 반납일과 맞지 않습니다(지방회계법 제27조).",
        Amount("반납", f"{row.year}년" if by_year else LedgerKind(row.kind).label),
        Amount("원 교부" if by_year else "반납일로 보면", f"{payment.year}년" if by_year else right.label),
        "반납의 회계연도·반납일을 고치세요.",
        links.ledger_row(row.pk),
    )


def _beyond(rows: list[Paid], payment: Paid) -> Iterator[Finding]:
    """More given back than was paid: as a whole, else of one source."""
    names = {"": "amount"} | {f" {SOURCE_LABELS[source]}": source for source in SOURCES}
    for what, name in names.items():
        back, paid = -sum(getattr(row, name) for row in rows), getattr(payment, name)
        if back > paid:
            yield Finding(
                "over_return",
                f"over_return:{payment.pk}",
                _unless_checked(rows[-1], Severity.SERIOUS),
                rows[-1].where,
                f"반납한{what} 금액이 원 교부의{what} 금액보다 많습니다.",
                Amount(f"반납{what}", back),
                Amount(f"원 교부{what}", paid),
                "반납의 금액이나 재원 나눔을 고치세요.",
                links.ledger_row(rows[-1].pk),
            )
            return


def unchecked(facts: Facts) -> Iterator[Finding]:
    """확인 필요: rows saved with a warning that nobody has looked into, by programme and year."""
    groups: dict[tuple[int, int], list[Paid]] = defaultdict(list)
    for row in facts.paid:
        if row.needs_check and row.checked_on is None:
            groups[row.program, row.year].append(row)
    programs = {program.pk: program for program in facts.programs}
    for (program, year), rows in sorted(groups.items()):
        yield Finding(
            "unchecked",
            f"unchecked:{program}:{year}",
            Severity.WARNING,
            f"집행 장부 {programs[program]} {year}년",
            f"‘확인 필요’로 남은 줄이 있습니다({days_of(rows)}).",
            Amount("확인 필요", len(rows), "건"),
            Amount("남아야 할 것", 0, "건"),
            "줄마다 경고를 살펴 고치거나 확인 처리하세요.",
            links.ledger(program=program, fiscal_year=year, check="on"),
        )


CHECKS = (fiscal_year, duplicates, returns, unchecked)
