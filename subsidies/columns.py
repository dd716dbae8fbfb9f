"""The columns of the ledger's and the awards' sheets: import, empty template and export read these lists."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from common.importing import Column, words
from common.importing import cells as read

FIRM = words(
    """
    수령인 기업명 업체명 보조사업자 보조사업자명 지급처 거래처 거래처명 채주 채주명 교부대상 교부대상자 단체명
    법인명 상호 상호명 수급자 지급대상 지급대상자 기관명 사업자명 조합명 보조사업자(단체)명 수탁기관
    계약상대자 수행기관 수행기관명 수취인 지급처명 채권자 채권자명
    """
)
NUMBER = words("사업자번호 사업자등록번호 고유번호 사업자등록번호(고유번호) 채주사업자번호 거래처사업자번호")
PROGRAM = words(
    "사업명 보조사업명 지원사업 지원사업명 세부사업 세부사업명 내역사업 내역사업명 보조사업 사업구분"
)
YEAR = words("회계년도 연도 년도 예산연도 예산년도 사업연도 사업년도 지원연도")
NOTE = words("비고 내용 적요내용 지급내용 지출내용 건명 품의제목 제목 교부내용 지급사유 지출결의내용")


class DisbursementLine(NamedTuple):
    """One payment, in won; sources None where the file says nothing."""

    paid_on: date = date.min
    program: str = ""
    recipient: str = ""
    amount: int = 0
    national: int | None = None
    city: int | None = None
    district: int | None = None
    other: int | None = None
    fiscal_year: int | None = None
    installment: str = ""
    expenditure_number: str = ""
    note: str = ""
    business_number: str = ""
    state: str = ""
    vendor: str = ""


class AwardLine(NamedTuple):
    """One decision to grant, in won."""

    year: int = 0
    program: str = ""
    name: str = ""
    business_number: str = ""
    headcount: int | None = None
    amount: int = 0
    decided_on: date | None = None
    number: str = ""
    note: str = ""


# Headings that nobody has listed: what they must say, and what makes them another matter.
OFFICES = "(?:교부|소관|상위|금융|주관|관리|발주|집행|담당)기관"
LIKE = {
    "교부일": r"^(?!.*(?:결정|신청|예정|요청|등록|만료|정산|접수|승인|결의|계약|기한)).*"
    r"(?:지급|지출|집행|교부|이체|송금|입금)(?:명령)?(?:일|일자|일시|년월일|연월일)$",
    "사업": r"^(?!.*(?:정책|단위|기간|코드|번호|내용)).*사업명?$",
    "수령자": rf"^(?!.*{OFFICES})(?!.*(?:코드|번호|계좌|은행|담당|대표|유형|구분))"
    ".*(?:보조사업자|채주|거래처|수령|수취|지급처|교부처|수급|업체|기업|단체|기관|예금주)(?:명|자명|자|인)?$",
    "금액": r"^(?!.*(?:결정|신청|예산|잔액|반납|이자|공제|누계|세액|부가세|공급가|자부담|한도|계획|요구|배정))"
    r"(?!.*(?:미집행|미지급|전년))"
    r".*(?:교부|지급|지출|집행|이체|송금|입금|보조|결의).*(?:액|금액|금)$",
    "결정액": r"^(?!.*(?:신청|예산|잔액|반납|집행|자부담|요구)).*(?:결정|선정|승인|약정|지원|협약).*(?:액|금액|금)$",
    "결정일": r"^(?!.*(?:신청|예정)).*(?:결정|선정|승인|약정|협약)(?:일|일자|년월일|연월일)$",
    "인원": r"^(?!.*(?:신청|예정|실)).*인원(?:수)?(?:명)?$|근로자수$",
}

PAID_ON = words(
    """
    지급일 지출일 집행일 교부일자 지급일자 지출일자 집행일자 송금일 입금일 이체일 지급년월일 교부연월일 일자
    지출일시 보조금교부일 지급연월일
    """
)
AMOUNT = words(
    """
    교부액 교부금액 지급액 지출액 집행액 지출금액 집행금액 지급금액 보조금액 보조금 교부액계 금액계 지급액계
    지출액계 집행액계 교부금 지원금 지원액 지원금액 지출결의금액 결의금액 지급명령액 실지급액 합계 계
    """
)
NATIONAL = words("국고 국고보조금 국비보조금 국비액 국비(보조금)")
CITY = words("시비보조금 시·도비 시도비 도비 시비액 광역")
DISTRICT = words("군비 시군구비 자치구비 구비액 구비보조금 기초")
OTHER = words("기타재원 기타액 민자")

DISBURSEMENT_COLUMNS: tuple[Column, ...] = (
    Column(
        "교부일",
        "paid_on",
        read.day,
        required=True,
        aliases=PAID_ON,
        example="2024. 3. 5.",
        like=LIKE["교부일"],
    ),
    Column(
        "사업",
        "program",
        read.text(120),
        required=True,
        aliases=PROGRAM,
        example="일자리창출사업",
        width=22,
        like=LIKE["사업"],
    ),
    Column(
        "수령자",
        "recipient",
        read.name(120),
        required=True,
        aliases=FIRM,
        example="가온협동조합(예시)",
        width=24,
        like=LIKE["수령자"],
        second="다른 거래처",
    ),
    Column(
        "금액",
        "amount",
        read.money,
        required=True,
        aliases=AMOUNT,
        money=True,
        example="9,487,000",
        like=LIKE["금액"],
    ),
    Column(
        "국비",
        "national",
        read.money,
        aliases=NATIONAL,
        money=True,
        hint="네 칸을 모두 비우면 그해 분담률대로 나눕니다.",
    ),
    Column("시비", "city", read.money, aliases=CITY, money=True),
    Column("구비", "district", read.money, aliases=DISTRICT, money=True),
    Column("기타", "other", read.money, aliases=OTHER, money=True),
    Column("회계연도", "fiscal_year", read.year, aliases=YEAR, hint="비우면 교부일의 연도", width=10),
    Column(
        "차수",
        "installment",
        read.text(20),
        aliases=words("회차 분기 지급차수 교부차수 지급회차"),
        example="1차",
        width=10,
    ),
    Column(
        "지출결의번호",
        "expenditure_number",
        read.text(60),
        aliases=words("결의번호 지출결의서번호 지출번호 결의서번호 지급명령번호 지출결의번호"),
        width=18,
    ),
    Column("적요", "note", read.text(300), aliases=NOTE, width=30),
    Column("사업자등록번호", "business_number", read.firm_number, aliases=NUMBER, extra=True),
    # Our own export says here which rows are void; they are not paid again.
    Column("확인", "state", read.text(400), extra=True),
    # Whom the recipient paid: such a list tells what the recipient spent, not what the office handed out.
    Column("다른 거래처", "vendor", read.text(120), extra=True),
)

AWARD_COLUMNS: tuple[Column, ...] = (
    Column(
        "연도",
        "year",
        read.year,
        required=True,
        aliases=("회계연도", "회계년도", "년도", *YEAR[2:]),
        example="2024",
        width=10,
    ),
    Column(
        "사업",
        "program",
        read.text(120),
        required=True,
        aliases=PROGRAM,
        example="일자리창출사업",
        width=22,
        like=LIKE["사업"],
    ),
    Column(
        "기업명",
        "name",
        read.name(120),
        required=True,
        aliases=("수령자", *FIRM),
        example="가온협동조합(예시)",
        width=24,
        like=LIKE["수령자"],
    ),
    Column(
        "사업자등록번호",
        "business_number",
        read.firm_number,
        aliases=NUMBER,
        example="123-45-67891",
        width=16,
    ),
    Column(
        "인원",
        "headcount",
        read.whole("명", "인", most=100_000),
        aliases=(
            "지원인원",
            "인원수",
            "참여인원",
            "고용인원",
            "인원(명)",
            "지원 인원",
            "선정인원",
            "승인인원",
        ),
        example="3",
        width=8,
        like=LIKE["인원"],
    ),
    Column(
        "결정액",
        "amount",
        read.money,
        required=True,
        money=True,
        example="30,000,000",
        like=LIKE["결정액"],
        aliases=(
            "교부결정액",
            "결정금액",
            "지원결정액",
            "교부결정금액",
            "지원금액",
            "지원액",
            "지원금",
            "선정금액",
            "약정금액",
            "보조금액",
            "금액",
            "승인금액",
            "결정액 계",
        ),
    ),
    Column(
        "결정일",
        "decided_on",
        read.day,
        example="2024. 2. 1.",
        like=LIKE["결정일"],
        aliases=words("교부결정일 결정일자 교부결정일자 지원결정일 선정일 약정일 승인일"),
    ),
    Column(
        "결정번호", "number", read.text(60), aliases=words("교부결정번호 결정문서번호 약정번호"), extra=True
    ),
    Column("비고", "note", read.text(200), aliases=words("적요"), extra=True),
)
