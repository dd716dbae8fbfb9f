"""What falls due for agreements and subsidies, by the office's editable rules (DOMAIN §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Sum
from django.urls import reverse

from accounts.models import DeadlineRule
from common.due import Due
from subsidies.models import Disbursement, Entrustment, LedgerKind, ServiceContract, Settlement

Rules = dict[str, DeadlineRule]
# From this sum a year a recipient discloses its accounts (지방보조금법 시행령).
DISCLOSED_FROM = 5_000_000


def rules_in_force() -> Rules:
    """The rules in use, by code; one query."""
    return {rule.code: rule for rule in DeadlineRule.objects.filter(active=True)}


def due(on: date) -> list[Due]:
    """Everything of this app within its notice on a day, and what is overdue, soonest first."""
    rules = rules_in_force()
    near = [
        found
        for agreement in Entrustment.objects.live().active_on(on).select_related("program")
        for code, found in entrustment_deadlines(agreement, rules)
        if _announced(found, rules[code], on)
    ]
    return sorted([*near, *_agreement_ends(on, rules), *_settlements(on, rules), *_disclosures(on, rules)])


def entrustment_deadlines(agreement: Entrustment, rules: Rules) -> Iterator[tuple[str, Due]]:
    """Every deadline of one entrustment that is not done, near or far, by its rule's code."""
    evaluated = agreement.evaluated_on is not None
    bases = {
        "entrust_evaluation": None if evaluated else agreement.ends_on,
        "entrust_application": agreement.ends_on,
        "entrust_decision": agreement.ends_on,
        "entrust_consent": agreement.consented_on,
        "entrust_inspection": agreement.inspected_on or agreement.starts_on,
        "agreement_end": agreement.ends_on,
    }
    url = reverse("subsidies:entrustment_detail", args=[agreement.pk])
    for code, base in bases.items():
        if base and (rule := rules.get(code)):
            yield code, Due(rule.due_on(base), f"{agreement.title}: {rule.title}", rule.rule, url)


def _announced(found: Due, rule: DeadlineRule, on: date) -> bool:
    return found.on - timedelta(days=rule.notice_days) <= on


def _agreement_ends(on: date, rules: Rules) -> Iterator[Due]:
    """Service contracts that end soon; entrustments are told with their other deadlines."""
    rule = rules.get("agreement_end")
    if rule is None:
        return
    last = on + timedelta(days=rule.notice_days)
    for contract in ServiceContract.objects.live().filter(ends_on__gte=on, ends_on__lte=last):
        url = reverse("subsidies:contract_detail", args=[contract.pk])
        yield Due(rule.due_on(contract.ends_on or on), f"{contract.title}: {rule.title}", rule.rule, url)


def _settlements(on: date, rules: Rules) -> Iterator[Due]:
    """Last year's and this year's payments that nobody has settled, one line per programme and year."""
    rule = rules.get("subsidy_settlement")
    if rule is None:
        return
    for year in (on.year - 1, on.year):
        day = rule.due_on(date(year, 12, 31))
        if on < day - timedelta(days=rule.notice_days):
            continue
        for program, count in _unsettled(year).items():
            title = f"{year}년 {program}: {rule.title} {count}건"
            yield Due(day, title, rule.rule, f"{reverse('subsidies:settlement_list')}?year={year}")


def _unsettled(year: int) -> Counter[str]:
    """Awards and entrustments that were paid in ``year`` and not settled for it, by programme; two queries."""
    found: Counter[str] = Counter()
    paid = Disbursement.objects.live().filter(kind=LedgerKind.PAYMENT, fiscal_year=year).order_by()
    for what in ("award", "entrustment"):
        settled = Settlement.objects.live().filter(**{what: OuterRef(what), "year": year})
        open_rows = paid.filter(~Exists(settled), **{f"{what}__isnull": False})
        counted = open_rows.values_list("program__name").annotate(number=Count(what, distinct=True))
        found.update(dict(counted))
    return found


def _disclosures(on: date, rules: Rules) -> Iterator[Due]:
    """Recipients of last year that disclose; there is no record of doing so, so it is told until the day."""
    rule = rules.get("disclosure")
    if rule is None:
        return
    year = on.year - 1
    day = rule.due_on(date(year, 12, 31))
    if not day - timedelta(days=rule.notice_days) <= on <= day:
        return
    rows = Disbursement.objects.executed().filter(fiscal_year=year, enterprise__isnull=False).order_by()
    totals = rows.values("enterprise").annotate(total=Sum("amount"))
    count = totals.filter(total__gte=DISCLOSED_FROM).count()
    if count:
        url = f"{reverse('subsidies:disbursement_list')}?fiscal_year={year}"
        yield Due(day, f"{year}년 {rule.title} {count}개 기업", rule.rule, url)
