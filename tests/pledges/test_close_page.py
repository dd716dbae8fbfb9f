"""마감 page: every serious finding is fixed or explained first; results left unconfirmed ask an opinion."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.periods import Quarter
from pledges import workflow
from pledges.closing_checks import obstacles
from pledges.models import Closing, Pledge, ReconcileNote, Result, ResultState, Status
from pledges.reconciling import unexplained_serious
from tests.conftest import PinToday
from tests.pledges import factories as make

CLOSE = "/pledges/closings/2024/2/close/?term=민선8기"
Q2 = Quarter(2024, 2)
END = Q2.last_day


@pytest.fixture
def confirmed(seed: Pledge, users: dict[str, User], pin_today: PinToday) -> Pledge:
    """The quarter submitted and confirmed, on a day after its end."""
    today = pin_today(2024, 7, 9)
    workflow.submit(seed, Q2, users["staff"], today)
    rows = [row.result for row in workflow.quarter_rows(seed, Q2, today) if row.result]
    workflow.confirm(rows, users["manager"], today)
    return seed


def fields(page: Any) -> list[str]:
    return re.findall(r'name="(explain-[^"]+)"', page.content.decode())


def test_each_serious_finding_asks_for_its_own_explanation(confirmed: Pledge, coordinator: Client) -> None:
    standing = unexplained_serious(confirmed, END)
    names = fields(coordinator.get(CLOSE))
    assert len(names) == len(standing) > 1
    page = coordinator.post(CLOSE, {"sure": "on", names[0]: "문서대로임(예시)"})
    assert page.status_code == 200
    assert not Closing.objects.exists()
    assert not ReconcileNote.objects.exists(), "a refused closing keeps nothing"


def test_explained_it_closes_and_the_words_stay_with_the_reconciliation(
    confirmed: Pledge, coordinator: Client
) -> None:
    names = fields(coordinator.get(CLOSE))
    answer = coordinator.post(CLOSE, {"sure": "on"} | {name: f"설명 {name}" for name in names})
    assert answer.status_code == 302
    assert Closing.objects.count() == 1
    assert unexplained_serious(confirmed, END) == []
    notes = ReconcileNote.objects.live().filter(pledge=confirmed)
    assert notes.count() == len(names)
    assert notes[0].history.count() == 1


def test_what_was_explained_before_is_not_asked_again(confirmed: Pledge, coordinator: Client) -> None:
    first = unexplained_serious(confirmed, END)[0]
    ReconcileNote.objects.create(pledge=confirmed, key=first.key, text="알고 있음(예시)", gap=first.gap_text)
    assert len(fields(coordinator.get(CLOSE))) == len(unexplained_serious(confirmed, END))


def test_an_outdated_explanation_is_rewritten(confirmed: Pledge, coordinator: Client) -> None:
    first = unexplained_serious(confirmed, END)[0]
    old = ReconcileNote.objects.create(pledge=confirmed, key=first.key, text="다른 차이(예시)", gap="1")
    names = fields(coordinator.get(CLOSE))
    coordinator.post(CLOSE, {"sure": "on"} | dict.fromkeys(names, "새 설명(예시)"))
    old.refresh_from_db()
    assert (old.text, old.gap) == ("새 설명(예시)", first.gap_text)
    assert old.history.count() == 2


def test_unconfirmed_results_ask_for_an_opinion(
    seed: Pledge, users: dict[str, User], coordinator: Client, pin_today: PinToday
) -> None:
    workflow.submit(seed, Q2, users["staff"], pin_today(2024, 7, 9))
    filled = {"sure": "on"} | dict.fromkeys(fields(coordinator.get(CLOSE)), "설명(예시)")
    assert coordinator.post(CLOSE, filled).status_code == 200
    assert not Closing.objects.exists()
    assert coordinator.post(CLOSE, filled | {"reason": "확인자 부재(예시)"}).status_code == 302


def test_what_changed_since_the_page_was_opened_is_looked_at_again(
    confirmed: Pledge, coordinator: Client
) -> None:
    page = coordinator.get(CLOSE)
    seen = page.context["form"]["seen"].value()
    filled = {"sure": "on", "seen": seen, "reason": "의견(예시)"} | dict.fromkeys(fields(page), "설명(예시)")
    result = Result.objects.filter(indicator__pledge=confirmed).latest("pk")
    workflow.send_back([result], "다시(예시)")
    answer = coordinator.post(CLOSE, filled)
    assert "화면을 연 뒤 확인할 것이 바뀌었습니다" in answer.content.decode()
    assert not Closing.objects.exists()
    seen = answer.context["form"]["seen"].value()
    assert coordinator.post(CLOSE, filled | {"seen": seen}).status_code == 302
    assert Closing.objects.exists()


class TestFirst:
    """A first closing answers for the quarters before it."""

    def test_it_says_so(self, confirmed: Pledge, coordinator: Client) -> None:
        page = coordinator.get(CLOSE).content.decode()
        assert "이 임기의 첫 마감입니다. 앞 분기(2022년 3분기~2024년 1분기)" in page
        make.closed(confirmed, 2024, 1)
        assert "첫 마감입니다" not in coordinator.get(CLOSE).content.decode()

    def test_its_unconfirmed_results_are_told_once_a_pledge(self, confirmed: Pledge) -> None:
        def told() -> list[str]:
            return [item.words for item in obstacles([confirmed], Q2, END) if "앞 분기" in item.words]

        assert told() == []
        indicator = confirmed.indicators.get(no=3)
        make.result(indicator, 2023, 4, "3")
        make.result(indicator, 2024, 1, "3", state=ResultState.RETURNED)
        make.result(indicator, 2023, 3, "3", state=ResultState.CONFIRMED)
        assert told() == ["앞 분기(2022년 3분기~2024년 1분기)의 확인되지 않은 실적 2건"]
        make.closed(confirmed, 2024, 1)
        assert told() == []


def test_a_dropped_or_merged_pledge_is_asked_for_no_result(db: None) -> None:
    kept = make.pledge("1-1")
    dropped = make.pledge("1-2", status=Status.DROPPED)
    merged = make.pledge("1-3", merged_into=kept)
    for pledge in (kept, dropped, merged):
        make.indicator(pledge)
    found = obstacles([kept, dropped, merged], Q2, END)
    assert {item.pledge for item in found if "미기록" in item.words} == {kept}


def test_a_term_without_pledges_is_not_closed(db: None, coordinator: Client, pin_today: PinToday) -> None:
    make.term()
    pin_today(2024, 7, 9)
    page = coordinator.get(CLOSE, follow=True)
    assert page.redirect_chain
    assert "마감할 공약이 없습니다" in page.content.decode()
