"""The synthetic district obeys the rules of real entry, is always the same, and leaves other pledges alone."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.db.models import Count, Q, Sum

from common.names import business_number_ok
from common.periods import Quarter
from enterprises.models import Designation, Enterprise, RegisterOpening
from markets.models import MarketDay
from pledges.card import build_card, contract_form
from pledges.closing import broken_closings, close_quarter
from pledges.closing_checks import obstacles
from pledges.models import (
    Activity,
    Engagement,
    ExecutionOpening,
    Indicator,
    IndicatorOpening,
    Pledge,
    Result,
    Target,
)
from pledges.openings import execution_itemised, indicator_itemised
from pledges.seeding.district import Size, generate
from subsidies.models import SOURCES, Award, Budget, Disbursement, LedgerKind, Program
from subsidies.splits import Ratio, split
from tests import factories as make

pytestmark = pytest.mark.django_db
SMALL = Size(pledges=7, years=2, disbursements=151, enterprises=30)
MODELS = (Enterprise, Designation, Award, Budget, Disbursement, MarketDay, Pledge, Indicator, Target, Result)


def figures(model: type[models.Model]) -> list[dict[str, Any]]:
    """What the rows say, without their numbers in the database."""
    names = [f.name for f in model._meta.fields if not f.is_relation and not f.primary_key]
    return list(model._default_manager.order_by("pk").values(*names))


def test_exactly_as_many_as_asked_for() -> None:
    made = generate(SMALL)
    assert Pledge.objects.count() == 7
    assert Disbursement.objects.count() == made["교부·지급"] == 151
    assert Enterprise.objects.count() == 30
    assert set(Disbursement.objects.values_list("fiscal_year", flat=True)) == {2025, 2026}


def test_the_same_size_and_seed_make_the_same_figures() -> None:
    seen = []
    for seed in (5, 5, 6):
        with transaction.atomic():
            generate(Size(3, 1, 40, 10, seed))
            seen.append({model.__name__: figures(model) for model in MODELS})
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def test_payments_are_split_by_the_ratio_and_go_to_the_designated() -> None:
    generate(SMALL)
    payments = Disbursement.objects.filter(kind=LedgerKind.PAYMENT).select_related("program")
    for row in payments:
        year = row.program.years.get(year=row.fiscal_year)
        ratio = Ratio(*(getattr(year, name) for name in SOURCES))
        assert row.shares == split(row.amount, ratio, row.program.split_unit)
        assert row.paid_on.year == row.fiscal_year
        if row.enterprise_id:
            assert row.award.enterprise_id == row.enterprise_id
            assert row.award.decided_on <= row.paid_on
            assert Designation.objects.active_on(row.paid_on).filter(enterprise_id=row.enterprise_id).exists()
        else:
            assert row.entrustment.program_id == row.program_id
    assert payments.filter(enterprise=None).exists()
    assert payments.exclude(log_text="").exists()


def test_no_award_and_no_budget_is_exceeded_and_returns_reduce_their_payment() -> None:
    generate(SMALL)
    awards = Award.objects.annotate(
        paid=Sum("disbursements__amount", filter=Q(disbursements__kind=LedgerKind.PAYMENT))
    )
    assert awards.exists()
    assert all(award.paid == award.amount for award in awards)
    for budget in Budget.objects.select_related("program_year"):
        year = budget.program_year
        paid = Disbursement.objects.filter(
            program=year.program, fiscal_year=year.year, kind=LedgerKind.PAYMENT
        )
        assert 0 < paid.aggregate(won=Sum(budget.source))["won"] <= budget.amount
    returns = Disbursement.objects.filter(kind=LedgerKind.RESTORED).select_related("returns")
    assert returns.exists()
    for row in returns:
        assert row.paid_on >= row.returns.paid_on
        assert -row.returns.amount < row.amount < 0


def test_pledges_are_whole() -> None:
    generate(SMALL)
    for pledge in Pledge.objects.annotate(number_of=Count("indicators"), weight=Sum("indicators__weight")):
        assert 2 <= pledge.number_of <= 5
        assert pledge.weight == 100
        assert pledge.programs.exists()
    assert Pledge.objects.filter(markets__isnull=False).count() == 3
    assert Pledge.objects.values("goal").distinct().count() == 6
    for indicator in Indicator.objects.all():
        assert indicator.targets.get(year=None).value > 0
        assert indicator.targets.filter(quarter=None, year__isnull=False).count() == 5
        assert bool(indicator.measure) != indicator.results.exists()
    assert Activity.objects.count() == 7 * 2 * 3
    assert Engagement.objects.count() == 7 * 2


def test_cards_can_be_made() -> None:
    generate(SMALL)
    for pledge in Pledge.objects.all():
        card = contract_form(build_card(pledge, date(2026, 6, 30)))
        assert card["execution"]["total"]["total"] > 0


@pytest.mark.parametrize("size", [SMALL, Size(pledges=6, years=5, disbursements=240, enterprises=30, seed=2)])
def test_reconciles_so_that_a_quarter_closes_in_one_step(size: Size) -> None:
    generate(size)
    pledges = list(Pledge.objects.with_card())
    for day in (date(2025, 3, 31), date(2026, 6, 30)):
        assert [item.words for item in obstacles(pledges, Quarter.of(day), day) if item.grave] == []
    term, user = pledges[0].term, make.user("coordinator")
    closing = close_quarter(
        term, Quarter(2025, 1), user, datetime(2025, 4, 9, tzinfo=UTC), date(2025, 4, 9), ""
    )
    assert closing.cards.count() == size.pledges
    assert broken_closings() == []


def test_totals_of_before_are_never_less_than_their_details() -> None:
    generate(Size(pledges=9, years=5, disbursements=400, enterprises=30))
    assert IndicatorOpening.objects.exists()
    assert all(indicator_itemised(row).excess == 0 for row in IndicatorOpening.objects.all())
    assert all(execution_itemised(row).excess == 0 for row in ExecutionOpening.objects.all())


def test_names_are_marked_and_numbers_are_nobodys() -> None:
    generate(SMALL)
    for firm in Enterprise.objects.all():
        assert firm.name.endswith("(예시)")
        assert firm.is_example
        assert firm.business_number.startswith("000")
        assert business_number_ok(firm.business_number)


def test_every_row_has_its_history() -> None:
    generate(SMALL)
    for model in MODELS:
        assert model.history.values("id").distinct().count() == model.objects.count()
        assert set(
            model.history.filter(history_type="+").values_list("history_change_reason", flat=True)
        ) <= {"예시 자료(generate_district)"}


def test_the_seed_card_beside_it_keeps_its_figures() -> None:
    call_command("load_seed", stdout=StringIO())
    seed = Pledge.objects.get(number="1-3")
    openings = list(RegisterOpening.objects.values())
    days = [date(2023, 12, 31), date(2024, 3, 31), date(2026, 6, 30)]
    before = [contract_form(build_card(seed, day)) for day in days]
    call_command(
        "generate_district", pledges=20, years=5, disbursements=200, enterprises=40, stdout=StringIO()
    )
    assert [contract_form(build_card(Pledge.objects.get(pk=seed.pk), day)) for day in days] == before
    assert list(RegisterOpening.objects.values()) == openings
    assert Pledge.objects.count() == 21


def test_the_command_tells_what_it_made() -> None:
    out = StringIO()
    call_command("generate_district", pledges=2, years=1, disbursements=5, enterprises=3, stdout=out)
    assert "교부·지급: 5\n" in out.getvalue()


def test_a_second_district_is_refused() -> None:
    generate(Size(1, 1, 1, 1))
    with pytest.raises(CommandError, match="이미 있습니다"):
        call_command("generate_district", pledges=1, years=1, disbursements=1, enterprises=1)
    assert Program.objects.count() == 2


@pytest.mark.parametrize(
    "size", [{"pledges": 0}, {"enterprises": 0}, {"disbursements": -1}, {"years": 0}, {"years": 21}]
)
def test_impossible_sizes_are_refused(size: dict[str, int]) -> None:
    asked = {"pledges": 1, "years": 1, "disbursements": 1, "enterprises": 1} | size
    with pytest.raises(CommandError):
        call_command("generate_district", **asked)
    assert not Pledge.objects.exists()


def test_twenty_years_are_made() -> None:
    generate(Size(pledges=1, years=20, disbursements=20, enterprises=3))
    assert Disbursement.objects.count() == 20


def test_many_years_begin_before_the_term() -> None:
    generate(Size(pledges=1, years=8, disbursements=16, enterprises=2))
    assert {row.paid_on.year for row in Disbursement.objects.all()} == set(range(2019, 2027))
    assert not Result.objects.filter(year__lt=2022).exists()
