"""``import_rows enterprises``: lists as they are, matched with the register."""

from datetime import date
from typing import Any

import pytest

from accounts.models import ImportBatch, Office
from enterprises.models import Designation, Enterprise
from tests.enterprises import factories as register
from tests.imports.conftest import Run
from tests.imports.sheets import csv_bytes, xlsx

pytestmark = pytest.mark.usefixtures("kinds")

HEADER = ["기업명", "사업자등록번호", "유형", "인증번호", "지정일", "만료일", "대표자", "주소"]
GAON = [
    "가온협동조합(예시)",
    "123-45-67891",
    "협동조합",
    "서울-1",
    "2023. 1. 2.",
    None,
    "홍길동(예시)",
    "관악로 1(예시)",
]
NAMU = ["㈜나무(예시)", None, "인증", "제2호", "2022-03-04", "2025-03-03", "김나무(예시)", "봉천로 2(예시)"]


def test_new_rows_and_the_same_file_again(import_rows: Run) -> None:
    content = xlsx([HEADER, GAON, NAMU])
    first, second = import_rows("enterprises", content), import_rows("enterprises", content)
    assert (first.code, first.lines) == (0, ["new: 2 changed: 0 unchanged: 0"])
    assert (second.code, second.lines) == (0, ["new: 0 changed: 0 unchanged: 2"])
    firm = Enterprise.objects.get(business_number="1234567891")
    assert firm.designations.get().starts_on == date(2023, 1, 2)
    assert firm.history.get().history_change_reason == ImportBatch.objects.order_by("pk")[0].mark


def test_every_row_has_its_history(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON, NAMU]))
    assert Enterprise.history.count() == Designation.history.count() == 2


def test_changed_fields_are_counted_and_written_with_a_new_version(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON]))
    changed = [*GAON[:6], "새대표(예시)", GAON[7]]
    assert import_rows("enterprises", xlsx([HEADER, changed])).counts == "new: 0 changed: 1 unchanged: 0"
    firm = Enterprise.objects.get()
    assert (firm.representative, firm.revision) == ("새대표(예시)", 2)


def test_empty_cells_take_nothing_away(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON]))
    bare = [GAON[0], GAON[1], GAON[2], None, GAON[4], None, None, None]
    assert import_rows("enterprises", xlsx([HEADER, bare])).counts == "new: 0 changed: 0 unchanged: 1"
    assert Enterprise.objects.get().representative == "홍길동(예시)"


def test_dry_run_saves_nothing(import_rows: Run) -> None:
    ran = import_rows("enterprises", xlsx([HEADER, GAON]), "--dry-run")
    assert (ran.code, ran.counts) == (0, "new: 1 changed: 0 unchanged: 0")
    assert not Enterprise.objects.exists()
    assert not ImportBatch.objects.exists()


def test_all_or_nothing_and_every_fault_at_once(import_rows: Run) -> None:
    bad = ["다솜(예시)", "12-345", "인증", None, "2023. 13. 1.", None, None, None]
    worse = [None, None, "비영리", None, "2024. 1. 1.", "2023. 1. 1.", None, None]
    ran = import_rows("enterprises", xlsx([HEADER, GAON, bad, worse]))
    assert ran.code == 1
    assert not Enterprise.objects.exists()
    places = [line.split(" ")[1] for line in ran.of("error")]
    assert places == ["명단!B3", "명단!E3", "명단!A4", "명단!C4"]


def test_a_kind_that_is_not_known_is_named_with_those_that_are(import_rows: Run) -> None:
    ran = import_rows("enterprises", xlsx([HEADER, [*NAMU[:2], "비영리", *NAMU[3:]]]))
    assert ran.code == 1
    assert "명단!C2 유형 ‘비영리’" in ran.of("error")[0]
    assert "마을기업" in ran.of("error")[0]


def test_undated_rows_are_doubts_and_add_nothing(import_rows: Run) -> None:
    """198 undated cooperatives itemise the opening: the register still says 233 (DOMAIN §6)."""
    from enterprises.register import register_table

    register.seed_register()
    rows = [[f"조합{n}(예시)", None, "협동조합"] for n in range(198)]
    refused = import_rows("enterprises", xlsx([HEADER, *rows]))
    assert (refused.code, len(refused.of("doubt"))) == (2, 198)
    assert not Enterprise.objects.exists()
    accepted = import_rows("enterprises", xlsx([HEADER, *rows]), "--accept-doubts")
    assert (accepted.code, accepted.counts) == (0, "new: 198 changed: 0 unchanged: 0")
    assert sum(line.value or 0 for line in register_table(register.SEED_DAY).lines) == 233
    again = import_rows("enterprises", xlsx([HEADER, *rows]))
    assert (again.code, again.counts) == (0, "new: 0 changed: 0 unchanged: 198")


def test_two_spellings_are_one_enterprise_with_a_doubt(import_rows: Run) -> None:
    other = ["주식회사 나무(예시)", None, "예비", "지정-9", "2021. 1. 1.", "2021. 12. 31.", None, NAMU[7]]
    ran = import_rows("enterprises", xlsx([HEADER, NAMU, other]))
    assert ran.code == 2
    assert "㈜나무(예시)" in ran.of("doubt")[0]
    assert import_rows("enterprises", xlsx([HEADER, NAMU, other]), "--accept-doubts").code == 0
    assert Enterprise.objects.count() == 1
    assert Designation.objects.count() == 2


def test_the_number_decides_over_the_name(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON]))
    renamed = ["새이름(예시)", *GAON[1:]]
    ran = import_rows("enterprises", xlsx([HEADER, renamed]))
    assert (ran.code, ran.counts) == (2, "new: 0 changed: 1 unchanged: 0")
    assert "가온협동조합(예시)" in ran.of("doubt")[0]


def test_same_name_with_another_number_is_another_enterprise_with_a_doubt(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON]))
    namesake = [GAON[0], "220-81-62517", *GAON[2:]]
    assert import_rows("enterprises", xlsx([HEADER, namesake])).code == 2
    assert import_rows("enterprises", xlsx([HEADER, namesake]), "--accept-doubts").counts.startswith("new: 1")
    assert Enterprise.objects.count() == 2


def test_a_start_in_a_closed_quarter_is_a_doubt(import_rows: Run) -> None:
    Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
    ran = import_rows("enterprises", xlsx([HEADER, GAON]))
    assert ran.code == 2
    assert "마감 뒤 입력" in ran.of("doubt")[0]


def test_overlapping_designations_of_one_kind_are_refused(import_rows: Run) -> None:
    import_rows("enterprises", xlsx([HEADER, GAON]))
    again = [*GAON[:3], "서울-7", "2024. 1. 2.", *GAON[5:]]
    ran = import_rows("enterprises", xlsx([HEADER, again]))
    assert ran.code == 1
    assert "겹칩니다" in ran.of("error")[0]


def test_personal_columns_are_left_out_and_named(import_rows: Run) -> None:
    header = [*HEADER, "생년월일", "휴대전화", "전화번호", "비고란"]
    ran = import_rows("enterprises", xlsx([header, [*GAON, "1980-01-01", "010-1-2", "010-1234-5678", "x"]]))
    assert ran.code == 0
    told = " ".join(ran.of("warning"))
    assert "생년월일, 휴대전화" in told
    assert "비고란" in told
    assert "휴대전화 번호 1건" in told
    assert Enterprise.objects.get().phone == ""


def test_mobiles_come_in_where_the_office_allows_it(import_rows: Run) -> None:
    Office.objects.create(pk=1, imports_mobiles=True)
    import_rows("enterprises", xlsx([[*HEADER, "휴대전화"], [*GAON, "010-1234-5678"]]))
    assert Enterprise.objects.get().phone == ""
    import_rows("enterprises", xlsx([[*HEADER, "전화번호"], [*GAON, "010-1234-5678"]]))
    assert Enterprise.objects.get().phone == "010-1234-5678"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_csv_in_every_usual_encoding(import_rows: Run, encoding: str) -> None:
    rows = [
        ["조합명", "대표", "설립신고번호", "수리일", "사업장 소재지", "유형"],
        ["가온협동조합(예시)", "홍길동(예시)", "서울-1", "2023.01.02", "관악로 1", "협동조합"],
    ]
    assert import_rows("enterprises", csv_bytes(rows, encoding)).counts == "new: 1 changed: 0 unchanged: 0"
    firm = Enterprise.objects.get()
    assert (firm.representative, firm.address) == ("홍길동(예시)", "관악로 1")


def test_set_fills_the_column_that_the_file_lacks(import_rows: Run) -> None:
    rows = [["기업명", "인증번호", "인증일"], ["가온(예시)", "제1호", "2023-01-02"]]
    assert import_rows("enterprises", xlsx(rows)).code == 1
    assert import_rows("enterprises", xlsx(rows), "--set", "유형=인증").code == 0
    assert Designation.objects.get().kind.code == "certified"


def test_a_column_of_other_kinds_gives_way_to_the_given_one(import_rows: Run) -> None:
    """협동조합 lists have a column 유형 that says 다중이해관계자."""
    rows = [
        ["조합명", "유형", "수리일"],
        ["가온(예시)", "다중이해관계자", "2023-01-02"],
        ["나래(예시)", "사업자", "2023-01-03"],
    ]
    ran = import_rows("enterprises", xlsx(rows), "--set", "유형=협동조합")
    assert (ran.code, ran.counts) == (0, "new: 2 changed: 0 unchanged: 0")
    assert "정해 준 값" in ran.of("warning")[0]


def test_validity_gives_both_days(import_rows: Run) -> None:
    rows = [
        ["기업명", "유형", "지정번호", "지정기간"],
        ["가온(예시)", "예비사회적기업(지역형)", "1", "2023.1.2. ~ 2026.1.1."],
    ]
    assert import_rows("enterprises", xlsx(rows)).code == 0
    held: Any = Designation.objects.get()
    assert (held.starts_on, held.expires_on) == (date(2023, 1, 2), date(2026, 1, 1))
    assert held.kind.code == "preliminary"
