"""마감 page: every serious finding is fixed or explained first; results left unconfirmed ask an opinion."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.periods import Quarter
from pledges import workflow
from pledges.models import Closing, Pledge, ReconcileNote
from pledges.reconciling import unexplained_serious
from tests.conftest import PinToday

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
