from datetime import date

import pytest

from accounts.models import DeadlineRule
from enterprises.deadlines import due, term_end
from enterprises.models import Member, Tenancy
from tests.enterprises import factories

TODAY = date(2024, 4, 1)

pytestmark = pytest.mark.django_db


def titles(today=TODAY):
    return [(item.on, item.title) for item in due(today)]


def test_what_ends_soon_is_told_earliest_first():
    firm = factories.enterprise("나무(예시)")
    factories.designation(firm, "certified", starts_on=date(2021, 5, 2), expires_on=date(2024, 5, 1))
    space, committee = factories.space("꿈터(예시)"), factories.committee("위원회(예시)")
    Tenancy.objects.create(
        space=space, enterprise=firm, starts_on=date(2023, 1, 1), ends_on=date(2024, 4, 30)
    )
    for name in ("홍길동", "김새봄"):
        Member.objects.create(committee=committee, name=name, appointed_on=date(2022, 5, 11))
    assert titles() == [
        (date(2024, 4, 30), "나무(예시) 입주 만료(꿈터(예시))"),
        (date(2024, 5, 1), "나무(예시) 인증 만료"),
        (date(2024, 5, 10), "위원회(예시) 위원 2명 임기 만료"),
    ]
    assert [item.url for item in due(TODAY)] == [
        f"/enterprises/spaces/{space.pk}/", f"/enterprises/{firm.pk}/", f"/enterprises/committees/{committee.pk}/",
    ]  # fmt: skip


def test_the_days_and_the_rule_are_the_offices():
    factories.designation(expires_on=date(2024, 5, 1))
    rule = DeadlineRule.objects.create(
        code="designation_end", title="유형·자격 만료", base="만료일", offset=0, notice_days=29, rule="지정서"
    )
    assert titles() == []
    rule.notice_days = 30
    rule.save()
    assert [item.rule for item in due(TODAY)] == ["지정서"]
    rule.active = False
    rule.save()
    assert titles() == []


def test_what_is_past_ended_voided_or_endless_is_not_told():
    factories.designation(expires_on=date(2024, 3, 31))
    factories.designation(expires_on=None)
    factories.designation(expires_on=date(2024, 5, 1), ended_on=date(2024, 3, 1), end_reason="폐업")
    factories.designation(
        expires_on=date(2024, 5, 1), voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못"
    )
    Member.objects.create(committee=factories.committee(), name="홍길동")
    assert titles() == []


@pytest.mark.parametrize(
    ("appointed", "years", "last"),
    [
        (date(2024, 4, 1), 2, date(2026, 3, 31)),
        (date(2024, 1, 1), 2, date(2025, 12, 31)),
        (date(2024, 2, 29), 2, date(2026, 2, 27)),
        (None, 2, None),
    ],
)
def test_the_last_day_of_a_term(appointed, years, last):
    assert term_end(appointed, years) == last
