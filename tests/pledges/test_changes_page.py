"""무엇이 바뀌었나: what was entered since the closing, and the workbook of then and now."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Role, User
from common.periods import Quarter
from enterprises.models import Member, Tenancy
from pledges import workflow
from pledges.closing import close_quarter, correct_quarter
from pledges.late import late_records, revised
from pledges.models import Activity, Pledge, Target
from tests import factories
from tests.conftest import ClientAs, PinToday
from tests.pledges import factories as make
from tests.pledges.test_worked_cases import firm, held

AT, TODAY = datetime(2024, 7, 9, 9, tzinfo=UTC), date(2024, 7, 9)
Q1, Q2 = Quarter(2024, 1), Quarter(2024, 2)
PAGE = "/pledges/1-3/changes/?term=민선8기"
BOOK = "/pledges/1-3/changes/quarters.xlsx?term=민선8기"


@pytest.fixture(autouse=True)
def _july(pin_today: PinToday) -> None:
    pin_today(2024, 7, 9)


@pytest.fixture
def closer(db: None) -> User:
    return factories.user(Role.COORDINATOR, "closer")


@pytest.fixture
def closed(seed: Pledge, closer: User) -> Pledge:
    """Two closed quarters; one late market day is in the second version, another is not."""
    close_quarter(seed.term, Q1, closer, AT, TODAY)
    close_quarter(seed.term, Q2, closer, AT, TODAY)
    held(date(2024, 4, 25))
    correct_quarter(seed.term, Q2, [seed], closer, AT, TODAY, "늦은 보고(예시)")
    held(date(2024, 5, 30))
    return seed


def sheets(client: Client) -> dict[str, list[tuple[Any, ...]]]:
    response = client.get(BOOK)
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


class TestWorkbook:
    def test_has_a_sheet_for_each_quarter(self, closed: Pledge, staff: Client) -> None:
        assert list(sheets(staff)) == ["분기별", "2024년 1분기", "2024년 2분기", "바뀐 것"]

    def test_shows_then_now_and_what_the_records_say(self, closed: Pledge, staff: Client) -> None:
        rows = {row[1]: row[2:6] for row in sheets(staff)["2024년 2분기"] if row[1]}
        assert rows["지표 3. 횟수 누적 실적"] == (16, 17, 18, "정정됨, 미반영")
        assert rows["총 이행률"] == (82.5, 83, 83.5, "정정됨, 미반영")
        assert rows["추진상황"][:3] == ("이행 후 지속추진",) * 3

    def test_lays_the_quarters_side_by_side(self, closed: Pledge, staff: Client) -> None:
        rows = sheets(staff)["분기별"]
        line = next(row for row in rows if row[0] == "2024년 2분기")
        assert line[1:5] == (2, 82.5, 83, 83.5)
        assert [row[0] for row in rows if row[0] in ("2024년 1분기", "2024년 2분기")] == [str(Q1), str(Q2)]

    def test_says_who_and_why(self, closed: Pledge, closer: User, staff: Client) -> None:
        told = {row[1]: row for row in sheets(staff)["바뀐 것"]}
        assert told["정정 마감"][5:8:2] == (str(closer), "늦은 보고(예시)")
        assert told["운영일"][4] == "입력"

    def test_is_there_before_anything_is_closed(self, seed: Pledge, staff: Client) -> None:
        assert list(sheets(staff)) == ["분기별", "바뀐 것"]

    def test_administrators_take_no_figures_out(self, seed: Pledge, client_as: ClientAs) -> None:
        assert client_as("admin").get(BOOK).status_code == 403

    def test_leaves_the_closings_alone(self, closed: Pledge, staff: Client) -> None:
        before = list(closed.term.closings.values_list("pk", "digest"))
        sheets(staff)
        assert list(closed.term.closings.values_list("pk", "digest")) == before


class TestPage:
    def test_lists_every_kind_of_late_record(self, closed: Pledge, staff: Client) -> None:
        place: Any = closed
        Tenancy.objects.create(
            enterprise=firm("㈜늦음(예시)"), space=place.spaces.first(), starts_on=date(2024, 5, 1)
        )
        Member.objects.create(committee=place.committee, name="김위원(예시)", appointed_on=date(2024, 5, 1))
        Activity.objects.create(pledge=closed, no=99, starts_on=date(2024, 5, 2), title="늦은 일(예시)")
        page = staff.get(PAGE)
        assert {"입주", "위원", "운영일", "추진실적(일정별)"} <= {late.kind for late in page.context["late"]}
        assert "김위원" not in page.content.decode()

    def test_tells_who_revised_a_target_and_why(
        self, closed: Pledge, staff: Client, users: dict[str, User]
    ) -> None:
        row = Target(indicator=closed.indicators.get(no=3), value=32, valid_from=date(2024, 7, 1))
        row.reason, row._history_user = "행사 축소(예시)", users["coordinator"]  # type: ignore[attr-defined]
        row.save()
        found = staff.get(PAGE).context["revised"][0]
        assert (found.who, found.reason, found.deed) == (str(users["coordinator"]), "행사 축소(예시)", "입력")

    def test_offers_a_correction_of_every_closed_quarter(self, closed: Pledge, staff: Client) -> None:
        page = staff.get(PAGE).content.decode()
        assert all(f"/corrections/2024/{number}/new/" in page for number in (1, 2))


class TestLateRecords:
    """마감 뒤 입력: of every closed quarter, also what was moved out of it, each with its reason."""

    @pytest.fixture
    def pledge(self, db: None) -> Pledge:
        made = make.pledge()
        make.market_days(made)
        made.programs.add(make.program())
        return made

    def told(self, pledge: Pledge, quarter: Quarter | None = None) -> list[tuple[str, str, str]]:
        return [(late.what, late.deed, late.reason) for late in late_records(pledge, quarter)]

    def close(self, pledge: Pledge, quarter: Quarter, closer: User, day: int) -> None:
        close_quarter(pledge.term, quarter, closer, datetime.now(UTC), date(2024, 7, day))

    def test_stay_listed_when_the_next_quarter_is_closed(self, pledge: Pledge, closer: User) -> None:
        self.close(pledge, Q1, closer, 8)
        make.held(date(2024, 3, 9))
        self.close(pledge, Q2, closer, 9)
        assert [row[0] for row in self.told(pledge)] == ["봄 장터 2024. 3. 9."]
        assert [row[0] for row in self.told(pledge, Q1)] == ["봄 장터 2024. 3. 9."]
        assert self.told(pledge, Q2) == []

    def test_are_a_quarters_own(self, pledge: Pledge, closer: User) -> None:
        self.close(pledge, Q1, closer, 8)
        self.close(pledge, Q2, closer, 9)
        make.held(date(2024, 3, 9))
        assert self.told(pledge, Q2) == []
        assert len(self.told(pledge, Q1)) == len(self.told(pledge)) == 1

    def test_what_came_before_the_first_closing_is_its_own(self, pledge: Pledge, closer: User) -> None:
        self.close(pledge, Q1, closer, 8)
        make.held(date(2023, 5, 10))
        assert len(self.told(pledge, Q1)) == 1

    def test_a_record_moved_out_of_the_quarter_is_told(self, pledge: Pledge, closer: User) -> None:
        firm_ = make.designated("가게(예시)", date(2024, 1, 2))
        row = make.paid(firm_, date(2024, 3, 20))
        self.close(pledge, Q1, closer, 8)
        assert self.told(pledge) == []
        row.paid_on, row.check_reason = date(2024, 4, 2), "날짜를 잘못 적음(예시)"
        row.save()
        assert [told[1:] for told in self.told(pledge, Q1)] == [("수정", "날짜를 잘못 적음(예시)")]

    def test_a_record_of_an_open_quarter_is_not(self, pledge: Pledge, closer: User) -> None:
        self.close(pledge, Q1, closer, 8)
        make.held(date(2024, 4, 9))
        assert self.told(pledge) == []

    def test_a_result_is_told_by_who_entered_it_not_by_who_confirmed_it(
        self, pledge: Pledge, closer: User
    ) -> None:
        days = pledge.indicators.get()
        kept = make.result(days, 2024, 1, "1", state="submitted")
        self.close(pledge, Q1, closer, 8)
        made = datetime.now(UTC)
        workflow.confirm([kept], closer, date(2024, 7, 9))
        assert revised(pledge, made) == []
        row = make.result(days, 2024, 2, "3", reason="현장(예시)")
        entered = row.history.get()
        entered.history_user = factories.user(Role.STAFF, "enterer")
        entered.save()
        row.state = "submitted"
        row.save()
        workflow.confirm([row], closer, date(2024, 7, 9))
        (told,) = revised(pledge, made)
        assert (told.deed, told.who, told.reason) == ("입력", "enterer", "현장(예시)")
