"""Results of a closed quarter are imported by who holds its 마감 예외, while it runs, and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.importing import CannotUndo, undo
from accounts.models import ImportBatch, User
from common.periods import Quarter
from pledges import unlocking
from pledges.importing import KINDS
from pledges.models import Indicator, Result, ResultState
from tests import factories
from tests.imports.conftest import Run
from tests.imports.sheets import xlsx
from tests.imports.test_pages import confirmed, page, uploaded
from tests.pledges import factories as make

HEADER = ["공약", "지표", "연도", "분기", "실적", "비고"]
Q4 = Quarter(2023, 4)


@pytest.fixture
def indicator(db: None) -> Indicator:
    """Of a pledge whose quarters are closed by 2023-12-31."""
    found = make.indicator(make.pledge(), name="심은 나무")
    make.closed(found.pledge, 2023, 4)
    return found


def grant(indicator: Indicator, user: User, days: int = 3, quarter: Quarter = Q4, ago: int = 0) -> None:
    by = User.objects.get(role="coordinator")
    at = timezone.now() - timedelta(days=ago)
    unlocking.grant(indicator.pledge, quarter, user, by, at, days, "늦은 보고(예시)")


def preview(client: Client, *rows: list[Any]) -> tuple[ImportBatch, str]:
    batch = uploaded(client, [HEADER, *rows], "results")
    return batch, page(client, batch)


ROW = ["가-1", "심은 나무", 2023, 4, 5, None]


def test_without_it_the_preview_says_why_and_who_opens(
    staff: Client, users: dict[str, User], indicator: Indicator
) -> None:
    users["coordinator"].full_name = "박총괄(예시)"
    users["coordinator"].save()
    shown = preview(staff, ROW)[1]
    assert "마감한 분기입니다" in shown
    assert "총괄부서(박총괄(예시))에 마감 예외를 받아" in shown


def test_its_holder_imports_into_that_quarter(
    staff: Client, users: dict[str, User], indicator: Indicator
) -> None:
    grant(indicator, users["staff"])
    batch, shown = preview(staff, ROW)
    assert "마감한 2023년 4분기입니다. coordinator의 마감 예외(" in shown
    confirmed(staff, batch)
    assert Result.objects.get().value == 5
    assert Result.objects.get().recorded_by == users["staff"]


def test_another_quarter_stays_closed(staff: Client, users: dict[str, User], indicator: Indicator) -> None:
    grant(indicator, users["staff"])
    assert "마감한 분기입니다" in preview(staff, ["가-1", "심은 나무", 2023, 3, 5, None])[1]


def test_another_officer_cannot_even_with_the_holders_draft(
    staff: Client, users: dict[str, User], indicator: Indicator
) -> None:
    grant(indicator, users["staff"])
    batch, _ = preview(staff, ROW)
    other = Client()
    other.force_login(factories.user("staff", "other"), backend="django.contrib.auth.backends.ModelBackend")
    assert "마감 예외를 받아" in page(other, batch)
    batch.refresh_from_db()
    answer = other.post(f"/imports/{batch.pk}/confirm/", {"revision": batch.revision, "rows": 1}, follow=True)
    assert "아무것도 저장하지 않았습니다" in answer.content.decode()
    assert not Result.objects.exists()


def test_one_that_ran_out_opens_nothing(staff: Client, users: dict[str, User], indicator: Indicator) -> None:
    grant(indicator, users["staff"], days=3, ago=9)
    shown = preview(staff, ROW)[1]
    assert "마감 예외가 " in shown
    assert "에 끝났습니다" in shown


def test_one_that_runs_out_between_preview_and_confirmation(
    staff: Client, users: dict[str, User], indicator: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(indicator, users["staff"], days=1)
    batch, _ = preview(staff, ROW)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("pledges.views.imports.actions.now", lambda: later)
    confirmed(staff, batch)
    assert not Result.objects.exists()


def test_a_command_has_nobody_who_could_hold_one(
    users: dict[str, User], indicator: Indicator, import_rows: Run
) -> None:
    grant(indicator, users["staff"])
    assert import_rows("results", xlsx([HEADER, ROW])).code == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [(ResultState.SUBMITTED, "제출을 거둡니다"), (ResultState.CONFIRMED, "확인자가 반려해야 합니다")],
)
def test_what_the_page_of_results_locks_an_import_does_not_change(
    staff: Client, indicator: Indicator, state: str, words: str
) -> None:
    make.result(indicator, 2024, 1, "3", state=state)
    shown = preview(staff, ["가-1", "심은 나무", 2024, 1, 5, None])[1]
    assert words in shown
    assert "이대로 저장" not in shown


def test_a_confirmed_result_of_an_opened_quarter_is_doubted(
    staff: Client, users: dict[str, User], indicator: Indicator
) -> None:
    make.result(indicator, 2023, 4, "3", state=ResultState.CONFIRMED)
    grant(indicator, users["staff"])
    assert "다시 확인을 받아야 합니다" in preview(staff, ROW)[1]


def test_an_import_is_not_undone_behind_a_closing(
    staff: Client, users: dict[str, User], indicator: Indicator
) -> None:
    batch, _ = preview(staff, ["가-1", "심은 나무", 2024, 1, 5, None])
    confirmed(staff, batch)
    make.closed(indicator.pledge, 2024, 1)
    with pytest.raises(CannotUndo) as refused:
        undo(batch, KINDS["results"], users["staff"], "잘못 올림", timezone.now())
    assert "마감한 분기입니다" in refused.value.rows[0]
    grant(indicator, users["staff"], quarter=Quarter(2024, 1))
    assert undo(batch, KINDS["results"], users["staff"], "잘못 올림", timezone.now()) == 1


class TestVoiding:
    """The page of results voids by the same locks as it shows."""

    def void(self, client: Client, row: Result) -> str:
        url = f"/pledges/가-1/results/{row.pk}/void/?term=민선8기"
        return str(client.post(url, {"reason": "잘못 적음(예시)"}, follow=True).content.decode())

    @pytest.mark.parametrize("state", [ResultState.SUBMITTED, ResultState.CONFIRMED])
    def test_nothing_that_went_on(self, staff: Client, indicator: Indicator, state: str) -> None:
        row = make.result(indicator, 2024, 1, "3", state=state)
        assert "고치려면" in self.void(staff, row)
        assert Result.objects.live().exists()

    def test_in_a_closed_quarter_by_a_holder(
        self, staff: Client, users: dict[str, User], indicator: Indicator
    ) -> None:
        row = make.result(indicator, 2023, 4, "3")
        self.void(staff, row)
        assert Result.objects.live().exists()
        grant(indicator, users["staff"])
        self.void(staff, row)
        assert not Result.objects.live().exists()
