"""The cases the office worked by hand: as entries come in, these are the figures, and 2024-03-31 never moves."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Role
from common.voiding import void
from enterprises.models import Designation, DesignationKind, Enterprise
from markets.models import Market, MarketDay, MarketEvent, Mode, State
from pledges.card import build_card, contract_form
from pledges.dashboard import rows_of
from pledges.figures import pledge_figures
from pledges.models import Pledge, Result, Target, Term
from pledges.selection import day_in, term_named
from subsidies.disbursing import give_back
from subsidies.models import Disbursement, Entrustment, Program
from subsidies.splits import split
from tests import factories

CONTRACT: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "card-1-3.json").read_text(encoding="utf-8")
)
SEED_DAY = date(2024, 3, 31)


def card(pledge: Pledge, *day: int) -> dict[str, Any]:
    return contract_form(build_card(pledge, date(*day)))


def held(day: date, state: str = State.HELD, mode: str = Mode.OFFLINE) -> MarketDay:
    event, _ = MarketEvent.objects.get_or_create(market=Market.objects.get(), name="2024년 4월 꿈시장")
    return MarketDay.objects.create(event=event, day=day, state=state, mode=mode)


def firm(name: str = "㈜새로움(예시)") -> Enterprise:
    return Enterprise.objects.create(name=name)


def pay(
    enterprise: Enterprise, amount: int, *day: int, program: str = "일자리창출사업", **more: Any
) -> Disbursement:
    found, paid_on = Program.objects.get(name=program), date(*day)
    year = found.years.get(year=2024)
    shares = split(amount, year.ratio, found.split_unit)
    return Disbursement.objects.create(
        program=found,
        enterprise=enterprise,
        fiscal_year=more.pop("fiscal_year", paid_on.year),
        paid_on=paid_on,
        national=shares.national,
        city=shares.city,
        district=shares.district,
        other=shares.other,
        **more,
    )


@pytest.fixture
def unmoved(seed: Pledge) -> Any:
    """After the test the card of 2024-03-31 still equals the contract, key for key."""
    yield
    assert card(seed, 2024, 3, 31) == CONTRACT


def test_seed_day_equals_the_contract(seed: Pledge) -> None:
    form = card(seed, 2024, 3, 31)
    assert json.dumps(form, ensure_ascii=False) == json.dumps(CONTRACT, ensure_ascii=False)


@pytest.mark.usefixtures("unmoved")
def test_before_the_opening_totals_are_unknown_and_ended_years_known(seed: Pledge) -> None:
    form = card(seed, 2023, 12, 31)
    assert form["overall_rate"] is None
    assert [row["actual"] for row in form["indicators"]] == [None, None, None]
    assert form["enterprises"]["total"] is None
    assert form["execution"]["total"]["total"] == 1085
    assert form["execution"]["total"]["by_year"] == {
        "2022": 375,
        "2023": 710,
        "2024": 0,
        "2025": 0,
        "2026": 0,
    }
    assert (len(form["schedule"]), len(form["engagement"])) == (24, 7)


def test_inside_the_openings_year_that_year_is_unknown(seed: Pledge) -> None:
    total = card(seed, 2024, 2, 15)["execution"]["total"]
    assert (total["total"], total["in_term"], total["after_term"]) == (None, None, 0)
    assert total["by_year"] == {"2022": 375, "2023": 710, "2024": None, "2025": 0, "2026": 0}


def test_unknown_total_shows_the_known_part(seed: Pledge) -> None:
    figures = pledge_figures([seed], date(2023, 12, 31))[0]
    assert [int(line.figure.known) for line in figures.indicators][2] == 14


@pytest.mark.usefixtures("unmoved")
def test_market_days_move_the_rate_from_their_day(seed: Pledge) -> None:
    held(date(2024, 4, 25))
    held(date(2024, 4, 26))
    assert card(seed, 2024, 4, 24)["overall_rate"] == "82.5"
    assert card(seed, 2024, 4, 25)["overall_rate"] == "83.0"
    assert card(seed, 2024, 6, 30)["overall_rate"] == "83.5"


@pytest.mark.usefixtures("unmoved")
@pytest.mark.parametrize(
    ("state", "mode"),
    [(State.PLANNED, Mode.OFFLINE), (State.CANCELLED, Mode.OFFLINE), (State.HELD, Mode.ONLINE)],
)
def test_planned_cancelled_and_online_days_do_not_count(seed: Pledge, state: str, mode: str) -> None:
    held(date(2024, 4, 25), state, mode)
    assert card(seed, 2024, 6, 30)["indicators"][2]["actual"] == 16


@pytest.mark.usefixtures("unmoved")
def test_payment_moves_indicator_rate_and_a_table_that_foots(seed: Pledge) -> None:
    held(date(2024, 4, 25))
    held(date(2024, 4, 26))
    row = pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    assert (row.national, row.city, row.district, row.amount) == (7_115_250, 1_660_225, 711_525, 9_487_000)
    form = card(seed, 2024, 6, 30)
    assert (form["indicators"][1]["actual"], form["indicators"][1]["rate"]) == (44, "91.7")
    assert form["overall_rate"] == "84.6"
    sources = ("national", "city", "district", "other")
    table = form["execution"]
    assert table["total"]["by_year"]["2024"] == 44
    assert sum(table[source]["by_year"]["2024"] for source in sources) == 44
    for line in ("total", *sources):
        assert table[line]["in_term"] == sum(table[line]["by_year"].values())
        assert table[line]["total"] == table[line]["in_term"] + table[line]["after_term"]
    assert sum(table[source]["total"] for source in sources) == table["total"]["total"] == 1129


@pytest.mark.usefixtures("unmoved")
def test_enterprise_of_the_opening_does_not_count_again_but_its_money_does(seed: Pledge) -> None:
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=True)
    form = card(seed, 2024, 6, 30)
    assert form["indicators"][1]["actual"] == 43
    assert form["execution"]["total"]["by_year"]["2024"] == 44


@pytest.mark.usefixtures("unmoved")
def test_enterprise_counts_once_a_year_and_again_next_year(seed: Pledge) -> None:
    one = firm()
    for day in ((2024, 4, 25), (2024, 8, 1), (2025, 3, 3)):
        pay(one, 1_000_000, *day)
    assert [card(seed, *day)["indicators"][1]["actual"] for day in ((2024, 12, 31), (2025, 12, 31))] == [
        44,
        45,
    ]


@pytest.mark.usefixtures("unmoved")
def test_payment_returned_whole_within_its_year_does_not_count(seed: Pledge) -> None:
    payment = pay(firm(), 1_000_000, 2024, 4, 25)
    give_back(payment, 1_000_000, date(2024, 9, 2))
    assert card(seed, 2024, 6, 30)["indicators"][1]["actual"] == 44
    later = card(seed, 2024, 9, 30)
    assert (later["indicators"][1]["actual"], later["execution"]["total"]["total"]) == (43, 1120)


@pytest.mark.usefixtures("unmoved")
def test_late_return_is_revenue_and_leaves_execution_alone(seed: Pledge) -> None:
    payment = pay(firm(), 5_000_000, 2024, 4, 25)
    give_back(payment, 5_000_000, date(2025, 1, 21))
    form = card(seed, 2025, 3, 31)
    assert (form["indicators"][1]["actual"], form["execution"]["total"]["total"]) == (44, 1125)


@pytest.mark.usefixtures("unmoved")
def test_voided_payment_counts_nowhere(seed: Pledge) -> None:
    void(pay(firm(), 5_000_000, 2024, 4, 25), factories.user(Role.STAFF), "잘못 입력")
    form = card(seed, 2024, 6, 30)
    assert (form["indicators"][1]["actual"], form["execution"]["total"]["total"]) == (43, 1120)


@pytest.mark.usefixtures("unmoved")
def test_designation_moves_the_count_of_enterprises(seed: Pledge) -> None:
    kind = DesignationKind.objects.get(code="certified")
    Designation.objects.create(
        enterprise=firm(), kind=kind, starts_on=date(2024, 4, 25), expires_on=date(2024, 12, 31)
    )
    assert card(seed, 2024, 4, 24)["indicators"][0]["actual"] == 233
    grown = card(seed, 2024, 12, 31)
    assert (grown["indicators"][0]["actual"], grown["enterprises"]["social"]["certified"]) == (234, 20)
    assert card(seed, 2025, 1, 1)["indicators"][0]["actual"] == 233


@pytest.mark.usefixtures("unmoved")
def test_recorded_quarter_stands_for_the_counted_one_once_it_ended(seed: Pledge) -> None:
    held(date(2024, 4, 25))
    Result.objects.create(
        indicator=seed.indicators.get(no=3), year=2024, quarter=2, value=4, reason="현장 집계"
    )
    assert card(seed, 2024, 6, 29)["indicators"][2]["actual"] == 17
    assert card(seed, 2024, 6, 30)["indicators"][2]["actual"] == 20


def test_payment_within_the_quarter_that_was_recorded_before_the_opening_itemises(seed: Pledge) -> None:
    Result.objects.create(indicator=seed.indicators.get(no=3), year=2024, quarter=1, value=7)
    assert card(seed, 2024, 3, 31)["indicators"][2]["actual"] == 16


@pytest.mark.usefixtures("unmoved")
def test_term_ends_and_later_money_is_after_the_term(seed: Pledge) -> None:
    trustee = Entrustment.objects.order_by("-starts_on").first()
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        Disbursement.objects.create(
            program=trustee.program, entrustment=trustee, fiscal_year=2026, paid_on=day, district=50_000_000
        )
    held(date(2026, 7, 1))
    last = card(seed, 2026, 6, 30)
    assert (last["execution"]["total"]["by_year"]["2026"], last["execution"]["total"]["after_term"]) == (
        50,
        0,
    )
    today = card(seed, 2026, 11, 22)
    assert today["execution"]["total"] == last["execution"]["total"] | {"total": 1220, "after_term": 50}
    assert today["indicators"] == last["indicators"]


def test_default_term_is_the_latest_with_pledges_and_the_day_its_last(seed: Pledge) -> None:
    today = date(2026, 11, 22)
    term = term_named(None, today)
    assert (term.name, day_in(term, None, today)) == ("민선8기", date(2026, 6, 30))


def test_default_term_is_the_current_one_once_it_has_pledges(seed: Pledge) -> None:
    ninth = Term.objects.get(name="민선9기")
    goal = ninth.goals.create(number="1", name="예시 목표")
    Pledge.objects.create(term=ninth, goal=goal, number="1-1", title="새 공약(예시)")
    assert term_named(None, date(2026, 11, 22)) == ninth
    assert term_named(None, date(2026, 6, 30)).name == "민선8기"


def test_year_end_money_paid_in_january_stays_in_its_fiscal_year(seed: Pledge) -> None:
    pay(firm(), 10_000_000, 2025, 1, 15, fiscal_year=2024)
    total = card(seed, 2025, 3, 31)["execution"]["total"]
    assert (total["by_year"]["2024"], total["by_year"]["2025"]) == (45, 0)


@pytest.mark.usefixtures("unmoved")
def test_revised_target_holds_from_its_day(seed: Pledge) -> None:
    Target.objects.create(
        indicator=seed.indicators.get(no=3), value=32, valid_from=date(2024, 7, 1), reason="계획 변경(예시)"
    )
    assert [card(seed, *day)["indicators"][2]["rate"] for day in ((2024, 6, 30), (2024, 7, 1))] == [
        "40.0",
        "50.0",
    ]


def test_weights_other_than_100_print_no_total(seed: Pledge) -> None:
    seed.indicators.filter(no=3).update(weight=19)
    found = build_card(seed, SEED_DAY)
    assert found.overall.rate is None
    assert "100이 아니어서" in found.overall.why_none


def test_dashboard_asks_no_more_for_many_pledges(seed: Pledge, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        copy = Pledge.objects.create(term=seed.term, goal=seed.goal, number=f"9-{number}", title="예시")
        copy.programs.set(seed.programs.all())
        for indicator in seed.indicators.all():
            indicator.pk, indicator.pledge, indicator.history_id = None, copy, None
            indicator.save(force_insert=True)
    pledges = list(Pledge.objects.in_term(seed.term).with_card())
    with django_assert_max_num_queries(12):
        rows = rows_of(pledges, date(2024, 6, 30))
        assert len([row.figures.overall.rate for row in rows]) == 13
