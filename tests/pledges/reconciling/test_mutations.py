"""One thing broken in a clean pledge, at a place and by an amount drawn by a number: exactly its finding appears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.utils import timezone

from common.money import grouped
from enterprises.models import Designation, Enterprise, RegisterOpening
from markets.models import MarketDay, State
from pledges.models import Activity, ExecutionOpening, IndicatorOpening, Pledge, Result, Target
from pledges.reconciling import Finding, findings
from subsidies.balances import balances
from subsidies.models import (
    Award,
    Budget,
    Disbursement,
    Entrustment,
    Instalment,
    LedgerKind,
    ServiceContract,
    SupportOpening,
)

from .worlds import MANY, World, build


class Broken(NamedTuple):
    """The finding that fits, its figures (None: not looked at), and what else follows from the same fault."""

    code: str
    figures: tuple[Any, Any] | None = None
    follow: frozenset[str] = frozenset()


Break = Callable[[World, Random], Broken | None]

# What a payment more, fewer, or of another amount brings about besides.
_MONEY = (
    "beyond_cost execution_excess execution_rest instalment_amount log_amount log_date log_other_year "
    "log_unrecorded log_void log_year missing_instalment no_ratio opening_excess opening_rest "
    "over_agreement over_award over_budget over_return result_counted return_year sentence_amount split "
    "unawarded unit_payment unit_payment_cost "
)
MONEY = frozenset(_MONEY.split())


def _payments(world: World) -> Any:
    rows = Disbursement.objects.live().filter(program__pledges=world.pledge, kind=LedgerKind.PAYMENT)
    return rows.filter(fiscal_year__gte=world.start)


def _one(rng: Random, rows: Any) -> Any:
    """A row at random; None where there is none to break."""
    found = list(rows)
    return rng.choice(found) if found else None


def log_tells_another_amount(world: World, rng: Random) -> Broken | None:
    row = _one(rng, world.pledge.activities.filter(disbursement__isnull=False))
    if row is None:
        return None
    won = int(row.disbursement.amount)
    wrong = won // rng.randint(2, 1000) - 1
    Activity.objects.filter(pk=row.pk).update(detail=f"- 지원금 교부({grouped(wrong)}원)")
    return Broken("log_amount", (wrong, won))


def log_tells_a_payment_nobody_recorded(world: World, rng: Random) -> Broken:
    won, on = rng.randint(1, 10**9), date(world.start + 1, 5, 29)
    no = world.pledge.activities.count() + 1
    Activity.objects.create(
        pledge=world.pledge,
        no=no,
        title="지원금",
        date_text="-",
        starts_on=on,
        detail=f"- 지급({grouped(won)}원)",
    )
    return Broken("log_unrecorded", (won, "기록 없음"), frozenset({"log_year", "log_order"}))


def own_sentence_of_another_amount(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world))
    wrong = int(row.amount) + rng.choice((-1, 1)) * rng.randint(1, int(row.amount) - 1)
    Disbursement.objects.filter(pk=row.pk).update(log_text=f"- 교부({grouped(wrong)}원)")
    return Broken("sentence_amount", (wrong, int(row.amount)))


def log_of_a_voided_payment(world: World, rng: Random) -> Broken | None:
    row = _one(rng, world.pledge.activities.filter(disbursement__isnull=False))
    if row is None:
        return None
    Disbursement.objects.filter(pk=row.disbursement_id).update(voided_at=timezone.now(), void_reason="잘못")
    return Broken("log_void", None, MONEY)


def over_budget(world: World, rng: Random) -> Broken | None:
    rows = [one for one in balances([world.grants, world.own]) if one.registered and one.year >= world.start]
    chosen = _one(rng, rows)
    if chosen is None:
        return None
    budget = Budget.objects.filter(
        program_year__program=chosen.program, program_year__year=chosen.year
    ).first()
    assert budget
    short = rng.randint(1, chosen.executed.total // 2)
    Budget.objects.filter(pk=budget.pk).update(amount=budget.amount - chosen.left.total - short)
    return Broken("over_budget", (chosen.executed.total, chosen.executed.total - short))


def over_agreement(world: World, rng: Random) -> Broken:
    agreements: list[Entrustment | ServiceContract] = [world.trust, world.contract]
    row = rng.choice(agreements)
    paid = sum(int(one.amount) for one in _payments(world) if row in (one.entrustment, one.contract))
    amount = rng.randint(1, paid - 1)
    type(row).objects.filter(pk=row.pk).update(amount=amount)
    return Broken("over_agreement", (paid, amount))


def execution_opening_too_small(world: World, rng: Random) -> Broken | None:
    row = _one(rng, ExecutionOpening.objects.filter(pledge=world.pledge, amount__gt=0))
    if row is None:
        return None
    ExecutionOpening.objects.filter(pk=row.pk).update(amount=-100_000_000)
    return Broken("execution_excess", None, frozenset({"log_year", "unit_support"}))


def indicator_opening_too_small(world: World, rng: Random) -> Broken | None:
    row = _one(
        rng, IndicatorOpening.objects.filter(indicator__pledge=world.pledge, indicator__no__lt=3, value__gt=0)
    )
    if row is None:
        return None
    short = rng.randint(1, int(row.value))
    IndicatorOpening.objects.filter(pk=row.pk).update(value=row.value - short)
    return Broken("opening_excess", (row.value, row.value - short), frozenset({"result_counted"}))


def register_opening_off(world: World, rng: Random) -> Broken | None:
    row = _one(rng, RegisterOpening.objects.filter(count__gt=0))
    if row is None:
        return None
    more = rng.randint(1, 900)
    RegisterOpening.objects.filter(pk=row.pk).update(count=row.count + more)
    return Broken("opening_register", None, frozenset({"opening_rest", "result_counted"}))


def support_opening_off(world: World, rng: Random) -> Broken | None:
    row = _one(rng, SupportOpening.objects.filter(program__pledges=world.pledge, amount__gt=1_000_000))
    if row is None:
        return None
    field, code = rng.choice((("amount", "opening_excess"), ("enterprises", "opening_rest")))
    value = -1 if field == "amount" else row.enterprises + 3
    SupportOpening.objects.filter(pk=row.pk).update(**{field: max(value, 0)})
    return Broken(code)


def result_off(world: World, rng: Random) -> Broken | None:
    results = Result.objects.filter(indicator__pledge=world.pledge)
    opened = world.opened or date.min
    row = _one(rng, [one for one in results if date(one.year, 3 * one.quarter, 28) > opened])
    if row is None:
        return None
    wrong = row.value + rng.randint(1, 500)
    Result.objects.filter(pk=row.pk).update(value=wrong)
    return Broken("result_counted", (wrong, row.value))


def target_off(world: World, rng: Random) -> Broken | None:
    rows = Target.objects.filter(
        indicator__pledge=world.pledge, indicator__targets__year__isnull=False
    ).distinct()
    row = _one(
        rng,
        rows.filter(value__isnull=False, quarter__in=(2, 4))
        if rng.random() < 0.5
        else rows.filter(year=None),
    )
    if row is None or (row.quarter == 2 and row.indicator.aggregation == "level"):
        return None
    Target.objects.filter(pk=row.pk).update(value=row.value + rng.randint(1, 99))
    return Broken("targets")


def weights_off(world: World, rng: Random) -> Broken:
    row = rng.choice(list(world.pledge.indicators.all()))
    wrong = Decimal(rng.randint(1, 1000)) / 10
    wrong += Decimal("0.1") if wrong == row.weight else 0
    type(row).objects.filter(pk=row.pk).update(weight=wrong)
    return Broken("weights", (100 - (row.weight or Decimal(0)) + wrong, Decimal(100)))


def shares_moved(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(district__gt=0))
    won = rng.randint(1, int(row.district))
    Disbursement.objects.filter(pk=row.pk).update(district=row.district - won, city=row.city + won)
    return Broken("split", None, MONEY)


def entered_twice(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world))
    won = int(row.amount)
    row.pk = None
    row.log_text = ""
    row.save()
    return Broken("duplicate", (2 * won, won), MONEY)


def spelled_otherwise(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(enterprise__isnull=False))
    spelling = rng.choice(("㈜{}", "(주) {}", "{} 주식회사", "주식회사 {}", " {}"))
    Enterprise.objects.create(name=spelling.format(row.enterprise.name))
    return Broken("twins")


def paid_after_the_designation(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(enterprise__isnull=False))
    last = row.paid_on - timedelta(days=rng.randint(1, 20))
    held = Designation.objects.filter(enterprise=row.enterprise)
    held.filter(starts_on__gt=last).update(voided_at=timezone.now(), void_reason="잘못")
    held.filter(starts_on__lte=last).update(expires_on=last)
    follow = frozenset({"opening_excess", "opening_rest", "result_counted", "opening_register"})
    return Broken("undesignated", None, follow)


def award_gone(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(enterprise__isnull=False))
    Award.objects.filter(enterprise=row.enterprise, program=row.program).update(
        voided_at=timezone.now(), void_reason="잘못"
    )
    return Broken("unawarded", None, frozenset({"opening_rest"}))


def fiscal_year_off(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world))
    wrong = row.fiscal_year + rng.choice((-20, -10, -2, 2, 10))
    Disbursement.objects.filter(pk=row.pk).update(fiscal_year=wrong)
    return Broken("fiscal_year", None, MONEY)


def unit_slip(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(entrustment__isnull=False))
    times = rng.choice((Decimal(1000), Decimal("0.001")))
    Disbursement.objects.filter(pk=row.pk).update(district=int(row.amount * times))
    return Broken("unit_payment", None, MONEY)


def award_unit_slip(world: World, rng: Random) -> Broken:
    row = _one(rng, Award.objects.filter(program__pledges=world.pledge))
    times = rng.choice((Decimal(1000), Decimal("0.001")))
    Award.objects.filter(pk=row.pk).update(amount=int(row.amount * times))
    return Broken(
        "unit_award", None, frozenset({"over_award", "opening_excess", "opening_rest", "unit_support"})
    )


def quarter_not_paid(world: World, rng: Random) -> Broken:
    # A quarter before the term is not asked for.
    row = _one(rng, _payments(world).filter(entrustment=world.trust, fiscal_year__gt=world.start))
    Disbursement.objects.filter(pk=row.pk).update(voided_at=timezone.now(), void_reason="잘못")
    return Broken("missing_instalment", None, MONEY)


def instalment_unlike_its_plan(world: World, rng: Random) -> Broken | None:
    row = _one(rng, Instalment.objects.filter(entrustment=world.trust))
    if row is None:
        return None
    planned = rng.randint(1, 10**8)
    Instalment.objects.filter(pk=row.pk).update(amount=planned)
    return Broken("instalment_amount", (row.amount, planned))


def paid_to_a_name(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world).filter(enterprise__isnull=False))
    name = rng.choice(("아무개상사", f"㈜{row.enterprise.name}"))
    Disbursement.objects.filter(pk=row.pk).update(enterprise=None, award=None, recipient_text=name)
    return Broken("unregistered", None, frozenset({"opening_rest", "result_counted"}))


def more_returned_than_paid(world: World, rng: Random) -> Broken:
    row = _one(
        rng, Disbursement.objects.filter(program__pledges=world.pledge).exclude(kind=LedgerKind.PAYMENT)
    )
    Disbursement.objects.filter(pk=row.pk).update(district=-int(row.returns.amount) - rng.randint(1, 10**6))
    return Broken("over_return", None, MONEY)


def returned_into_another_year(world: World, rng: Random) -> Broken:
    row = _one(
        rng, Disbursement.objects.filter(program__pledges=world.pledge).exclude(kind=LedgerKind.PAYMENT)
    )
    Disbursement.objects.filter(pk=row.pk).update(fiscal_year=row.fiscal_year + rng.choice((-1, 1)))
    return Broken("return_year", None, MONEY | {"fiscal_year"})


def paid_above_the_award(world: World, rng: Random) -> Broken | None:
    award = _one(rng, Award.objects.filter(disbursements__program__pledges=world.pledge))
    if award is None:
        return None
    paid = sum(int(row.amount) for row in award.disbursements.all())
    Award.objects.filter(pk=award.pk).update(amount=paid - rng.randint(1, paid // 100))
    return Broken("over_award", None, frozenset({"opening_excess", "opening_rest"}))


def log_row_out_of_order(world: World, rng: Random) -> Broken:
    rows = list(world.pledge.activities.order_by("no"))
    row = rng.choice(rows[2:])
    Activity.objects.filter(pk=row.pk).update(no=0)
    return Broken("log_order")


def log_row_of_another_year(world: World, rng: Random) -> Broken:
    row = rng.choice(list(world.pledge.activities.all()))
    year = row.starts_on.year + rng.choice((-9, -2, 1, 2))
    Activity.objects.filter(pk=row.pk).update(detail=f"- {year}년 기념행사", disbursement=None)
    return Broken("log_other_year", (f"{year}년", row.date_text))


def past_day_still_planned(world: World, rng: Random) -> Broken:
    row = _one(
        rng, MarketDay.objects.filter(state=State.HELD, mode="offline", day__gte=date(world.start, 1, 1))
    )
    MarketDay.objects.filter(pk=row.pk).update(state=State.PLANNED)
    return Broken("still_planned", (1, 0), frozenset({"result_counted", "opening_rest"}))


def row_to_be_checked(world: World, rng: Random) -> Broken:
    row = _one(rng, _payments(world))
    Disbursement.objects.filter(pk=row.pk).update(needs_check="경고")
    return Broken("unchecked", (1, 0))


BREAKS: list[Break] = [
    log_tells_another_amount, log_tells_a_payment_nobody_recorded, own_sentence_of_another_amount,
    log_of_a_voided_payment, over_budget, over_agreement, execution_opening_too_small, indicator_opening_too_small,
    register_opening_off, support_opening_off, result_off, target_off, weights_off, shares_moved, entered_twice,
    spelled_otherwise, paid_after_the_designation, award_gone, fiscal_year_off, unit_slip, award_unit_slip,
    quarter_not_paid, instalment_unlike_its_plan, paid_to_a_name, more_returned_than_paid,
    returned_into_another_year, paid_above_the_award, log_row_out_of_order, log_row_of_another_year,
    past_day_still_planned, row_to_be_checked,
]  # fmt: skip


def _found(world: World, day: date) -> list[Finding]:
    return findings(Pledge.objects.get(pk=world.pledge.pk), day)


@pytest.mark.parametrize("number", range(1, MANY + 1) if MANY else [20])
def test_what_is_broken_is_found_and_nothing_else(db: None, number: int) -> None:
    world, missed = build(number), []
    day = world.last + timedelta(days=60)
    rng = Random(number)
    for breaks in BREAKS:
        with transaction.atomic():
            broken = breaks(world, rng)
            found = _found(world, day) if broken else []
            transaction.set_rollback(True)
        if broken and (wrong := _judged(broken, found)):
            missed.append(f"{number} {breaks.__name__}: {wrong}")
    assert missed == []
    assert _found(world, day) == []


def _judged(broken: Broken, found: list[Finding]) -> str:
    """What is not as it should be, in words; empty if all is."""
    fitting = [one for one in found if one.code == broken.code]
    others = {one.code for one in found} - {broken.code} - broken.follow
    if not fitting or others:
        return f"{broken.code} {len(fitting)}, besides {sorted(others)}"
    told = [(one.left.value, one.right.value) for one in fitting]
    return "" if broken.figures is None or broken.figures in told else f"{told} instead of {broken.figures}"
