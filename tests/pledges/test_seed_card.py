"""The seed card as loaded, part by part, against the contract's file (tests/data/card-1-3.json)."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum

from accounts.models import DeadlineRule, Office
from common.outline import read_outline
from enterprises.models import DesignationKind, MemberOpening, RegisterOpening, Space, TenantOpening
from markets.models import MarketDay, MarketEvent, Mode, OnlineChannel
from pledges.models import Activity, ExecutionOpening, IndicatorOpening, Pledge, Target, Term
from subsidies.models import (
    Budget,
    Disbursement,
    Entrustment,
    Program,
    ProgramYear,
    RenewalWord,
    ServiceContract,
    SupportOpening,
)
from subsidies.splits import Ratio, ratio_text, split

CARD: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "card-1-3.json").read_text(encoding="utf-8")
)
DAY = date(2024, 3, 31)
MILLION = 1_000_000


@pytest.fixture(scope="module")
def _seed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once: the tests here only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seed", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def pledge(_seed: None, db: None) -> Pledge:
    return Pledge.objects.get(number="1-3", term__name="민선8기")


def ratio_of(year: ProgramYear) -> Ratio:
    return Ratio(year.national, year.city, year.district, year.other)


def test_header(pledge: Pledge) -> None:
    head = CARD["pledge"]
    for name in ("title", "nature", "completion", "period", "host", "summary"):
        assert getattr(pledge, name) == head[name]
    assert pledge.get_status_display() == head["status"]
    assert {"needed": pledge.central_help_needed, "kinds": pledge.central_help} == head["central_help"]
    assert (pledge.term.starts_on.isoformat(), pledge.term.ends_on.isoformat()) == (
        head["term_from"],
        head["term_to"],
    )
    cost = {
        name: getattr(pledge, f"cost_{name}") // MILLION
        for name in ("total", "national", "city", "district", "other")
    }
    assert cost == {name: value for name, value in CARD["total_cost"].items() if name != "unit"}


def test_officers_centre_committee_and_spaces(pledge: Pledge) -> None:
    assert [{n: getattr(o, n) for n in ("role", "name", "phone")} for o in pledge.officers.all()] == CARD[
        "officers"
    ]
    assert {name: getattr(pledge.center, name) for name in CARD["center"]} == CARD["center"]
    members = MemberOpening.objects.get(committee=pledge.committee, on=DAY).count
    assert {n: getattr(pledge.committee, n) for n in ("name", "term_years", "renewals", "meets")} | {
        "members": members
    } == CARD["committee"]
    assert [space(s) for s in pledge.spaces.all()] == CARD["spaces"]


def space(row: Space) -> dict[str, Any]:
    return {
        "name": row.name,
        "address": row.address,
        "area_m2": row.area_m2,
        "dong": row.dong,
        "tenants": TenantOpening.objects.get(space=row, on=DAY).count,
        "opened": row.opened_on.isoformat(),
    }


def test_sections_and_programme_notes(pledge: Pledge) -> None:
    def lines(text: str) -> list[str]:
        return [line.text for line in read_outline(text)]

    assert [{"title": s.title, "lines": lines(s.body)} for s in pledge.sections.all()] == CARD["sections"]
    groups = [
        {"name": g.name, "host": g.host, "content": lines(g.content)} for g in pledge.program_groups.all()
    ]
    assert groups == CARD["programs"]
    assert [s.heading for s in pledge.sections.filter(shows_programs=True)] == ["사회적경제기업 재정지원"]


def test_outline_levels_are_those_of_the_document(pledge: Pledge) -> None:
    levels = {s.title: [line.level for line in read_outline(s.body)] for s in pledge.sections.all()}
    assert levels["추진계획: 사회적경제 통합지원센터 체계적 운영"] == [1, 1, 2, 2]
    assert levels["향후계획"] == [1, 2, 1, 2, 2, 1, 1]
    assert levels["협력사항"] == [1, 2]
    assert levels["기대효과"] == [1, 1]


def test_register_openings(pledge: Pledge) -> None:
    counts = {o.kind.code: o.count for o in RegisterOpening.objects.filter(on=DAY)}
    told = CARD["enterprises"]
    assert counts == {
        **{k: told["social"][k] for k in ("certified", "preliminary")},
        **{k: told[k] for k in ("village", "cooperative", "self_support")},
    }
    assert sum(counts.values()) == told["total"] == 233


def test_kinds_of_the_later_ordinance_start_with_it(pledge: Pledge) -> None:
    later = DesignationKind.objects.filter(valid_from__isnull=False)
    assert {kind.valid_from for kind in later} == {date(2025, 7, 17)}
    assert later.count() == 3
    assert Counter(DesignationKind.objects.values_list("group_name", flat=True))["사회적기업"] == 2


def test_support_of_2024(pledge: Pledge) -> None:
    (told,) = CARD["support"]
    shown = Program.objects.filter(in_support_table=True)
    assert [p.name for p in shown] == [p["name"] for p in told["programs"]]
    for program, row in zip(shown, told["programs"], strict=True):
        year = program.years.get(year=2024)
        opening = SupportOpening.objects.filter(program=program, year=2024, on=DAY).first()
        assert ratio_text(ratio_of(year)) == row["split"]
        assert year.planned_note == row["note"]
        assert year.planned_amount == (row["planned_amount"] and row["planned_amount"] * 1000)
        if row["enterprises"] is None:
            assert opening is None
        else:
            assert (opening.enterprises, opening.headcount, opening.amount) == (
                row["enterprises"],
                row["headcount"],
                row["amount"] * 1000,
            )


def test_only_the_stated_budget(pledge: Pledge) -> None:
    budget = Budget.objects.get()
    assert (budget.program_year.program.name, budget.program_year.year) == ("사업개발비", 2024)
    assert (budget.source, budget.amount) == ("district", 80_000_000)


def test_indicators_targets_and_openings(pledge: Pledge) -> None:
    for told in CARD["indicators"]:
        indicator = pledge.indicators.get(no=told["no"])
        assert [indicator.plan, indicator.name, indicator.unit, indicator.weight] == [
            told["plan"],
            told["name"],
            told["unit"],
            Decimal(told["weight"]),
        ]
        targets = Target.objects.filter(indicator=indicator)
        assert targets.get(year=None).value == told["term_target"]
        assert {str(t.year): t.value for t in targets.filter(year__isnull=False, quarter=None)} == told[
            "annual_targets"
        ]
        quarters = list(
            targets.filter(year=2024, quarter__isnull=False)
            .order_by("quarter")
            .values_list("value", flat=True)
        )
        assert quarters == told["quarter_targets"]["2024"]
        assert IndicatorOpening.objects.get(indicator=indicator, on=DAY).value == told["actual"]
    assert set(Target.objects.values_list("valid_from", flat=True)) == {date(2022, 7, 1)}
    assert IndicatorOpening.objects.get(indicator__no=2).year_value == 6
    assert [(i.aggregation, i.measure) for i in pledge.indicators.all()] == [
        ("level", "enterprises"),
        ("yearly_distinct", "supported"),
        ("sum", "market_days"),
    ]


def test_execution_openings(pledge: Pledge) -> None:
    for source in ("national", "city", "district", "other"):
        rows = ExecutionOpening.objects.filter(pledge=pledge, fund=source, on=DAY)
        told = {year: won for year, won in CARD["execution"][source]["by_year"].items() if won}
        assert {str(row.year): row.amount // MILLION for row in rows} == told


def test_log_and_engagement_rows_as_printed(pledge: Pledge) -> None:
    assert [
        {"no": a.no, "date": a.date_text, "title": a.title, "detail": a.detail}
        for a in pledge.activities.all()
    ] == CARD["schedule"]
    assert [
        {"no": e.no, "date": e.date_text, "kind": e.kind, "detail": e.detail}
        for e in pledge.engagements.all()
    ] == CARD["engagement"]


def test_log_rows_are_dated_by_their_first_day(pledge: Pledge) -> None:
    rows = {a.no: a for a in pledge.activities.all()}
    assert (rows[4].starts_on, rows[4].ends_on) == (date(2022, 8, 17), date(2022, 9, 1))
    assert rows[22].starts_on == date(2023, 1, 1)
    assert rows[24].starts_on == date(2023, 12, 14)
    assert pledge.activities.up_to(date(2023, 12, 31)).count() == 24
    assert pledge.engagements.up_to(date(2023, 12, 31)).count() == 7


def test_log_rows_name_the_records_they_tell_of(pledge: Pledge) -> None:
    rows = {a.no: a for a in pledge.activities.all()}
    assert {no for no, a in rows.items() if a.disbursement} == {1, 2, 3, 5, 9, 10, 14, 15, 16, 20, 25, 27}
    assert {no for no, a in rows.items() if a.event} == {4, 6, 12, 13, 18, 19, 21}
    assert [no for no, a in rows.items() if a.entrustment] == [8]
    assert [rows[no].contract.amount for no in (11, 26)] == [52_688_000, 43_560_000]
    for row in rows.values():
        if row.disbursement:
            assert row.starts_on == row.disbursement.paid_on
            assert f"{row.disbursement.amount // 1000:,}천 원" in row.detail
            assert row.disbursement.installment in row.detail


def test_the_ledger_is_split_by_the_ratio_of_its_year(pledge: Pledge) -> None:
    assert Disbursement.objects.count() == 12
    for row in Disbursement.objects.all():
        shares = split(row.amount, ratio_of(row.program.years.get(year=row.fiscal_year)))
        assert (row.national, row.city, row.district, row.other) == tuple(shares)
        assert row.log_text == ""


def test_details_stay_within_the_opening_but_for_2024(pledge: Pledge) -> None:
    """DOMAIN §4.6: the log's 2024 instalments exceed the printed 27 million of district money."""
    beyond = {}
    for opening in ExecutionOpening.objects.filter(pledge=pledge):
        paid = Disbursement.objects.filter(fiscal_year=opening.year).aggregate(won=Sum(opening.fund))["won"]
        if paid > opening.amount:
            beyond[opening.year, opening.fund] = paid
    assert beyond == {(2024, "district"): 67_055_000 + 53_495_000}


def test_agreements_say_no_more_than_the_document(pledge: Pledge) -> None:
    old, new = Entrustment.objects.order_by("title")
    assert (old.signed_on, old.starts_on, old.ends_on, old.partner) == (None, None, None, "")
    assert (new.signed_on, new.starts_on, new.ends_on) == (
        date(2022, 12, 28),
        date(2023, 1, 1),
        date(2024, 12, 31),
    )
    assert (new.renewal, new.renewal_word) == (RenewalWord.UNKNOWN, "재위탁")
    assert old.disbursements.count() == 2
    assert new.disbursements.count() == 5
    assert not Disbursement.objects.filter(contract__isnull=False).exists()
    assert ServiceContract.objects.count() == 2


def test_market_days_are_those_the_log_names(pledge: Pledge) -> None:
    days = MarketDay.objects.counted()
    assert days.count() == 14
    assert Counter(d.day.year for d in days) == {2022: 2, 2023: 12}
    told = {a.no: a for a in Activity.objects.filter(event__mode=Mode.OFFLINE)}
    assert [told[no].event.sales for no in (6, 12, 13, 18, 19, 21)] == [
        53_618_000,
        84 * MILLION,
        66 * MILLION,
        57 * MILLION,
        29 * MILLION,
        29 * MILLION,
    ]
    for row in told.values():
        assert row.event.days.first().day == row.starts_on
        assert str(row.event.vendors) in row.detail
    online = MarketEvent.objects.get(mode=Mode.ONLINE)
    assert (online.starts_on, online.ends_on, online.vendors) == (date(2022, 8, 17), date(2022, 9, 1), 30)
    assert OnlineChannel.objects.count() == 2


def test_terms_goals_office_and_deadlines(pledge: Pledge) -> None:
    assert Term.objects.shown_on(date(2026, 11, 22)) == pledge.term
    assert [goal.name for goal in pledge.term.goals.all()] == [f"구정목표 {n}" for n in range(1, 7)]
    assert Office.current().name == "관악구청"
    assert DeadlineRule.objects.filter(rule="").count() == 0
    assert {r.code: r.offset for r in DeadlineRule.objects.filter(code__startswith="entrust_e")} == {
        "entrust_evaluation": -90
    }
