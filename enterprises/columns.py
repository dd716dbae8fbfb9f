"""The columns of the enterprises' sheet: import, empty template and export read this one list."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from common.importing import Column, words
from common.importing import cells as read
from common.notation import Period


class EnterpriseLine(NamedTuple):
    """One row: an enterprise with one of its designations."""

    name: str = ""
    business_number: str = ""
    kind: str = ""
    number: str = ""
    starts_on: date | Period | None = None
    expires_on: date | None = None
    representative: str = ""
    address: str = ""
    dong: str = ""
    phone: str = ""
    industry: str = ""
    validity: Period | None = None
    homepage: str = ""
    category: str = ""
    status: str = ""
    section: str = ""


NUMBER = words(
    """
    사업자번호 사업자등록번호 사업자(고유)번호 사업자등록번호(고유번호) 법인사업자등록번호 사업자등록증번호
    사업자번호(본점) 고유번호
    """
)
NAME = words(
    """
    기업명 법인명 조합명 상호 상호명 업체명 기관명 단체명 회사명 사업체명 기업명칭 명칭 협동조합명 마을기업명
    자활기업명 사회적기업명 예비사회적기업명 업체 기업 사업단명 법인(단체)명 조합명칭 기업(법인)명
    기업명(법인명) 사회적경제기업명 조합(연합회)명 법인·단체명 기관명(기업명) 시설명 사업장명 상호(법인명)
    """
)
KIND = words(
    "기업유형 유형구분 기업구분 구분 사회적경제유형 사회적경제기업유형 유형·자격 조합구분 구분명 종류"
)
DESIGNATION = words(
    """
    지정번호 신고번호 설립신고번호 인가번호 설립인가번호 신고확인번호 수리번호 신고(인가)번호 설립신고(인가)번호
    설립(신고/인가)번호 인증서번호 지정서번호 등록(인증)번호 인증(지정)번호 인정번호 신고필증번호 인증지정번호
    증서번호 지정(인증)번호 인증번호(지정번호) 신고/인가번호 신고(인가)확인번호 예비사회적기업지정번호 지정서호수
    """
)
STARTS = words(
    """
    인증일 인증일자 지정일자 수리일 수리일자 인가일 인가일자 신고일 신고수리일 설립신고일 설립인가일
    인증(지정)일 인증지정일 신고(인가)일 설립신고수리일 설립(신고/인가)일 신고필증교부일 신고확인증발급일 인정일
    인정일자 인증연월일 지정연월일 최초지정일 최초인증일 신고일자 인가(수리)일 인증승인일 신고수리일자
    설립신고일자 지정일(인증일) 인증시작일 지정시작일 수리인가일 설립인가(신고)일 신고·인가일
    신고(인가)일자 인가(신고)일 신고/인가일자 설립신고(인가)일 신고필증발급일 신고확인증발급일자 신고확인일
    유효기간시작일 지정기간시작일 인증기간시작일 지정(인증)일 지정(인증)일자 인증(지정)일자 사회적기업인증일
    """
)
EXPIRES = words(
    """
    만료일자 지정만료일 인증만료일 유효기간만료일 종료예정일 지정종료일 유효기간종료일 만료예정일 인증종료일
    지정기간종료일 인증기간종료일 지정기간만료일
    """
)
PERSON = words(
    """
    대표 대표자명 대표자성명 이사장 이사장명 대표이사 대표자(이사장) 대표명 대표성명 성명 대표(자)
    대표자명(이사장) 대표자이름
    """
)
ADDRESS = words(
    """
    소재지 사업장소재지 사업장주소 도로명주소 주사무소소재지 주사무소주소 주사무소 소재지주소 기업주소
    본점소재지 본사소재지 법인소재지 소재지(도로명) 주소지 상세주소 소재지도로명주소 사업장주소(소재지) 본사주소
    소재지도로명 도로명주소(소재지) 소재지전체주소 사무소소재지 지번주소 위치
    """
)
DONG = words("동 동명 행정동명 소재동 관할동")
PHONE = words(
    """
    연락처 전화 대표전화 전화번호 대표번호 사무실전화 사무실 회사전화 대표전화번호 기업전화 유선전화 TEL Tel.
    전화번호(사무실) 일반전화 사업장전화번호 연락처(전화번호)
    """
)
INDUSTRY = words(
    """
    사업내용 사업내역 주요사업 주요사업내용 주사업 사업분야 주생산품 주요생산품 업태 업태/종목 종목 분야
    주요제품 주요제품및서비스 서비스내용 주요업종 업종명 표준산업분류 업종(사업내용) 주요활동 생산품 사업종류
    주요재화·서비스 업태·종목
    """
)
VALIDITY = words("유효기간 지정기간 인증기간 인증유효기간 지정유효기간 인증(지정)기간 자격기간 인증·지정기간")
STATUS = words(
    """
    인증유지현황 인증유지여부 운영상태 영업상태 인증상태 지정상태 유지여부 운영여부 휴폐업여부 폐업여부 인증현황
    운영현황 상태구분 영업여부
    """
)
HOMEPAGE = words("홈페이지 웹사이트 홈페이지주소 누리집주소 URL")

# Headings that nobody has listed: what they must say, and what makes them another matter.
OFFICES = "(?:관리|제공|지원|인증|지정|추천|금융|담당|소관|관할|운영|위탁|주관|협력|심사)기관"
LIKE = {
    "기업명": rf"^(?!.*{OFFICES})(?!.*(?:모법인|영문|담당|브랜드))"
    ".*(?:기업|업체|조합|기관|법인|상호|단체|사업체|회사|사업장|사업단)(?:명|명칭|이름)$"
    "|^(?:자활|마을|사회적|예비사회적)기업$|^협동조합$",
    "사업자등록번호": r"^(?!.*(?:지점|종사업|모법인)).*사업자.*번호",
    "유형": r"^(?:조합|사회적경제|기업)?(?:유형|구분)명?$|^(?:인증|지정)구분$",
    "인증번호": r"^(?!.*(?:사업자|법인|차량|상표|특허|통신|시설))"
    r".*(?:인증|지정|신고|인가|수리|인정)(?:서|증)?(?:번호|호수|no)$",
    "지정일": r"^(?!.*(?:만료|종료|취소|해제|반납|갱신|재지정|재인증|예정|신청|변경|연장|사업자|폐업)).*"
    r"(?:인증|지정|수리|인가|신고|인정)(?:일|일자|연월일|년월일|날짜)$",
    "만료일": r"^(?!.*(?:계약|임대|협약|사업)).*(?:만료|종료)(?:예정)?(?:일|일자|연월일|년월일)$",
    "대표자": r"^(?:법인)?(?:대표(?:자|이사)?|이사장)(?:의?성명|성함|이름|명)?(?:이사장|대표)?$",
    "주소": r"^(?!.*(?:메일|홈페이지|누리집|웹|인터넷|전화|우편|자택|대표자|코드|url)).*(?:주소|소재지)",
    "전화번호": r"^(?!.*(?:휴대|팩스|fax|담당|비상)).*(?:전화|연락처|tel)",
    "업종": r"^(?!.*(?:코드|번호|매출|금액|개수))"
    r".*(?:업종|업태|사업내용|사업분야|생산품|품목|주요제품|서비스내용|서비스명)",
    "유효기간": r"^(?!.*(?:시작|종료|만료|연장|신청|잔여)).*(?:유효|지정|인증|자격|인정)기간",
    "누리집": r"홈페이지|누리집|웹사이트",
}
# Words by which a section line or a sheet's name says of what kind its rows are.
KIND_WORDS = "사회적기업|예비|인증|마을기업|협동조합|자활"

COLUMNS: tuple[Column, ...] = (
    Column(
        "기업명",
        "name",
        read.name(120),
        required=True,
        aliases=NAME,
        example="가온협동조합(예시)",
        width=24,
        like=LIKE["기업명"],
    ),
    Column(
        "사업자등록번호",
        "business_number",
        read.firm_number,
        aliases=NUMBER,
        example="123-45-67891",
        width=16,
        like=LIKE["사업자등록번호"],
    ),
    Column(
        "유형",
        "kind",
        read.text(60),
        required=True,
        may_be_empty=True,
        aliases=KIND,
        example="협동조합",
        hint="인증·예비·마을기업·협동조합·자활기업 가운데 하나",
        like=LIKE["유형"],
        second="둘째 구분",
    ),
    Column(
        "인증번호",
        "number",
        read.text(60),
        aliases=DESIGNATION,
        example="서울-2023-01(예시)",
        width=18,
        like=LIKE["인증번호"],
    ),
    Column(
        "지정일",
        "starts_on",
        read.day_or_period,
        aliases=STARTS,
        example="2023. 1. 2.",
        hint="모르면 비웁니다. 기업 수에 더하지 않습니다.",
        like=LIKE["지정일"],
    ),
    Column("만료일", "expires_on", read.day, aliases=EXPIRES, like=LIKE["만료일"]),
    Column(
        "대표자", "representative", read.text(60), aliases=PERSON, example="홍길동(예시)", like=LIKE["대표자"]
    ),
    Column(
        "주소",
        "address",
        read.text(200),
        aliases=ADDRESS,
        example="서울특별시 관악구 관악로 1(예시)",
        width=36,
        like=LIKE["주소"],
    ),
    Column("행정동", "dong", read.text(30), aliases=DONG, example="청룡동"),
    Column(
        "전화번호",
        "phone",
        read.phone(40),
        aliases=PHONE,
        example="02-000-0000",
        width=16,
        like=LIKE["전화번호"],
    ),
    Column(
        "업종",
        "industry",
        read.text(200),
        aliases=INDUSTRY,
        example="교육 서비스",
        width=24,
        like=LIKE["업종"],
    ),
    Column("유효기간", "validity", read.period, aliases=VALIDITY, extra=True, like=LIKE["유효기간"]),
    Column("누리집", "homepage", read.text(200), aliases=HOMEPAGE, extra=True, like=LIKE["누리집"]),
    Column("상태", "status", read.text(60), aliases=STATUS, extra=True),
    Column("둘째 구분", "category", read.text(60), extra=True),
    Column("구분 줄", "section", read.text(60), extra=True, like=KIND_WORDS, stands_for="유형"),
)
