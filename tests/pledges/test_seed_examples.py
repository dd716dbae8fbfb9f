"""The example enterprises itemise the seed's counts and change none of its figures."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Q

from enterprises.models import Designation, Enterprise, RegisterOpening, Tenancy, TenantOpening
from pledges.card import build_card, contract_form
from pledges.models import Pledge
from subsidies.models import Award, Disbursement, Program

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 31)
HORIZON = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def seed(db: None) -> None:
    call_command("load_seed", stdout=StringIO())


def remove() -> str:
    out = StringIO()
    call_command("remove_examples", stdout=out)
    return out.getvalue()


def test_a_dozen_marked_as_examples() -> None:
    firms = Enterprise.objects.all()
    assert firms.count() == 12
    assert all(firm.is_example and firm.name.endswith("(예시)") for firm in firms)
    assert not firms.exclude(representative="", phone="", business_number="").exists()


def test_nothing_begins_or_ends_after_the_opening() -> None:
    """So a level at any later day is the opening's: it adds starts and takes off ends after its day."""
    rows = Designation.objects.with_last_day()
    assert not rows.filter(Q(starts_on__isnull=True) | Q(starts_on__gt=DAY)).exists()
    assert not rows.filter(last_day__gt=DAY, last_day__lt=HORIZON).exists()
    tenancies = Tenancy.objects.all()
    assert not tenancies.filter(Q(starts_on__isnull=True) | Q(starts_on__gt=DAY)).exists()
    assert not tenancies.filter(ends_on__gt=DAY, ends_on__lt=HORIZON).exists()
    assert not Disbursement.objects.filter(enterprise__isnull=False).exists()
    assert not Award.objects.exists()


def test_they_itemise_the_openings_without_exceeding_them() -> None:
    held = Counter(Designation.objects.active_on(DAY).values_list("kind__code", flat=True))
    openings = {o.kind.code: o.count for o in RegisterOpening.objects.all()}
    assert held == {"certified": 3, "preliminary": 2, "village": 2, "cooperative": 5, "self_support": 1}
    assert all(count <= openings[code] for code, count in held.items())
    tenants = Counter(Tenancy.objects.active_on(DAY).values_list("space__name", flat=True))
    assert all(tenants[o.space.name] <= o.count for o in TenantOpening.objects.all())


def test_the_card_is_the_same_with_and_without_them() -> None:
    pledge = Pledge.objects.get(number="1-3")
    days = [date(2023, 12, 31), DAY, date(2026, 6, 30), date(2029, 12, 31)]
    shown = [contract_form(build_card(pledge, day)) for day in days]
    remove()
    assert [contract_form(build_card(pledge, day)) for day in days] == shown


def test_removed_by_one_command_and_not_brought_back() -> None:
    assert "12개" in remove()
    assert not Enterprise.objects.live().exists()
    assert not Designation.objects.live().exists()
    assert not Tenancy.objects.live().exists()
    call_command("load_seed", stdout=StringIO())
    assert Enterprise.objects.count() == 12
    assert not Enterprise.objects.live().exists()
    assert Pledge.objects.live().exists()


def test_an_example_that_was_paid_stays_and_is_named() -> None:
    firm = Enterprise.objects.get(name="희망세차(예시)")
    program = Program.objects.get(name="사업개발비")
    Disbursement.objects.create(
        program=program, enterprise=firm, fiscal_year=2024, paid_on=date(2024, 5, 2), district=1_000_000
    )
    assert "남김: 희망세차(예시)" in remove()
    assert list(Enterprise.objects.live()) == [firm]
    assert Designation.objects.live().get().enterprise == firm
