"""``import_rows awards | market-days | participations | results``."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from enterprises.models import Enterprise
from markets.models import Market, MarketDay, MarketEvent, Participation, State
from pledges.models import Goal, Indicator, Pledge, Result, Term
from subsidies.models import Award
from tests.imports.conftest import Run
from tests.imports.sheets import xlsx
from tests.pledges.factories import closed
from tests.subsidies import factories as ledger

pytestmark = pytest.mark.django_db

GAON = "가온협동조합(예시)"


class TestAwards:
    HEADER = ("연도", "사업", "기업명", "사업자등록번호", "인원", "결정액", "결정일")

    @pytest.fixture(autouse=True)
    def _program(self) -> None:
        ledger.program()
        ledger.enterprise(GAON)

    def test_new_then_unchanged_then_changed(self, import_rows: Run) -> None:
        rows = [self.HEADER, [2024, "일자리창출사업", GAON, None, "3명", "30,000천원", "2024. 2. 1."]]
        assert import_rows("awards", xlsx(rows)).lines == ["new: 1 changed: 0 unchanged: 0"]
        assert import_rows("awards", xlsx(rows)).lines == ["new: 0 changed: 0 unchanged: 1"]
        award = Award.objects.get()
        assert (award.amount, award.headcount, award.year) == (30_000_000, 3, 2024)
        rows[1][4] = 4
        assert import_rows("awards", xlsx(rows)).counts == "new: 0 changed: 1 unchanged: 0"

    def test_the_same_award_twice_in_a_file_is_a_doubt(self, import_rows: Run) -> None:
        rows = [self.HEADER, *[[2024, "일자리창출사업", GAON, None, 3, 30_000_000, "2024. 2. 1."]] * 2]
        ran = import_rows("awards", xlsx(rows))
        assert (ran.code, len(ran.of("doubt"))) == (2, 1)

    def test_unknown_enterprise(self, import_rows: Run) -> None:
        ran = import_rows(
            "awards", xlsx([self.HEADER, [2024, "일자리창출사업", "가온협동조함(예시)", None, 3, 1_000_000]])
        )
        assert ran.code == 1
        assert GAON in ran.of("error")[0]


class TestMarketDays:
    HEADER = ("행사명", "운영일", "장소", "구분", "참여업체 수", "매출액")

    @pytest.fixture(autouse=True)
    def _market(self) -> None:
        Market.objects.create(name="관악 꿈시장", short_name="꿈시장")

    def test_a_list_of_days_is_one_event(self, import_rows: Run) -> None:
        rows = [self.HEADER, ["봄(예시)", "2023. 4. 27.~4. 28.", "광장", "오프라인", 36, "84백만원"]]
        assert import_rows("market-days", xlsx(rows)).lines == ["new: 1 changed: 0 unchanged: 0"]
        event = MarketEvent.objects.get()
        assert (event.vendors, event.sales) == (36, 84_000_000)
        assert [day.day.day for day in MarketDay.objects.counted()] == [27, 28]
        assert import_rows("market-days", xlsx(rows)).lines == ["new: 0 changed: 0 unchanged: 1"]

    def test_rows_of_single_days_keep_their_own_figures(self, import_rows: Run) -> None:
        rows = [
            self.HEADER,
            ["봄(예시)", date(2023, 4, 27), "광장", None, 30, 40_000_000],
            ["봄(예시)", date(2023, 4, 28), "광장", None, 32, 44_000_000],
        ]
        assert import_rows("market-days", xlsx(rows)).counts == "new: 2 changed: 0 unchanged: 0"
        assert [day.sales for day in MarketDay.objects.all()] == [40_000_000, 44_000_000]
        assert import_rows("market-days", xlsx(rows)).counts == "new: 0 changed: 0 unchanged: 2"

    def test_days_to_come_are_planned(self, import_rows: Run) -> None:
        import_rows("market-days", xlsx([self.HEADER, ["가을(예시)", "2024. 9. 7."]]))
        assert MarketDay.objects.get().state == State.PLANNED

    def test_days_that_are_only_described_are_refused(self, import_rows: Run) -> None:
        ran = import_rows("market-days", xlsx([self.HEADER, ["가을(예시)", "9월 13일~28일 매주 주말"]]))
        assert ran.code == 1
        assert "명단!B2 운영일" in ran.of("error")[0]

    def test_an_online_event_has_a_period(self, import_rows: Run) -> None:
        rows = [self.HEADER, ["온라인전(예시)", "2023. 8. 17.~9. 1.", None, "온라인", 20, 5_000_000]]
        assert import_rows("market-days", xlsx(rows)).code == 0
        event = MarketEvent.objects.get()
        assert (event.starts_on, event.ends_on, event.days.count()) == (
            date(2023, 8, 17),
            date(2023, 9, 1),
            0,
        )
        assert import_rows("market-days", xlsx(rows)).counts == "new: 0 changed: 0 unchanged: 1"

    def test_participations(self, import_rows: Run) -> None:
        Enterprise.objects.create(name=GAON)
        import_rows("market-days", xlsx([self.HEADER, ["봄(예시)", "2023. 4. 27.~4. 28."]]))
        rows = [
            ["행사명", "운영일", "업체명", "매출액"],
            ["봄(예시)", "2023-04-27", GAON, 1_250_000],
            ["봄(예시)", "2023-04-28", "길손공방(예시)", 300_000],
            ["봄(예시)", None, "전체참여(예시)", None],
        ]
        ran = import_rows("participations", xlsx(rows))
        assert (ran.code, ran.counts) == (0, "new: 3 changed: 0 unchanged: 0")
        assert Participation.objects.filter(enterprise__name=GAON, sales=1_250_000).exists()
        assert Participation.objects.filter(vendor_name="전체참여(예시)", day=None).exists()
        assert import_rows("participations", xlsx(rows)).counts == "new: 0 changed: 0 unchanged: 3"

    def test_another_day_is_refused_with_the_days_of_the_event(self, import_rows: Run) -> None:
        import_rows("market-days", xlsx([self.HEADER, ["봄(예시)", "2023. 4. 27."]]))
        rows = [["행사명", "운영일", "업체명"], ["봄(예시)", "2023-04-29", GAON]]
        ran = import_rows("participations", xlsx(rows))
        assert ran.code == 1
        assert "2023. 4. 27." in ran.of("error")[0]


class TestResults:
    HEADER = ("공약", "지표", "연도", "분기", "실적", "비고")

    @pytest.fixture
    def indicator(self) -> Indicator:
        term = Term.objects.create(name="민선8기", starts_on=date(2022, 7, 1), ends_on=date(2026, 6, 30))
        goal = Goal.objects.create(term=term, number="1", name="목표")
        pledge = Pledge.objects.create(term=term, goal=goal, number="2-4", title="나무 심기(예시)")
        return Indicator.objects.create(pledge=pledge, no=1, name="심은 나무", unit="그루")

    @pytest.mark.parametrize("quarter", [1, "1분기", "1/4", date(2024, 1, 4)])
    def test_new_then_unchanged(self, import_rows: Run, indicator: Indicator, quarter: Any) -> None:
        rows = [self.HEADER, ["2-4", "심은 나무", 2024, quarter, "1,200그루", None]]
        assert import_rows("results", xlsx(rows)).lines == ["new: 1 changed: 0 unchanged: 0"]
        assert Result.objects.get().value == Decimal(1200)
        assert import_rows("results", xlsx(rows)).lines == ["new: 0 changed: 0 unchanged: 1"]

    def test_excel_made_a_day_of_the_pledge_number(self, import_rows: Run, indicator: Indicator) -> None:
        rows = [self.HEADER, [date(2026, 2, 4), "심은 나무", 2024, 1, 3.5, None]]
        assert import_rows("results", xlsx(rows)).code == 0

    def test_a_quarter_to_come_asks_why(self, import_rows: Run, indicator: Indicator) -> None:
        rows = [self.HEADER, ["2-4", "심은 나무", 2024, 4, 5, None]]
        assert import_rows("results", xlsx(rows)).code == 2
        rows[1][5] = "조기 달성"
        assert import_rows("results", xlsx(rows)).code == 0
        assert Result.objects.get().reason == "조기 달성"

    def test_a_closed_quarter_and_unknown_names_are_refused(
        self, import_rows: Run, indicator: Indicator
    ) -> None:
        closed(indicator.pledge, 2023, 4)
        rows = [
            self.HEADER,
            ["2-4", "심은 나무", 2023, 4, 5],
            ["2-5", "심은 나무", 2024, 1, 5],
            ["2-4", "나무", 2024, 1, 5],
        ]
        errors = import_rows("results", xlsx(rows)).of("error")
        assert "마감한 분기" in errors[0]
        assert "2-4" in errors[1]
        assert "심은 나무" in errors[2]
