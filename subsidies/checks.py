"""What looks doubtful about a payment. One function, one rule; a warning is confirmed with a reason, never refused.

The money has already been paid elsewhere: a record of it is kept in any case and marked 확인 필요 (DOMAIN §1).
Rules are pure: ``subsidies.facts`` fetches what they need, so that an import can fetch it for all rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from common.money import grouped
from common.periods import fiscal_window, fiscal_year_can_contain, korean_date
from subsidies.facts import Facts
from subsidies.models import Disbursement
from subsidies.splits import SOURCE_LABELS, SOURCES

# "About 1,000 times" (DOMAIN §4.1): a slip between 원 and 천 원 in either direction.
UNIT_SLIP = 200
# Without anything to compare with, a grant of less than this looks like 천 원 typed as 원.
LEAST_PLAUSIBLE = 10_000


@dataclass(frozen=True)
class Warning:
    """A doubt: ``field`` is the form field it stands beside."""

    code: str
    field: str
    message: str


Rule = Callable[[Disbursement, Facts], Warning | None]


def outside_fiscal_year(row: Disbursement, facts: Facts) -> Warning | None:
    """지방회계법 제7조: a year's money is paid from 1 January to 20 January of the next."""
    if fiscal_year_can_contain(row.fiscal_year, row.paid_on):
        return None
    first, last = (korean_date(day) for day in fiscal_window(row.fiscal_year))
    return Warning(
        "outside_fiscal_year",
        "paid_on",
        f"교부일 {korean_date(row.paid_on)}은 {row.fiscal_year} 회계연도의 지출 기간({first}~{last}) 밖입니다"
        "(지방회계법 제7조).",
    )


def not_designated(row: Disbursement, facts: Facts) -> Warning | None:
    if row.enterprise is None or facts.designated:
        return None
    return Warning(
        "not_designated",
        "recipient",
        f"{row.enterprise.name}: {korean_date(row.paid_on)}에 유효한 유형·자격이 없습니다.",
    )


def without_award(row: Disbursement, facts: Facts) -> Warning | None:
    """No decision on or before the day, neither chosen nor on file."""
    if row.enterprise is None:
        return None
    chosen = [row.award] if row.award else list(facts.awards)
    if any(award.decided_on is None or award.decided_on <= row.paid_on for award in chosen):
        return None
    if row.award and row.award.decided_on:
        decided = korean_date(row.award.decided_on)
        return Warning(
            "award_later",
            "award",
            f"교부결정일({decided})이 교부일({korean_date(row.paid_on)})보다 늦습니다.",
        )
    return Warning(
        "without_award", "award", f"{row.enterprise.name}: 이 사업·회계연도의 교부결정이 교부일까지 없습니다."
    )


def above_award(row: Disbursement, facts: Facts) -> Warning | None:
    if row.award is None:
        return None
    above = facts.paid_under_award + row.shares.total - row.award.amount
    if above <= 0:
        return None
    return Warning(
        "above_award",
        "amount",
        f"이 교부결정({grouped(row.award.amount)}원)으로 나간 돈이 결정액보다 {grouped(above)}원 많아집니다.",
    )


def outside_agreement(row: Disbursement, facts: Facts) -> Warning | None:
    agreement = row.entrustment or row.contract
    if agreement is None:
        return None
    early = agreement.starts_on and row.paid_on < agreement.starts_on
    late = agreement.ends_on and row.paid_on > agreement.ends_on
    if not early and not late:
        return None
    return Warning("outside_agreement", "recipient", f"교부일이 ‘{agreement.title}’의 기간 밖입니다.")


def above_agreement(row: Disbursement, facts: Facts) -> Warning | None:
    agreement = row.entrustment or row.contract
    if agreement is None or agreement.amount is None:
        return None
    above = facts.paid_under_agreement + row.shares.total - agreement.amount
    if above <= 0:
        return None
    return Warning(
        "above_agreement",
        "amount",
        f"지급 합계가 ‘{agreement.title}’의 금액 {grouped(agreement.amount)}원보다 {grouped(above)}원 많아집니다.",
    )


def over_budget(row: Disbursement, facts: Facts) -> Warning | None:
    """Above what is left of the programme's year: as a whole, else in one source."""
    if not facts.budget.registered:
        return None
    left = facts.budget.left
    above = row.shares.total - left.total
    what = "예산"
    if above <= 0:
        names = zip(SOURCES, row.shares, left, strict=True)
        short = [(name, used - rest) for name, used, rest in names if used > max(rest, 0)]
        if not short:
            return None
        what, above = f"{SOURCE_LABELS[short[0][0]]} 예산", short[0][1]
    return Warning(
        "over_budget" if what == "예산" else "over_budget_source",
        "amount",
        f"{row.program} {row.fiscal_year} 회계연도의 남은 {what}보다 {grouped(above)}원 많습니다.",
    )


def is_unit_slip(amount: int, usual: int) -> bool:
    """Whether ``amount`` is so far from ``usual`` that 원 and 천 원 were probably mixed up."""
    return not usual / UNIT_SLIP < amount < usual * UNIT_SLIP


def unit_suspicion(row: Disbursement, facts: Facts) -> Warning | None:
    """About 1,000 times more or less than the programme usually pays (DOMAIN §4.1)."""
    amount, usual = row.shares.total, facts.usual
    if usual is None:
        if amount >= LEAST_PLAUSIBLE:
            return None
        return Warning("unit", "amount", f"{grouped(amount)}원: 천 원 단위 금액을 원으로 적은 것은 아닙니까?")
    if not is_unit_slip(amount, usual):
        return None
    likely = "백만 원이나 천 원 단위를 잘못 곱한" if amount > usual else "천 원 단위 금액을 원으로 적은"
    return Warning(
        "unit",
        "amount",
        f"이 사업은 보통 한 번에 {grouped(usual)}원쯤 나갑니다. {likely} 것은 아닙니까?",
    )


def duplicate(row: Disbursement, facts: Facts) -> Warning | None:
    if not facts.twins:
        return None
    return Warning(
        "duplicate", "recipient", "같은 수령자·교부일·금액의 기록이 이미 있습니다. 두 번 적는 것은 아닙니까?"
    )


def closed_quarter(row: Disbursement, facts: Facts) -> Warning | None:
    """DOMAIN §3.15: kept and listed, enters no figure until the quarter is corrected."""
    if facts.closed_through is None or row.paid_on > facts.closed_through:
        return None
    closed = korean_date(facts.closed_through)
    return Warning(
        "closed",
        "paid_on",
        f"마감 뒤 입력(미반영): {closed}까지 마감되어, 정정 마감 전에는 집계에 들지 않습니다.",
    )


def future(row: Disbursement, facts: Facts) -> Warning | None:
    if row.paid_on <= facts.today:
        return None
    return Warning("future", "paid_on", f"교부일 {korean_date(row.paid_on)}이 아직 오지 않은 날입니다.")


RULES: tuple[Rule, ...] = (
    outside_fiscal_year,
    future,
    closed_quarter,
    not_designated,
    without_award,
    above_award,
    outside_agreement,
    above_agreement,
    over_budget,
    unit_suspicion,
    duplicate,
)
_further: list[Rule] = []


def register(rule: Rule) -> Rule:
    """Adds a rule of an app above (such as: more than a pledge's 총사업비). Called in ``AppConfig.ready``."""
    if rule not in _further:
        _further.append(rule)
    return rule


def warnings(row: Disbursement, facts: Facts) -> list[Warning]:
    """Every doubt about ``row``, in the order of the form."""
    found: Iterable[Warning | None] = (rule(row, facts) for rule in (*RULES, *_further))
    return [warning for warning in found if warning is not None]
