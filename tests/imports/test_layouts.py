"""Headings and layouts of public lists and downloads as they are (rows made up): what each column is taken for."""

from typing import Any

import pytest

from documents.reading import Layouts, Unreadable, find_tables, open_book
from documents.reading.body import body
from enterprises.columns import COLUMNS
from enterprises.models import Designation, Enterprise
from subsidies.columns import AWARD_COLUMNS, DISBURSEMENT_COLUMNS
from subsidies.models import Disbursement, Program
from tests.imports.conftest import Run
from tests.imports.sheets import csv_bytes, xlsx
from tests.subsidies import factories as ledger

# Headings of a list, and which of our columns they are (in the same order, without those that are left out).
LISTS = [
    (
        "번호 지역 인증번호 기관명 사업내용 사회적목적실현유형 사업자등록번호 대표자 소재지 홈페이지 인증일자 인증회차",
        "인증번호 기업명 업종 사업자등록번호 대표자 주소 누리집 지정일",
    ),
    (
        "연번 시도 시군구 소재지 마을기업명 유형 주업종 사업내용 사업자등록번호(-포함작성)",
        "주소 기업명 유형 업종 사업자등록번호",
    ),
    ("순번 시도 시군구 자활기업 자활기업구분 대표자명 업종 사업자구분 주소", "기업명 대표자 업종 주소"),
    (
        "구분 협동조합명 대표자 업종 유형 소재지 수리인가일 주소",
        "둘째_구분 기업명 대표자 업종 유형 지정일 주소",
    ),
    (
        "번호 신고번호 조합명 설립유형 대표자(이사장) 사무소주소 전화번호 설립신고수리일자 주요사업 출자금(천원)",
        "인증번호 기업명 대표자 주소 전화번호 지정일 업종",
    ),
    (
        "기관명 주소 관할관서 인증지정번호 지정일 인증유지현황 조직형태 설립일 사업자번호본점 고유번호 법인등록번호 "
        "대표자 대표자생년월일 휴대전화 담당자 팩스번호 전화번호 이메일",
        "기업명 주소 인증번호 지정일 상태 사업자등록번호 대표자 전화번호",
    ),
    (
        "조합명 조합구분명 신고번호 신고일자 대표자명 소재지도로명주소 소재지지번주소 전화번호 관리기관명 기준일",
        "기업명 유형 인증번호 지정일 대표자 주소 전화번호",
    ),
]


def understood(heads: str, columns: Any) -> list[str]:
    sheet = csv_bytes([[word.replace("_", " ") for word in heads.split()]])
    found = find_tables(open_book(sheet, "x"), columns, Layouts(), ["유형", "연도", "사업"])
    headings = found.tables[0].headings
    return [headings.columns[place].heading.replace(" ", "_") for place in sorted(headings.columns)]


@pytest.mark.parametrize(("heads", "ours"), LISTS)
def test_lists_of_enterprises(heads: str, ours: str) -> None:
    assert understood(heads, COLUMNS) == ours.split()


@pytest.mark.parametrize(
    ("heads", "ours"),
    [
        (
            "회계연도 세부사업명 통계목 지출결의번호 지출결의일자 지급일자 적요 채주명 예금주 지출결의금액 실지급액",
            "회계연도 사업 지출결의번호 교부일 적요 수령자 금액",
        ),
        (
            "보조사업명 보조사업자명 교부결정액 교부일자 교부금액 집행금액 집행잔액",
            "사업 수령자 교부일 금액",
        ),
        (
            "보조사업명 보조사업자명 집행일자 거래처명 비목 공급가액 부가세 집행금액",
            "사업 수령자 교부일 다른_거래처 금액",
        ),
    ],
)
def test_downloads_of_payments(heads: str, ours: str) -> None:
    assert understood(heads, DISBURSEMENT_COLUMNS) == ours.split()


GROUPS = [
    ["보조사업 현황(예시)"],
    [None] * 9 + ["(단위: 천원)"],
    ["연번", "연도", "보조사업명", "보조사업자명", "교부결정액", None, None, "교부액", None, None, "일자"],
    [None, None, None, None, "국비", "구비", "계", "국비", "구비", "계", None],
    [1, 2024, "가", "나(예시)", 700, 300, 1000, 350, 150, 500, "2024-03-05"],
]


@pytest.mark.parametrize(("columns", "heading"), [(AWARD_COLUMNS, "결정액"), (DISBURSEMENT_COLUMNS, "금액")])
def test_the_amount_is_the_whole_of_its_own_group(columns: Any, heading: str) -> None:
    """교부결정액 | 국비 구비 계 beside 교부액 | 국비 구비 계: never a part, never the other group's."""
    merged = ("E3:G3", "H3:J3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "K3:K4")
    table = find_tables(open_book(xlsx(GROUPS, merged=merged), "x"), columns, Layouts()).tables[0]
    rows = [cells for _, _, cells in body(table, columns)]
    assert [row[heading] for row in rows] == [1000 if heading == "결정액" else 500]
    assert rows[0].get("국비") == (None if heading == "결정액" else 350)


def test_tables_side_by_side_are_refused() -> None:
    sheet = xlsx([["기업명", "대표자", None, "기업명", "대표자"], ["가", "나", None, "다", "라"]])
    with pytest.raises(Unreadable, match="나란히"):
        find_tables(open_book(sheet, "x"), COLUMNS, Layouts(), ["유형"])


@pytest.mark.usefixtures("kinds")
class TestKinds:
    HEAD = ("연번", "기업명", "대표자", "인증일", "소재지")

    def held(self) -> list[tuple[str, str]]:
        rows = Designation.objects.order_by("enterprise__name")
        return list(rows.values_list("enterprise__name", "kind__name"))

    @pytest.mark.parametrize(
        ("written", "kind"),
        [
            ("(예비)사회적기업", "예비"),
            ("예비(지역형)", "예비"),
            ("서울형 예비사회적기업", "예비"),
            ("사회적기업(인증)", "인증"),
            ("협동조합(사회적)", "협동조합"),
            ("지역자활기업", "자활기업"),
        ],
    )
    def test_words_for_a_kind(self, import_rows: Run, written: str, kind: str) -> None:
        rows = [["기업명", "유형", "지정일"], ["가(예시)", written, "2023. 1. 2."]]
        assert import_rows("enterprises", xlsx(rows)).code == 0
        assert self.held() == [("가(예시)", kind)]

    def test_a_legal_form_is_no_kind(self, import_rows: Run) -> None:
        rows = [["기업명", "조직유형", "인증일"], ["가(예시)", "사회적협동조합", "2023. 1. 2."]]
        import_rows("enterprises", xlsx(rows), "--set", "유형=인증")
        assert self.held() == [("가(예시)", "인증")]

    def test_section_lines_say_what_the_column_does_not(self, import_rows: Run) -> None:
        rows = [
            self.HEAD,
            ["□ 인증사회적기업 (1개소)"],
            [1, "가(예시)", "홍", "2020. 1. 1.", "관악로 1"],
            ["□ 예비사회적기업"],
            [1, "나(예시)", "홍", "2023. 1. 1.", "관악로 2"],
        ]
        ran = import_rows("enterprises", xlsx(rows), "--set", "유형=인증", "--dry-run")
        assert ran.code == 2
        assert ran.of("doubt") == [
            "doubt: 명단!5행: ‘예비사회적기업’ 아래의 줄인데 파일 전체의 유형은 ‘인증’입니다. 맞습니까?"
        ]
        assert import_rows("enterprises", xlsx(rows)).code == 0
        assert self.held() == [("가(예시)", "인증"), ("나(예시)", "예비")]

    def test_sheets_and_lower_tables_say_it_too(self, import_rows: Run) -> None:
        lower = ("연번", "대표자", "기업명", "지정일", "소재지")
        rows = [
            self.HEAD,
            [1, "가(예시)", "홍", "2020. 1. 1.", "관악로 1"],
            ["2. 예비사회적기업"],
            lower,
            [1, "홍", "나(예시)", "2023. 1. 1.", "관악로 2"],
        ]
        assert import_rows("enterprises", xlsx(rows, title="인증")).code == 0
        assert self.held() == [("가(예시)", "인증"), ("나(예시)", "예비")]

    def test_what_the_list_itself_says_to_be_over_is_asked(self, import_rows: Run) -> None:
        rows = [
            ["기업명", "유형", "지정일", "인증유지현황"],
            ["가(예시)", "인증", "2020. 1. 1.", "유지"],
            ["나(예시)", "인증", "2020. 1. 1.", "반납"],
        ]
        ran = import_rows("enterprises", xlsx(rows))
        assert (ran.code, len(ran.of("doubt"))) == (2, 1)

    def test_a_range_under_the_day(self, import_rows: Run) -> None:
        rows = [["기업명", "유형", "지정일(유효기간)"], ["가(예시)", "예비", "2023.10.18.~2026.10.17."]]
        assert import_rows("enterprises", xlsx(rows)).code == 0
        held = Designation.objects.get()
        assert (str(held.starts_on), str(held.expires_on)) == ("2023-10-18", "2026-10-17")


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("02-888-1234\n010-1234-5678", "02-888-1234"),
        (1012345678, ""),
        ("０１０－１２３４－５６７８", ""),
        ("+82-10-1234-5678", ""),
        (288881234, "0288881234"),
        ("02-1012-3456", "02-1012-3456"),
    ],
)
def test_mobile_numbers_stay_out_however_they_are_written(import_rows: Run, written: Any, kept: str) -> None:
    rows = [["기업명", "유형", "지정일", "연락처"], ["가(예시)", "인증", "2020. 1. 1.", written]]
    import_rows("enterprises", xlsx(rows))
    assert Enterprise.objects.get().phone == kept


@pytest.mark.usefixtures("kinds")
def test_zeros_for_a_number_are_no_number(import_rows: Run) -> None:
    head = ["기업명", "유형", "지정일", "사업자등록번호"]
    rows = [head, *([f"{name}(예시)", "인증", "2020. 1. 1.", "000-00-00000"] for name in "가나")]
    assert import_rows("enterprises", xlsx(rows)).code == 0
    assert Enterprise.objects.filter(business_number="").count() == 2


def test_what_a_recipient_spent_is_asked(db: None, import_rows: Run) -> None:
    program: Program = ledger.program()
    ledger.year(program)
    ledger.enterprise("가(예시)")
    head = ["보조사업명", "보조사업자명", "집행일자", "거래처명", "비목", "집행금액"]
    row = [program.name, "가(예시)", "2024-03-07", "○○문구(예시)", "일반수용비", 1_100_000]
    ran = import_rows("disbursements", xlsx([head, row]))
    assert ran.code == 2
    assert "보조사업자가 쓴 돈이면" in ran.of("doubt")[0]
    assert not Disbursement.objects.exists()


def test_cp949_behind_the_mark_of_utf8() -> None:
    content = b"\xef\xbb\xbf" + csv_bytes([["기업명", "대표자"], ["가(예시)", "홍"]], "cp949")
    assert find_tables(open_book(content, "x"), COLUMNS, Layouts(), ["유형"]).tables


WEB_PAGE = """<meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=euc-kr">
<style>td {mso-number-format:"@"}</style><script>if (1 < 2) "<td>"</script>
<table><tr><td>자활기업 현황 &lt;예시&gt;</td></tr></table>
<TABLE border=1><!-- <tr><td>x</td></tr> -->
<thead><tr><th rowspan=2>기업명</th><th rowspan="2">대표자</th><th colspan=2>지정기간</th><th rowspan=2>소재지</th></tr>
<tr><th>시작일</th><th>종료일</th></tr></thead>
<tr><td rowspan='2'>가&amp;나(예시)</td><td>홍<br>길동&nbsp;</td><td>2023.1.2.</td><td>2026.1.1.</td><td> 관악로
1 </td></tr>
<tr><td>홍길동<td>2026.1.2.<td>2029.1.1.<td>관악로 1</tr></table>"""


def test_a_web_page_that_calls_itself_xls() -> None:
    book = open_book(WEB_PAGE.encode("cp949"), "자활기업.xls")
    found = find_tables(book, COLUMNS, Layouts(), ["유형"])
    rows = [cells for table in found.tables for _, _, cells in body(table, COLUMNS)]
    names = ("기업명", "대표자", "지정일", "만료일", "주소")
    assert [[row[name] for name in names] for row in rows] == [
        ["가&나(예시)", "홍\n길동", "2023.1.2.", "2026.1.1.", "관악로 1"],
        ["가&나(예시)", "홍길동", "2026.1.2.", "2029.1.1.", "관악로 1"],
    ]
    assert "웹 문서(HTML)" in found.warnings[0]


class TestSameFirm:
    @pytest.mark.usefixtures("kinds")
    @pytest.mark.parametrize("other", ["주식회사 새싹(예시)*", "㈜ 새싹(예시)"])
    def test_a_list_that_says_more_of_the_address(self, import_rows: Run, other: str) -> None:
        head = ["기업명", "유형", "지정일", "주소"]
        rows = [head, ["㈜새싹(예시)", "예비", "2020. 1. 1.", "관악로 1"]]
        import_rows("enterprises", xlsx(rows))
        rows[1] = [other, "예비", "2020. 1. 1.", "서울특별시 관악구 관악로 1, 2층"]
        ran = import_rows("enterprises", xlsx(rows), "--accept-doubts")
        assert ran.counts == "new: 0 changed: 1 unchanged: 0"
        assert Enterprise.objects.get().address.startswith("서울특별시")

    @pytest.mark.parametrize("kind", ["awards", "disbursements"])
    def test_the_number_of_one_and_the_name_of_another(self, db: None, import_rows: Run, kind: str) -> None:
        program = ledger.program()
        ledger.year(program)
        ledger.enterprise("가(예시)", business_number="1234567891")
        ledger.enterprise("나(예시)")
        head = ["연도", "교부일", "사업", "기업명", "사업자등록번호", "금액"]
        rows = [head, [2024, "2024-03-07", program.name, "나(예시)", "123-45-67891", 1_100_000]]
        ran = import_rows(kind, xlsx(rows))
        assert ran.code == 2
        assert "‘가(예시)’의 것인데 이름은 ‘나(예시)’" in ran.of("doubt")[0]


@pytest.mark.parametrize("word", ["2024년 계", "일자리창출사업 계", "총 계(2건)", "소 계", "2024년도 합계"])
def test_words_of_total_rows(word: str) -> None:
    rows = [["연도", "사업", "기업명", "결정액"], [2024, "가", "나", 5], [word, None, None, 5]]
    table = find_tables(open_book(xlsx(rows), "x"), AWARD_COLUMNS, Layouts()).tables[0]
    assert [bool(total) for _, total, _ in body(table, AWARD_COLUMNS)] == [False, True]


def test_a_name_that_ends_like_a_total_is_a_name() -> None:
    rows = [["연도", "사업", "기업명", "결정액"], [2024, "가", "세계(예시)", 5], [2024, "가", "생계 계", 5]]
    table = find_tables(open_book(xlsx(rows), "x"), AWARD_COLUMNS, Layouts()).tables[0]
    assert [total for _, total, _ in body(table, AWARD_COLUMNS)] == ["", ""]


def test_two_units_are_told(db: None, import_rows: Run) -> None:
    program = ledger.program()
    ledger.year(program)
    ledger.enterprise("가(예시)")
    head = ["교부일", "사업", "수령자", "금액(원)"]
    rows = [["(단위: 천원)"], head, ["2024-03-05", program.name, "가(예시)", 1_000_000]]
    ran = import_rows("disbursements", xlsx(rows), "--dry-run")
    assert "모서리의 단위는 천원이나 머리글의 단위(원)로" in ran.of("warning")[0]

    @pytest.mark.usefixtures("kinds")
    def test_three_of_a_name_at_three_addresses(self, import_rows: Run) -> None:
        head = ["기업명", "유형", "지정일", "주소"]
        rows = [head, *(["새싹(예시)", "예비", "2020. 1. 1.", f"{street}로 1"] for street in "가나다")]
        ran = import_rows("enterprises", xlsx(rows))
        assert (ran.code, len(ran.of("doubt")), ran.counts) == (2, 2, "new: 3 changed: 0 unchanged: 0")
        assert import_rows("enterprises", xlsx(rows), "--accept-doubts").code == 0
        assert import_rows("enterprises", xlsx(rows)).lines == ["new: 0 changed: 0 unchanged: 3"]


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_the_delimiter_is_the_one_that_every_line_has(sign: str) -> None:
    rows = [
        ["기업명", "주소", "업종"],
        *([["가(예시)", "관악로 1, 2층, 3호, 4실, 5; 6; 7; 8", "빵, 떡, 잼; 청"]] * 4),
    ]
    lines = [sign.join(f'"{cell}"' for cell in row) for row in rows]
    found = find_tables(open_book("\r\n".join(lines).encode(), "x.csv"), COLUMNS, Layouts(), ["유형"])
    assert next(cells["주소"] for _, _, cells in body(found.tables[0], COLUMNS)) == rows[1][1]
