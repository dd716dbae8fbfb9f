"""A day inside a closed quarter shows the records as its closing knew them (DOMAIN §3.15; docs/adr/0009)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.test import Client

from accounts.models import Role, User
from common.clock import now
from common.periods import Quarter
from common.voiding import void
from enterprises.models import Designation, DesignationKind
from markets.models import Market, MarketDay
from pledges.card import Card, build_card
from pledges.closing import broken_closings, canonical, close_quarter, correct_quarter
from pledges.dashboard import pledges_of, rows_of, watched
from pledges.models import (
    Activity,
    CorrectionRequest,
    CouncilRequest,
    Goal,
    Indicator,
    PlanChange,
    Pledge,
    ReconcileNote,
    Submission,
    Target,
    Term,
    UnlockGrant,
)
from pledges.past import RECORDS, mark_now, reading
from pledges.reconciling import findings
from subsidies.models import Disbursement, Program
from tests import factories
from tests.pledges.test_worked_cases import firm, held, pay

Q2, Q3 = Quarter(2024, 2), Quarter(2024, 3)
TODAY = date(2024, 7, 9)
INSIDE = date(2024, 5, 15)
# Pages are found by the first two; the others are said about figures, which do not read them.
READ_AS_THEY_ARE = {
    Term, Goal, CorrectionRequest, UnlockGrant, PlanChange, ReconcileNote, CouncilRequest, Submission,
}  # fmt: skip


@pytest.fixture
def closed(seed: Pledge) -> Pledge:
    """The second quarter of 2024 closed, with a payment and a market day before the day asked for."""
    held(date(2024, 4, 25))
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    close_quarter(seed.term, Q2, factories.user(Role.COORDINATOR, "closer"), now(), TODAY)
    return seed


def card(pledge: Pledge, day: date = INSIDE) -> Card:
    return build_card(Pledge.objects.get(pk=pledge.pk), day)


def values(pledge: Pledge, day: date = INSIDE) -> list[Decimal | None]:
    return [part.value for part in card(pledge, day).indicators]


def shown(pledge: Pledge) -> tuple[str, Any, Any]:
    """All that is shown of the day: the card, the dashboard's figures, the findings that are not about late entries."""
    row = watched(pledges_of(pledge.term), INSIDE, TODAY)[0]
    points = [
        [(figure.value, figure.ended_target) for figure in point.indicators]
        for point in (row.trend.points if row.trend else ())
    ]
    found = [finding.key for finding in findings(pledge, INSIDE) if "late" not in finding.key]
    return canonical(card(pledge)), (points, row.execution, row.figures.overall), found


def test_a_late_record_enters_no_figure_until_the_correction(closed: Pledge) -> None:
    assert values(closed) == [233, 44, 17]
    held(date(2024, 5, 1))
    pay(firm("늦은 기업(예시)"), 1_000_000, 2024, 5, 2, in_opening=False)
    assert values(closed) == [233, 44, 17]
    correct_quarter(
        closed.term, Q2, [closed], factories.user(Role.COORDINATOR, "b"), now(), TODAY, "늦은 기록"
    )
    assert values(closed) == [233, 45, 18]
    assert [figure.value for figure in rows_of([closed], INSIDE)[0].figures.indicators] == [233, 45, 18]


def late_day(pledge: Pledge, user: User) -> None:
    held(date(2024, 5, 2))


def late_payment(pledge: Pledge, user: User) -> None:
    pay(firm("늦은 기업(예시)"), 1_000_000, 2024, 5, 2, in_opening=False)


def voided_payment(pledge: Pledge, user: User) -> None:
    void(Disbursement.objects.get(paid_on=date(2024, 4, 25)), user, "잘못 적음")


def changed_payment(pledge: Pledge, user: User) -> None:
    row = Disbursement.objects.get(paid_on=date(2024, 4, 25))
    row.paid_on, row.district = date(2024, 6, 25), row.district + 1_000
    row.save()


def voided_day(pledge: Pledge, user: User) -> None:
    void(MarketDay.objects.get(day=date(2024, 4, 25)), user, "열리지 않음")


def late_designation(pledge: Pledge, user: User) -> None:
    kind = DesignationKind.objects.get(code="certified")
    Designation.objects.create(enterprise=firm("새 기업(예시)"), kind=kind, starts_on=date(2024, 4, 2))


def changed_target(pledge: Pledge, user: User) -> None:
    indicator = pledge.indicators.get(no=1)
    Target.objects.create(indicator=indicator, value=500, valid_from=date(2024, 4, 1), reason="변경")


def changed_weight(pledge: Pledge, user: User) -> None:
    for no, weight in ((1, 10), (2, 70)):
        indicator = pledge.indicators.get(no=no)
        indicator.weight = Decimal(weight)
        indicator.save()


def changed_text(pledge: Pledge, user: User) -> None:
    section = pledge.sections.live().first()
    assert section is not None
    section.body, section.heading = "바뀐 글", "바뀐 제목"
    section.save()


def changed_header(pledge: Pledge, user: User) -> None:
    pledge.title, pledge.cost_district, pledge.status = "바뀐 이름", 1, "on_hold"
    pledge.save()


def other_programs(pledge: Pledge, user: User) -> None:
    pledge.programs.set(Program.objects.exclude(name="일자리창출사업"))
    pledge.markets.set(Market.objects.none())


def late_log_line(pledge: Pledge, user: User) -> None:
    first = pledge.activities.live().first()
    Activity.objects.create(
        pledge=pledge, no=900, starts_on=date(2024, 4, 3), date_text="4. 3.", title="늦음"
    )
    assert first is not None
    void(first, user, "잘못 적음")


def corrected_opening(pledge: Pledge, user: User) -> None:
    opening = pledge.indicators.get(no=3).openings.get(closed=False)
    opening.value, opening.reason = Decimal(14), "정정"
    opening.save()


DEEDS = (
    late_day, late_payment, voided_payment, changed_payment, voided_day, late_designation, changed_target,
    changed_weight, changed_text, changed_header, other_programs, late_log_line, corrected_opening,
)  # fmt: skip


def test_no_later_deed_changes_a_day_of_the_quarter(closed: Pledge) -> None:
    user, before = factories.user(Role.STAFF, "late"), shown(closed)
    for deed in DEEDS:
        deed(Pledge.objects.get(pk=closed.pk), user)
        assert canonical(card(closed)) == before[0], deed.__name__
    assert shown(Pledge.objects.get(pk=closed.pk)) == before


def test_each_of_these_deeds_would_change_it(seed: Pledge) -> None:
    """So that the test above can fail: while the quarter is open each of them shows on the card."""
    held(date(2024, 4, 25))
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    user, before = factories.user(Role.STAFF, "late"), canonical(card(seed))
    for deed in DEEDS:
        with transaction.atomic():
            deed(Pledge.objects.get(pk=seed.pk), user)
            assert canonical(card(seed)) != before, deed.__name__
            transaction.set_rollback(True)


def test_the_quarters_that_the_first_closing_covers(closed: Pledge) -> None:
    """They were never published one by one, but the first closing's total holds them."""
    day = date(2024, 3, 31)
    before = canonical(card(closed, day))
    late_log_line(closed, factories.user(Role.STAFF, "late"))
    pay(firm("늦은 기업(예시)"), 1_000_000, 2024, 2, 2, in_opening=False)
    assert canonical(card(closed, day)) == before


def test_a_card_taken_over_by_another_correction_keeps_its_moment(closed: Pledge) -> None:
    other = Pledge.objects.create(
        term=closed.term, goal=closed.goal, number="1-4", title="다른 공약(예시)", cost_unit="백만원"
    )
    other.markets.set(closed.markets.all())
    indicator = Indicator.objects.create(
        pledge=other, no=1, name="횟수", weight=100, aggregation="sum", measure="market_days"
    )
    Target.objects.create(indicator=indicator, value=10, valid_from=closed.term.starts_on)
    user = factories.user(Role.COORDINATOR, "b")
    close_quarter(closed.term, Q3, user, now(), date(2024, 10, 9))
    held(date(2024, 7, 1))
    correct_quarter(closed.term, Q3, [closed], user, now(), date(2024, 10, 9), "늦은 기록")
    inside = date(2024, 8, 15)
    assert (values(closed, inside)[2], values(other, inside)[0]) == (18, 15)


def test_the_mark_is_sealed(closed: Pledge) -> None:
    closing = closed.term.closings.get()
    assert broken_closings() == []
    closed.term.closings.update(mark=closing.mark | {"markets_historicalmarketday": 10**6})
    assert [found.closing for found in broken_closings()] == [closing]


def test_a_closing_that_kept_no_mark_is_read_as_the_records_stand(closed: Pledge) -> None:
    closed.term.closings.update(mark={})
    late_day(closed, factories.user(Role.STAFF, "late"))
    assert values(closed) == [233, 44, 18]


def contents() -> dict[str, list[Any]]:
    """Every row of every table that cards are made from, and of the lists of pledges."""
    lists: list[Any] = [field.remote_field.through for field in Pledge._meta.many_to_many]
    return {
        model._meta.db_table: sorted(map(str, model._default_manager.values_list()))
        for model in (*RECORDS, *lists)
    }


def test_all_records_are_read_as_they_stood(closed: Pledge) -> None:
    """Every row of every table is written again, every text in it changed; new rows and lists beside it."""
    mark, before = mark_now(), contents()
    for model in RECORDS:
        texts = [f.attname for f in model._meta.concrete_fields if type(f) is models.TextField]
        # What closings wrote is no record: it is read as it holds.
        own = {"closed": False} if any(f.name == "closed" for f in model._meta.fields) else {}
        rows: Any = model._default_manager.filter(**own)
        for row in rows:
            row.revision += 1
            for name in texts:
                setattr(row, name, "바뀜")
            row.save()
    late_payment(closed, factories.user(Role.STAFF, "late"))
    other_programs(closed, factories.user(Role.STAFF, "late2"))
    now = contents()
    assert sum(now[table] != rows for table, rows in before.items()) > 30
    with reading(mark):
        assert contents() == before
        with reading(None):
            assert contents() == now
        assert contents() == before
    assert contents() == now


def views() -> int:
    sql = {
        "sqlite": "SELECT COUNT(*) FROM sqlite_temp_master WHERE type = 'view'",
        "postgresql": "SELECT COUNT(*) FROM pg_views WHERE schemaname LIKE 'pg_temp%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def test_no_view_is_left_behind(closed: Pledge) -> None:
    mark = mark_now()
    late_day(closed, factories.user(Role.STAFF, "late"))
    with reading(mark):
        assert views() > 0
    assert views() == 0
    with pytest.raises(ObjectDoesNotExist), reading(mark):
        MarketDay.objects.get(day=date(2024, 5, 2))
    assert views() == 0
    late_payment(closed, factories.user(Role.STAFF, "late2"))


def test_every_kept_table_is_read_as_it_stood_or_named_as_left_out() -> None:
    kept = {
        model
        for app in ("enterprises", "subsidies", "markets", "pledges")
        for model in apps.get_app_config(app).get_models()
        if getattr(model._meta, "simple_history_manager_attribute", None)
    }
    assert kept == {*RECORDS, *READ_AS_THEY_ARE}


def test_the_working_lists_the_records_that_were_counted(closed: Pledge, auditor: Client) -> None:
    late_payment(closed, factories.user(Role.STAFF, "late"))
    page = auditor.get("/pledges/1-3/why/2/?as_of=2024-05-15").content.decode()
    assert "새로움(예시)" in page
    assert "늦은 기업(예시)" not in page
    assert "마감할 때의 기록으로 센 값" in page
    assert "늦은 기업(예시)" in auditor.get("/pledges/1-3/reconcile/?as_of=2024-05-15").content.decode()


PAGES = (
    "", "card.json", "figures/", "why/", "why/1/", "why/3/", "why/1/target/", "why/2/weight/",
    "why/money/?column=2024&source=district", "why/cost/", "why/register/", "why/register/certified/",
    "why/tenants/", "why/members/", "why/support/2024/", "reconcile/", "reconcile/reconcile.xlsx", "card.xlsx",
)  # fmt: skip


def test_every_page_of_the_day(closed: Pledge, auditor: Client) -> None:
    """Also on PostgreSQL, where a query that groups by a key alone would not stand before a view."""
    for deed in DEEDS:
        deed(Pledge.objects.get(pk=closed.pk), factories.user(Role.STAFF, deed.__name__))
    for name in PAGES:
        address = f"/pledges/1-3/{name}" + ("&" if "?" in name else "?") + "as_of=2024-05-15"
        assert auditor.get(address).status_code == 200, name
        assert views() == 0
