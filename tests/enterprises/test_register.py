from datetime import date
from itertools import pairwise

import pytest

from enterprises.models import (
    Designation,
    Enterprise,
    Member,
    MemberOpening,
    RegisterOpening,
    Tenancy,
    TenantOpening,
)
from enterprises.register import KINDS, changes, kind_changes, levels, members, register_table, tenants
from tests.enterprises import factories
from tests.enterprises.factories import SEED_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed():
    factories.seed_register()


def values(as_of):
    return [line.value for line in register_table(as_of).lines]


def test_the_seed_is_the_sum_of_kinds(seed):
    table = register_table(SEED_DAY)
    assert [line.value for line in table.lines] == [19, 7, 5, 198, 4]
    assert table.total == 233
    assert [(group.code, group.name, group.value) for group in table.groups] == [
        ("social", "사회적기업", 26),
        ("village", "마을기업", 5),
        ("cooperative", "협동조합", 198),
        ("self_support", "자활기업", 4),
    ]
    assert (table.distinct, table.remaining, table.excess) == (0, 233, 0)


def test_a_day_before_the_openings_is_unknown_with_the_known_part(seed):
    factories.designation(code="village", starts_on=date(2020, 1, 1))
    table = register_table(date(2024, 3, 30))
    assert table.total is None
    assert [line.value for line in table.lines] == [None] * 5
    assert (table.by_code()["village"].level.known, table.known, table.distinct) == (1, 1, 1)


def test_importing_undated_cooperatives_does_not_add(seed):
    coops = Enterprise.objects.bulk_create(
        Enterprise(name=f"조합{n}", name_key=f"조합{n}") for n in range(198)
    )
    kind = factories.kind("cooperative")
    Designation.objects.bulk_create(Designation(enterprise=coop, kind=kind) for coop in coops)
    table = register_table(SEED_DAY)
    line = table.by_code()["cooperative"]
    assert (table.total, line.value, table.distinct) == (233, 198, 198)
    assert (line.level.itemised, line.level.remaining, line.level.excess) == (198, 0, 0)


def test_more_details_than_the_opening_are_an_excess(seed):
    for day in (None, date(2010, 1, 1), SEED_DAY, date(2020, 1, 1), None):
        factories.designation(code="self_support", starts_on=day)
    level = register_table(SEED_DAY).by_code()["self_support"].level
    assert (level.value, level.itemised, level.remaining, level.excess) == (4, 5, 0, 1)


def test_a_start_counts_from_its_day(seed):
    factories.designation(starts_on=date(2024, 4, 25))
    assert register_table(date(2024, 4, 24)).total == 233
    assert register_table(date(2024, 4, 25)).total == 234
    assert register_table(SEED_DAY).by_code()["cooperative"].level.itemised == 0


@pytest.mark.parametrize(
    "ends",
    [
        {"expires_on": date(2024, 6, 30)},
        {"ended_on": date(2024, 6, 30), "end_reason": "폐업"},
        {"expires_on": date(2026, 1, 1), "ended_on": date(2024, 6, 30), "end_reason": "취소"},
        {"expires_on": date(2024, 6, 30), "ended_on": date(2024, 12, 31), "end_reason": "정리"},
    ],
)
@pytest.mark.parametrize("starts_on", [None, date(2021, 1, 1)])
def test_the_last_day_still_counts_and_the_next_does_not(seed, starts_on, ends):
    factories.designation(code="certified", starts_on=starts_on, **ends)
    assert values(date(2024, 6, 30))[0] == 19
    assert values(date(2024, 7, 1))[0] == 18


def test_an_end_before_the_opening_is_already_in_it(seed):
    factories.designation(code="certified", starts_on=date(2020, 1, 1), expires_on=date(2024, 3, 30))
    assert values(date(2024, 7, 1))[0] == 19
    assert register_table(SEED_DAY).by_code()["certified"].level.itemised == 0


def test_an_end_on_the_openings_day_falls_off_the_day_after(seed):
    factories.designation(code="certified", expires_on=SEED_DAY)
    assert (values(SEED_DAY)[0], values(date(2024, 4, 1))[0]) == (19, 18)


def test_a_later_opening_replaces_an_earlier_one(seed):
    factories.designation(code="village", starts_on=date(2024, 5, 1))
    RegisterOpening.objects.create(kind=factories.kind("village"), on=date(2024, 12, 31), count=9)
    days = (SEED_DAY, date(2024, 5, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [values(day)[2] for day in days] == [5, 6, 9, 9]


def test_without_an_opening_the_records_are_counted():
    factories.designation(starts_on=date(2020, 1, 1), expires_on=date(2021, 12, 31))
    factories.designation(starts_on=None)
    factories.designation(starts_on=None, expires_on=date(2020, 12, 31))
    assert [register_table(date(year, 6, 1)).total for year in (2019, 2020, 2022)] == [0, 1, 0]


def test_voided_rows_and_openings_count_nowhere(seed):
    row = factories.designation(starts_on=date(2024, 4, 1))
    void = {"voided_at": "2024-04-01T00:00:00+09:00", "void_reason": "잘못 입력"}
    Designation.objects.filter(pk=row.pk).update(**void)
    RegisterOpening.objects.filter(kind__code="village").update(**void)
    assert values(date(2024, 4, 1)) == [19, 7, 0, 198, 4]


def test_kinds_switched_off_or_not_yet_in_force_are_left_out(seed):
    factories.kind("federation", valid_from=date(2025, 7, 17))
    factories.kind("old", active=False)
    assert len(values(date(2025, 7, 16))) == 5
    assert values(date(2025, 7, 17))[-1] == 0


def test_one_enterprise_with_two_kinds_is_two_and_one():
    both = factories.enterprise()
    factories.designation(both, "certified", starts_on=date(2020, 1, 1))
    factories.designation(both, "cooperative", starts_on=date(2020, 1, 1))
    table = register_table(SEED_DAY)
    assert (table.total, table.distinct) == (2, 1)


def test_changes_are_net_by_kind():
    factories.designation(code="certified", starts_on=date(2024, 4, 1), expires_on=date(2024, 4, 30))
    factories.designation(code="village", starts_on=date(2024, 4, 2))
    net = kind_changes(SEED_DAY, date(2024, 5, 1))
    assert (net[factories.kind("certified").pk], net[factories.kind("village").pk]) == (0, 1)
    assert kind_changes(date(2024, 4, 1), date(2024, 5, 1))[factories.kind("certified").pk] == -1


def test_changes_over_adjoining_spans_add_up():
    days = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 2, 2), date(2024, 3, 1), date(2024, 6, 1)]
    factories.designation(starts_on=days[1], expires_on=days[1])
    factories.designation(starts_on=None, expires_on=days[3])
    factories.designation(starts_on=days[0], expires_on=days[2])
    key = factories.kind().pk
    whole = changes(KINDS, days[0], days[4])[key]
    assert whole == sum(changes(KINDS, a, b)[key] for a, b in pairwise(days)) == -2


def test_tenants_and_members_follow_the_same_rule():
    space, committee = factories.space(), factories.committee()
    TenantOpening.objects.create(space=space, on=SEED_DAY, count=2)
    MemberOpening.objects.create(committee=committee, on=SEED_DAY, count=12)
    Tenancy.objects.create(space=space, enterprise=factories.enterprise(), starts_on=date(2024, 5, 1))
    Member.objects.create(
        committee=committee,
        name="홍길동",
        appointed_on=date(2023, 1, 1),
        term_ends_on=date(2024, 12, 31),
        left_on=date(2024, 4, 30),
    )
    days = (date(2024, 3, 30), SEED_DAY, date(2024, 5, 1))
    assert [tenants([space.pk], day)[space.pk] for day in days] == [None, 2, 3]
    days = (date(2024, 4, 30), date(2024, 5, 1))
    assert [members([committee.pk], day)[committee.pk] for day in days] == [12, 11]


def test_queries_do_not_grow_with_the_register(seed, django_assert_num_queries):
    for code, *_ in factories.SEED_KINDS:
        for n in range(3):
            factories.designation(code=code, starts_on=date(2024, 4, 1 + n))
    with django_assert_num_queries(5):
        register_table(date(2024, 6, 30))
    with django_assert_num_queries(1):
        assert levels(KINDS, [], SEED_DAY) == {}
