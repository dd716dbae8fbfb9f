from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Office, Role, User
from common.openings import correct
from common.periods import Quarter
from common.voiding import void
from enterprises.models import Designation, DesignationKind, Member, RegisterOpening, Tenancy
from pledges.card import build_card
from pledges.closing import (
    CannotClose,
    broken_closings,
    canonical,
    close_quarter,
    correct_quarter,
    latest_closing,
    next_quarter,
)
from pledges.models import (
    ClosedCard,
    ClosedResult,
    Closing,
    Goal,
    IndicatorOpening,
    Pledge,
    Result,
    Target,
    Term,
)
from subsidies.models import Award, Program
from tests import factories
from tests.pledges import factories as make
from tests.pledges.test_worked_cases import firm, held, pay

AT = datetime(2024, 7, 9, 9, tzinfo=UTC)
TODAY = date(2024, 7, 9)
Q1, Q2, Q3 = (Quarter(2024, number) for number in (1, 2, 3))


@pytest.fixture
def closer(db: None) -> User:
    return factories.user(Role.COORDINATOR)


def close(pledge: Pledge, quarter: Quarter, user: User, today: date = TODAY) -> Closing:
    return close_quarter(pledge.term, quarter, user, AT, today)


def text(pledge: Pledge, day: date) -> str:
    return canonical(build_card(Pledge.objects.get(pk=pledge.pk), day))


def disturb(pledge: Pledge, user: User) -> None:
    """Every kind of write that could move the second quarter of 2024."""
    held(date(2024, 5, 9))
    late = firm("㈜늦음(예시)")
    payment = pay(late, 3_000_000, 2024, 5, 10, in_opening=False)
    void(pay(late, 1_000_000, 2024, 6, 10), user, "취소")
    kind = DesignationKind.objects.get(code="village")
    Designation.objects.create(enterprise=late, kind=kind, starts_on=date(2024, 5, 10))
    Award.objects.create(
        program=payment.program,
        enterprise=late,
        year=2024,
        decided_on=date(2024, 5, 1),
        amount=3_000_000,
        headcount=1,
    )
    Tenancy.objects.create(enterprise=late, space=pledge.spaces.first(), starts_on=date(2024, 5, 1))
    Member.objects.create(committee=pledge.committee, name="김위원(예시)", appointed_on=date(2024, 5, 1))
    Result.objects.create(indicator=pledge.indicators.get(no=3), year=2024, quarter=2, value=9, reason="늦게")
    Target.objects.create(
        indicator=pledge.indicators.get(no=1), value=300, valid_from=date(2024, 5, 1), reason="변경"
    )
    opening = RegisterOpening.objects.live().get(kind=kind, closed=False)
    correct(opening, user, "정정", count=6)
    correct(IndicatorOpening.objects.live().get(indicator__no=3), user, "정정", value=17)
    pledge.indicators.filter(no=1).update(weight=20)
    pledge.sections.update(body="○ 바꿈")
    pledge.officers.update(name="새담당(예시)")
    Pledge.objects.filter(pk=pledge.pk).update(title="새 이름", status="done", cost_national=1)
    pledge.activities.filter(no=1).update(detail="바꿈")
    Program.objects.filter(name="일자리창출사업").update(name="바뀐 사업(예시)")


class TestClosedCard:
    def test_stays_the_same_whatever_is_entered_later(self, seed: Pledge, closer: User) -> None:
        held(date(2024, 4, 25))
        close(seed, Q1, closer)
        close(seed, Q2, closer)
        before = [text(seed, day) for day in (Q1.last_day, Q2.last_day)]
        disturb(seed, closer)
        assert [text(seed, day) for day in (Q1.last_day, Q2.last_day)] == before
        assert broken_closings() == []

    def test_says_which_closing_it_is(self, seed: Pledge, closer: User) -> None:
        close(seed, Q2, closer)
        mark = build_card(seed, Q2.last_day).closing
        assert mark is not None
        assert (mark.year, mark.quarter, mark.version, mark.closed_on) == (2024, 2, 1, TODAY)
        assert build_card(seed, date(2024, 6, 29)).closing is None

    def test_equals_the_open_card_of_the_day_before_closing(self, seed: Pledge, closer: User) -> None:
        held(date(2024, 4, 25))
        pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
        open_card = build_card(seed, Q2.last_day)
        close(seed, Q2, closer)
        assert build_card(seed, Q2.last_day).model_copy(update={"closing": None}) == open_card


class TestLaterDays:
    """Records dated in a closed quarter enter no figure until a correction is approved (DOMAIN §3.15)."""

    def figures(self, pledge: Pledge, day: date) -> dict[str, Any]:
        card = build_card(Pledge.objects.get(pk=pledge.pk), day)
        assert card.register_table is not None
        return {
            "values": [row.value for row in card.indicators],
            "money": card.execution.rows[0].total,
            "register": card.register_table.total,
            "tenants": [space.tenants for space in card.spaces],
            "members": card.committee and card.committee.members,
            "support": [(row.year, row.enterprises, row.amount) for row in card.support],
        }

    def test_late_records_move_no_later_day(self, seed: Pledge, closer: User) -> None:
        close(seed, Q2, closer)
        before = self.figures(seed, date(2024, 8, 1))
        held(date(2024, 5, 9))
        late = firm("㈜늦음(예시)")
        paid = pay(late, 3_000_000, 2024, 5, 10, in_opening=False)
        kind = DesignationKind.objects.get(code="village")
        Designation.objects.create(enterprise=late, kind=kind, starts_on=date(2024, 5, 10))
        Award.objects.create(
            program=paid.program, enterprise=late, year=2024, decided_on=date(2024, 5, 1), amount=3_000_000
        )
        Tenancy.objects.create(enterprise=late, space=seed.spaces.first(), starts_on=date(2024, 5, 1))
        Member.objects.create(committee=seed.committee, name="김위원(예시)", appointed_on=date(2024, 5, 1))
        assert self.figures(seed, date(2024, 8, 1)) == before

    def test_records_after_the_closing_count(self, seed: Pledge, closer: User) -> None:
        held(date(2024, 4, 25))
        close(seed, Q2, closer)
        held(date(2024, 7, 3))
        pay(firm(), 3_000_000, 2024, 7, 4, in_opening=False)
        found = self.figures(seed, date(2024, 8, 1))
        assert (found["values"], found["money"]) == ([233, 44, 18], 1123)

    def test_enterprise_counted_in_the_closed_quarter_does_not_count_again(
        self, seed: Pledge, closer: User
    ) -> None:
        one = firm()
        pay(one, 3_000_000, 2024, 5, 10, in_opening=False)
        close(seed, Q2, closer)
        pay(one, 3_000_000, 2024, 7, 10)
        assert self.figures(seed, date(2024, 8, 1))["values"][1] == 44
        assert ClosedResult.objects.get(indicator__no=2).names == [one.pk]

    def test_enterprise_entered_late_counts_by_its_next_payment(self, seed: Pledge, closer: User) -> None:
        close(seed, Q2, closer)
        one = firm()
        pay(one, 3_000_000, 2024, 5, 10, in_opening=False)
        assert self.figures(seed, date(2024, 8, 1))["values"][1] == 43
        pay(one, 3_000_000, 2024, 7, 10)
        assert self.figures(seed, date(2024, 8, 1))["values"][1] == 44


class TestCorrection:
    def test_is_a_new_version_and_the_old_stays(self, seed: Pledge, closer: User) -> None:
        first = close(seed, Q2, closer)
        old = text(seed, Q2.last_day)
        held(date(2024, 5, 9))
        pay(firm(), 3_000_000, 2024, 5, 10, in_opening=False)
        second = correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "늦은 기록 반영")
        card = build_card(seed, Q2.last_day)
        assert card.closing is not None
        assert card.closing.version == 2
        assert [row.value for row in card.indicators] == [233, 44, 17]
        assert card.execution.rows[0].total == 1123
        assert (second.version, second.previous) == (2, first)
        assert ClosedCard.objects.get(closing=first).content == old
        assert broken_closings() == []

    def test_later_days_start_from_the_corrected_version(self, seed: Pledge, closer: User) -> None:
        close(seed, Q2, closer)
        held(date(2024, 5, 9))
        correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "늦은 기록 반영")
        assert build_card(seed, date(2024, 8, 1)).indicators[2].value == 17

    def test_leaves_the_other_cards_byte_for_byte(self, seed: Pledge, closer: User) -> None:
        other = Pledge.objects.create(term=seed.term, goal=seed.goal, number="9-9", title="다른 공약(예시)")
        close(seed, Q2, closer)
        old = text(other, Q2.last_day)
        Pledge.objects.filter(pk=other.pk).update(title="바뀐 이름")
        correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "정정")
        assert text(other, Q2.last_day) == old

    def test_of_an_open_quarter_is_refused(self, seed: Pledge, closer: User) -> None:
        with pytest.raises(CannotClose, match="마감하지 않은"):
            correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "정정")


class TestOrder:
    def test_quarters_close_in_order(self, seed: Pledge, closer: User) -> None:
        assert next_quarter(seed.term) is None
        close(seed, Q1, closer)
        assert next_quarter(seed.term) == Q2
        with pytest.raises(CannotClose, match="먼저 2024년 2분기"):
            close(seed, Q3, closer, date(2024, 10, 8))
        with pytest.raises(CannotClose, match="이미 마감"):
            close(seed, Q1, closer)

    def test_quarter_that_has_not_ended_is_refused(self, seed: Pledge, closer: User) -> None:
        with pytest.raises(CannotClose, match="아직 끝나지"):
            close(seed, Q2, closer, date(2024, 6, 30))

    def test_quarter_outside_the_term_is_refused(self, seed: Pledge, closer: User) -> None:
        with pytest.raises(CannotClose, match="기간이 아닙니다"):
            close(seed, Quarter(2022, 2), closer)

    def test_office_knows_how_far_it_closed(self, seed: Pledge, closer: User) -> None:
        close(seed, Q1, closer)
        assert Office.current().closed_through == Q1.last_day

    def test_refused_closing_leaves_nothing(self, seed: Pledge, closer: User) -> None:
        with pytest.raises(CannotClose):
            close(seed, Q2, closer, date(2024, 6, 30))
        assert not Closing.objects.exists()
        assert latest_closing(seed.term, Q2) is None


def test_a_later_terms_closing_does_not_reach_over_an_older_terms_open_quarters(closer: User) -> None:
    old = Term.objects.create(name="앞", starts_on=date(2022, 7, 1), ends_on=date(2024, 6, 30))
    new = Term.objects.create(name="뒤", starts_on=date(2024, 7, 1), ends_on=date(2028, 6, 30))
    for number, term in enumerate((old, new)):
        make.pledge(str(number), term=term, goal=Goal.objects.create(term=term, number="1", name="목표"))
    found = []
    for term, quarter in ((old, Q1), (new, Q3), (old, Q2)):
        close_quarter(term, quarter, closer, AT, date(2024, 10, 9))
        found.append(Office.current().closed_through)
    assert found == [Q1.last_day, Q1.last_day, Q3.last_day]


class TestSeal:
    def test_changed_card_is_found(self, seed: Pledge, closer: User) -> None:
        closing = close(seed, Q1, closer)
        ClosedCard.objects.update(content="{}")
        assert [broken.closing for broken in broken_closings()] == [closing]

    @pytest.mark.parametrize(
        "changed",
        [
            {"closed_at": datetime(2024, 4, 3, tzinfo=UTC)},
            {"closed_by": "other"},
            {"reason": "다른 사유(예시)"},
            {"mark": {}},
        ],
        ids=lambda changed: next(iter(changed)),
    )
    def test_another_hand_or_moment_is_found(
        self, seed: Pledge, closer: User, changed: dict[str, Any]
    ) -> None:
        close(seed, Q1, closer)
        assert broken_closings() == []
        if "closed_by" in changed:
            changed = {"closed_by": factories.user("coordinator", "other")}
        Closing.objects.update(**changed)
        assert len(broken_closings()) == 1

    def test_a_term_may_be_named_otherwise(self, seed: Pledge, closer: User) -> None:
        close(seed, Q1, closer)
        seed.term.name = "민선 8기"
        seed.term.save()
        assert broken_closings() == []

    def test_a_closing_without_a_mark_holds_as_it_was_sealed_then(self, seed: Pledge, closer: User) -> None:
        made = close(seed, Q1, closer)
        made.mark = {}
        cards = {card.pledge_id: card.digest for card in made.cards.all()}
        old = sha256(
            "\n".join(
                ["", "민선8기/2024/1/1/", *(f"{pk}:{found}" for pk, found in sorted(cards.items()))]
            ).encode()
        ).hexdigest()
        Closing.objects.filter(pk=made.pk).update(mark={}, digest=old)
        assert broken_closings() == []

    def test_changed_card_with_a_new_digest_is_found_too(self, seed: Pledge, closer: User) -> None:
        close(seed, Q1, closer)
        ClosedCard.objects.update(content="{}", digest="0" * 64)
        assert len(broken_closings()) == 2

    def test_removed_closing_breaks_the_chain(self, seed: Pledge, closer: User) -> None:
        first = close(seed, Q1, closer)
        second = close(seed, Q2, closer)
        Closing.objects.filter(pk=second.pk).update(previous=None)
        ClosedResult.objects.filter(closing=first).delete()
        ClosedCard.objects.filter(closing=first).select_related(None)._raw_delete("default")
        Closing.objects.filter(pk=first.pk)._raw_delete("default")
        assert broken_closings()


class TestVerifying:
    def test_whole_closings_pass_also_after_a_correction(self, seed: Pledge, closer: User) -> None:
        close(seed, Q1, closer)
        close(seed, Q2, closer)
        held(date(2024, 5, 9))
        correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "늦은 기록 반영")
        out = StringIO()
        call_command("verify_closings", stdout=out)
        assert "마감 3건이 모두 온전합니다" in out.getvalue()

    @pytest.mark.parametrize(("no", "field"), [(1, "value"), (3, "total")])
    def test_a_changed_frozen_result_is_found(self, seed: Pledge, closer: User, no: int, field: str) -> None:
        close(seed, Q1, closer)
        ClosedResult.objects.filter(indicator__no=no).update(**{field: 99})
        with pytest.raises(CommandError, match="어긋난 마감 1건"):
            call_command("verify_closings", stdout=StringIO(), stderr=StringIO())


class TestList:
    def test_the_first_closing_covers_what_was_before(
        self, seed: Pledge, users: dict[str, User], staff: Client
    ) -> None:
        close(seed, Q1, users["coordinator"])
        page = staff.get("/pledges/closings/?term=민선8기").content.decode()
        assert page.count("첫 마감 전") == 6
        assert "2024년 1분기 마감에 들어 있습니다" in page
        assert "이미 마감했습니다" not in page
        assert "2024. 6. 30. 뒤에 마감하세요" in page
