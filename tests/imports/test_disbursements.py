"""``import_rows disbursements``: split, matched, doubted by the rules of the entry form."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import Office
from subsidies.models import Disbursement, Program
from tests.imports.conftest import Run
from tests.imports.sheets import xlsx
from tests.subsidies import factories as ledger

pytestmark = pytest.mark.django_db

HEADER = [
    "교부일",
    "사업",
    "수령자",
    "금액",
    "국비",
    "시비",
    "구비",
    "기타",
    "회계연도",
    "차수",
    "지출결의번호",
    "적요",
]


@pytest.fixture
def jobs() -> Program:
    """일자리창출사업, 75:17.5:7.5 in 2024, paying 가온협동조합(예시) some five million at a time."""
    program = ledger.program(aliases="일자리사업")
    ledger.year(program)
    firm = ledger.enterprise("가온협동조합(예시)")
    ledger.award(program, firm, 90_000_000)
    ledger.disbursement(program, 5_000_000, enterprise=firm, paid_on=date(2024, 1, 31))
    return program


def row(
    day: Any = "2024. 3. 5.", amount: Any = "9,487,000", *rest: Any, who: str = "가온협동조합(예시)"
) -> Sequence[Any]:
    return [day, "일자리창출사업", who, amount, *rest]


@pytest.mark.usefixtures("jobs")
class TestSplit:
    def test_empty_sources_are_split_by_the_ratio(self, import_rows: Run) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row()]))
        assert (ran.code, ran.lines) == (0, ["new: 1 changed: 0 unchanged: 0"])
        paid = Disbursement.objects.get(paid_on=date(2024, 3, 5))
        assert tuple(paid.shares) == (7_115_250, 1_660_225, 711_525, 0)
        assert (paid.fiscal_year, paid.amount) == (2024, 9_487_000)

    def test_sources_that_differ_from_the_amount_are_refused_with_the_difference(
        self, import_rows: Run
    ) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row("2024-03-05", 1_000_000, 700_000, 200_000)]))
        assert ran.code == 1
        assert "100,000원 적습니다" in ran.of("error")[0]

    def test_a_year_without_ratio_is_named(self, import_rows: Run) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row("2025-03-05")]))
        assert ran.code == 1
        assert "2025 회계연도 분담률이 없어" in ran.of("error")[0]
        whole = row("2025-03-05", 1_000_000, None, None, 1_000_000)
        assert import_rows("disbursements", xlsx([HEADER, whole])).code == 0

    def test_fiscal_year_of_its_own(self, import_rows: Run) -> None:
        import_rows("disbursements", xlsx([HEADER, row("2025. 1. 15.", 1_000_000, *[None] * 4, 2024)]))
        assert Disbursement.objects.get(paid_on=date(2025, 1, 15)).fiscal_year == 2024


@pytest.mark.usefixtures("jobs")
class TestMatching:
    def test_the_same_file_again_changes_nothing(self, import_rows: Run) -> None:
        content = xlsx([HEADER, row(), row("2024. 4. 1.", 5_000_000)])
        assert import_rows("disbursements", content).counts == "new: 2 changed: 0 unchanged: 0"
        assert import_rows("disbursements", content).lines == ["new: 0 changed: 0 unchanged: 2"]

    def test_another_note_is_a_change(self, import_rows: Run) -> None:
        import_rows("disbursements", xlsx([HEADER, row()]))
        noted = row("2024. 3. 5.", "9,487,000", *[None] * 7, "1차분")
        assert import_rows("disbursements", xlsx([HEADER, noted])).counts == "new: 0 changed: 1 unchanged: 0"
        paid = Disbursement.objects.get(paid_on=date(2024, 3, 5))
        assert (paid.note, paid.revision, paid.history.count()) == ("1차분", 2, 2)

    def test_the_same_resolution_number_with_another_amount_is_a_change(self, import_rows: Run) -> None:
        import_rows("disbursements", xlsx([HEADER, row("2024. 3. 5.", 9_487_000, *[None] * 6, "2024-7")]))
        more = row("2024. 3. 5.", 9_500_000, *[None] * 6, "2024-7")
        assert import_rows("disbursements", xlsx([HEADER, more])).counts == "new: 0 changed: 1 unchanged: 0"
        assert Disbursement.objects.get(expenditure_number="2024-7").amount == 9_500_000

    def test_the_same_payee_day_and_amount_twice_is_a_doubt(self, import_rows: Run) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row(), row()]))
        assert ran.code == 2
        assert "3행" in ran.of("doubt")[0]
        content = xlsx([HEADER, row(), row()])
        assert import_rows("disbursements", content, "--accept-doubts").counts.startswith("new: 2")
        assert import_rows("disbursements", content).lines == ["new: 0 changed: 0 unchanged: 2"]

    def test_unknown_names_get_the_nearest_ones(self, import_rows: Run) -> None:
        wrong = ["2024-03-05", "일자리창출", "가온협동조함(예시)", 1_000_000]
        ran = import_rows("disbursements", xlsx([HEADER, wrong, row(who="가온협동조함(예시)")]))
        assert "일자리창출사업" in ran.of("error")[0]
        assert "가온협동조합(예시)" in ran.of("error")[1]

    def test_aliases_of_programmes_are_known(self, import_rows: Run) -> None:
        content = xlsx([HEADER, ["2024-03-05", "일자리 사업", "가온협동조합(예시)", 1_000_000]])
        assert import_rows("disbursements", content).code == 0


class TestAgreements:
    def test_the_trustee_of_that_time_is_paid(self, import_rows: Run) -> None:
        program = ledger.program("민간위탁", pays_enterprises=False)
        ledger.year(program, ratio="0:0:100")
        ledger.entrustment(program, starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 31))
        now = ledger.entrustment(program)
        rows = [HEADER, ["2024-03-05", "민간위탁", "수탁법인(예시)", 67_055_000]]
        assert import_rows("disbursements", xlsx(rows)).code == 0
        assert Disbursement.objects.get().entrustment == now

    def test_a_firm_is_not_paid_by_a_programme_of_agreements(self, import_rows: Run) -> None:
        ledger.program("민간위탁", pays_enterprises=False)
        ledger.enterprise("가온협동조합(예시)")
        ran = import_rows(
            "disbursements", xlsx([HEADER, ["2024-03-05", "민간위탁", "가온협동조합(예시)", 1_000_000]])
        )
        assert ran.code == 1


@pytest.mark.usefixtures("jobs")
class TestDoubts:
    def test_a_thousand_times_the_usual(self, import_rows: Run) -> None:
        for amount in (5_000, 5_000_000_000):
            ran = import_rows("disbursements", xlsx([HEADER, row("2024-03-05", amount)]))
            assert (ran.code, len(ran.of("doubt"))) == (2, 1)

    def test_a_closed_quarter(self, import_rows: Run) -> None:
        Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
        ran = import_rows("disbursements", xlsx([HEADER, row()]))
        assert ran.code == 2
        assert import_rows("disbursements", xlsx([HEADER, row()]), "--accept-doubts").code == 0
        assert "마감 뒤 입력" in Disbursement.objects.get(paid_on=date(2024, 3, 5)).needs_check

    def test_above_the_budget_is_kept_with_its_warning_unless_the_office_blocks(
        self, import_rows: Run
    ) -> None:
        year = Program.objects.get().years.get()
        ledger.budget(year, 6_000_000)
        content = xlsx([HEADER, row("2024-03-05", 2_000_000)])
        Office.objects.create(pk=1, blocks_over_budget=True)
        assert import_rows("disbursements", content).code == 1
        Office.objects.update(blocks_over_budget=False)
        ran = import_rows("disbursements", content)
        assert (ran.code, len(ran.of("warning"))) == (0, 1)
        assert Disbursement.objects.get(paid_on=date(2024, 3, 5)).needs_check


@pytest.mark.usefixtures("jobs")
class TestUnits:
    def test_the_corner_says_thousands(self, import_rows: Run) -> None:
        rows = [["교부 내역", None, None, "(단위: 천원)"], [], HEADER, row("2024-03-05", 9_487)]
        assert import_rows("disbursements", xlsx(rows)).code == 0
        assert Disbursement.objects.get(paid_on=date(2024, 3, 5)).amount == 9_487_000

    def test_the_heading_says_thousands(self, import_rows: Run) -> None:
        rows = [["교부일", "사업", "수령자", "금액\n(천원)"], row("2024-03-05", "9,487")]
        assert import_rows("disbursements", xlsx(rows)).code == 0
        assert Disbursement.objects.get(paid_on=date(2024, 3, 5)).amount == 9_487_000

    def test_the_option_wins_and_says_so(self, import_rows: Run) -> None:
        rows = [["(단위: 천원)"], HEADER, row("2024-03-05", 9)]
        ran = import_rows("disbursements", xlsx(rows), "--unit", "백만원")
        assert ran.code == 0
        assert "백만원으로 읽었습니다" in ran.of("warning")[0]
        assert Disbursement.objects.get(paid_on=date(2024, 3, 5)).amount == 9_000_000

    @pytest.mark.parametrize("amount", ["24.394", 24.394, "약 5백만원", "#REF!", "=A1+B1x"])
    def test_doubtful_amounts_are_refused(self, import_rows: Run, amount: Any) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row("2024-03-05", amount)]))
        assert ran.code == 1
        assert "명단!D2 금액" in ran.of("error")[0]


@pytest.mark.usefixtures("jobs")
def test_totals_are_compared_and_left_out(import_rows: Run) -> None:
    rows = [
        HEADER,
        [None, "합계", None, 4_000_000],
        row("2024-03-05", 1_000_000),
        row("2024-03-06", 2_000_000),
        [None, "소 계", None, 3_000_000],
        row("2024-03-07", 3_000_000),
        [None, "소 계", None, 3_000_000],
    ]
    ran = import_rows("disbursements", xlsx(rows))
    assert (ran.code, ran.counts) == (0, "new: 3 changed: 0 unchanged: 0")
    assert [line for line in ran.of("warning") if "합계" in line] == [
        "warning: 명단!2행 ‘합계’의 금액 4,000,000원이 줄들의 합 6,000,000원과 -2,000,000원 다릅니다."
    ]
    assert len(ran.of("warning")) == 1


@pytest.mark.usefixtures("jobs")
def test_the_report_is_the_same_file_with_its_faults_marked(import_rows: Run, tmp_path: Any) -> None:
    out = tmp_path / "out.xlsx"
    import_rows("disbursements", xlsx([HEADER, row("2024-03-05", "24.394")]), "--report", str(out))
    sheet = load_workbook(out)["명단"]
    assert "24,394의 오타" in sheet["D2"].comment.text
    assert sheet["B2"].value == "일자리창출사업"
    assert sheet["D2"].fill.start_color.rgb.endswith("FFC7CE")


class TestAward:
    """The one decision that a payment can be under is linked, as the entry form chooses it."""

    def test_the_only_award_is_linked_and_watched(self, jobs: Program, import_rows: Run) -> None:
        ran = import_rows("disbursements", xlsx([HEADER, row(), row("2024-03-06", "89,000천원")]))
        assert ran.code == 0
        paid = list(Disbursement.objects.exclude(award=None).order_by("paid_on"))
        assert [one.award.year for one in paid if one.award] == [2024, 2024]
        assert "결정액보다 8,487,000원 많아집니다" in paid[1].needs_check
        assert import_rows("disbursements", xlsx([HEADER, row()])).counts == "new: 0 changed: 0 unchanged: 1"

    def test_of_two_awards_none_is_guessed(self, jobs: Program, import_rows: Run) -> None:
        ledger.award(jobs, jobs.awards.get().enterprise, 1_000_000)
        import_rows("disbursements", xlsx([HEADER, row()]))
        assert not Disbursement.objects.exclude(award=None).exists()

    def test_last_years_award_is_taken_only_without_one_of_this_year(
        self, jobs: Program, import_rows: Run
    ) -> None:
        before = ledger.award(jobs, jobs.awards.get().enterprise, 1_000_000, year=2023)
        import_rows("disbursements", xlsx([HEADER, row()]))
        assert Disbursement.objects.exclude(award=None).get().award != before


class TestLog:
    """A few payments say their sentence as the entry form would; many do not flood the card's log."""

    def test_a_few(self, jobs: Program, import_rows: Run) -> None:
        import_rows("disbursements", xlsx([HEADER, row()]))
        paid = Disbursement.objects.get(paid_on=date(2024, 3, 5))
        assert paid.log_text == "- 2024년 일자리창출사업 지원금 교부(가온협동조합(예시), 9,487천 원)"

    def test_many(self, jobs: Program, import_rows: Run) -> None:
        rows = [row("2024-03-05", 5_000_000 + n) for n in range(21)]
        ran = import_rows("disbursements", xlsx([HEADER, *rows]))
        assert "추진실적 문구는 올리지 않습니다" in ran.of("warning")[0]
        assert not Disbursement.objects.exclude(log_text="").exists()
