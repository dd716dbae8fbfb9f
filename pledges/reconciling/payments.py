"""Ledger rows by themselves: fiscal years, the same twice, missing instalments, payees, rows to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from common.notation import NotationError, read_quarter
from common.periods import Quarter, fiscal_window, fiscal_year_can_contain, korean_date
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.models import Entrustment


def _unless_checked(row: Paid, severity: Severity) -> Severity:
    """What somebody has looked into (확인 처리) is for knowing only."""
    return Severity.NOTE if row.checked_on else severity


def fiscal_year(facts: Facts) -> Iterator[Finding]:
    """지방회계법 제7조: a year's money is paid from 1 January to 20 January of the next."""
    for row in facts.paid:
        if not row.is_executed or fiscal_year_can_contain(row.year, row.day):
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
    """The same amount to the same payee on the same day, more than once."""
    for rows in _same(facts.payments):
        last = rows[-1]
        yield Finding(
            "duplicate",
            f"duplicate:{rows[0].pk}",
            _unless_checked(last, Severity.SERIOUS),
            last.where,
            f"같은 수령자·교부일·금액의 기록이 {len(rows)}건입니다. 두 번 적은 것은 아닙니까?",
            Amount("합계", sum(row.amount for row in rows)),
            Amount("한 건", last.amount),
            "잘못 적은 줄을 무효로 하세요. 둘 다 맞으면 설명을 적으세요.",
            links.ledger_row(last.pk),
        )


def _same(rows: Iterable[Paid]) -> Iterable[list[Paid]]:
    """Rows that share payee, day and amount."""
    firsts: dict[object, Paid] = {}
    same: dict[object, list[Paid]] = {}
    for row in rows:
        key = row.day, row.amount, row.enterprise, row.entrustment, row.contract, row.text
        first = firsts.setdefault(key, row)
        if first is not row:
            same.setdefault(key, [first]).append(row)
    return same.values()


def missing_instalments(facts: Facts) -> Iterator[Finding]:
    """An entrustment paid by quarter lacks a quarter's instalment: between two that were paid, or of an ended quarter.

    The label counts, not the date (DOMAIN §4.8). Quarters before the term or outside the agreement are not asked for.
    """
    paid = _paid_quarters(facts)
    for program in facts.programs:
        for agreement in facts.batch.entrustments.get(program.pk, ()):
            by_year = paid[agreement.pk]
            if sum(len(numbers) for numbers in by_year.values()) < 2:
                continue
            planned = {
                row.year for row in facts.batch.instalments.get(agreement.pk, ()) if _quarter(row.label)
            }
            for year in sorted(planned | set(by_year)):
                for quarter in _expected(facts, agreement, year, by_year[year]):
                    yield _missing(facts, agreement, quarter, by_year[year])


def _paid_quarters(facts: Facts) -> dict[int, dict[int, set[int]]]:
    """By entrustment and fiscal year: the quarters that instalments were labelled with."""
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in facts.payments:
        if row.entrustment and (number := _quarter(row.installment)):
            found[row.entrustment][row.year].add(number)
    return found


def _quarter(label: str) -> int | None:
    try:
        return read_quarter(label) if "분기" in label or "/4" in label else None
    except NotationError:
        return None


def _expected(facts: Facts, agreement: Entrustment, year: int, paid: set[int]) -> Iterator[Quarter]:
    for number in {1, 2, 3, 4} - paid:
        quarter = Quarter(year, number)
        before = quarter.last_day < max(facts.term.starts_on, agreement.starts_on or date.min)
        after = agreement.ends_on is not None and quarter.first_day > agreement.ends_on
        due = quarter.last_day <= facts.as_of or number < max(paid, default=0)
        if due and not before and not after:
            yield quarter


def _missing(facts: Facts, agreement: Entrustment, quarter: Quarter, paid: set[int]) -> Finding:
    there = "·".join(f"{number}분기" for number in sorted(paid))
    return Finding(
        "missing_instalment",
        f"missing_instalment:{agreement.pk}:{quarter.year}:{quarter.number}",
        Severity.WARNING,
        f"집행 장부 {agreement.title} {quarter.year}년",
        f"{quarter} 위탁금의 교부 기록이 없습니다.",
        Amount("교부한 분기", there or "없음"),
        Amount("빠진 분기", f"{quarter.number}분기"),
        "교부했으면 장부에 입력하고, 교부하지 않았으면 까닭을 설명에 적으세요.",
        links.record("subsidies:entrustment_detail", agreement.pk),
    )


def undesignated(facts: Facts) -> Iterator[Finding]:
    """Enterprises paid on a day when they held no designation; one that is undated holds until its end."""
    spans = facts.batch.designated
    rows = [
        row
        for row in facts.payments
        if row.enterprise is not None
        and not any(
            (a is None or a <= row.day) and (z is None or z >= row.day) for a, z in spans[row.enterprise]
        )
    ]
    for firm, mine in _by_firm(rows).items():
        yield Finding(
            "undesignated",
            f"undesignated:{firm}",
            _severity(mine),
            f"집행 장부 {mine[0].payee}",
            f"교부일에 유효한 유형·자격이 없는 기업입니다({_days(mine)}).",
            Amount("교부액", sum(row.amount for row in mine)),
            Amount("교부일의 유형·자격", "없음"),
            "기업의 지정일·만료일을 확인해 유형·자격을 입력하세요.",
            links.record("enterprises:detail", firm),
        )


def unawarded(facts: Facts) -> Iterator[Finding]:
    """Enterprises paid without a 교부결정 made by that day, of the year or carried over from the year before."""
    awards: dict[tuple[int, int, int], list[date | None]] = defaultdict(list)
    by_pk: dict[int, date | None] = {}
    for program in facts.programs:
        for award in facts.batch.awards.get(program.pk, ()):
            by_pk[award.pk] = award.decided_on
            for year in (award.year, award.year + 1):
                awards[program.pk, award.enterprise, year].append(award.decided_on)
    rows = []
    for row in facts.payments:
        if row.enterprise is None:
            continue
        decided = [by_pk[row.award]] if row.award in by_pk else awards[row.program, row.enterprise, row.year]
        if not any(day is None or day <= row.day for day in decided):
            rows.append(row)
    for firm, mine in _by_firm(rows).items():
        yield Finding(
            "unawarded",
            f"unawarded:{firm}",
            _severity(mine),
            f"집행 장부 {mine[0].payee}",
            f"교부일까지 교부결정이 없습니다({_days(mine)}).",
            Amount("교부액", sum(row.amount for row in mine)),
            Amount("교부결정", "없음"),
            "교부결정을 입력하거나 장부의 줄에 이으세요.",
            links.ledger_row(mine[0].pk),
        )


def _by_firm(rows: Iterable[Paid]) -> dict[int, list[Paid]]:
    found: dict[int, list[Paid]] = defaultdict(list)
    for row in rows:
        if row.enterprise is not None:
            found[row.enterprise].append(row)
    return found


def _severity(rows: list[Paid]) -> Severity:
    return Severity.NOTE if all(row.checked_on for row in rows) else Severity.WARNING


def _days(rows: list[Paid]) -> str:
    """``2024. 4. 25. 외 2건``."""
    first = korean_date(rows[0].day)
    return first if len(rows) == 1 else f"{first} 외 {len(rows) - 1}건"


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
            f"‘확인 필요’로 남은 줄이 있습니다({_days(rows)}).",
            Amount("확인 필요", len(rows), "건"),
            Amount("남아야 할 것", 0, "건"),
            "줄마다 경고를 살펴 고치거나 확인 처리하세요.",
            links.ledger(program=program, fiscal_year=year, check="on"),
        )


CHECKS = (fiscal_year, duplicates, missing_instalments, undesignated, unawarded, unchecked)
