"""The columns of the markets' sheets: import, empty template and export read these lists."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from common.importing import Column, words
from common.importing import cells as read
from markets.models import Mode, State

MODES = {
    "오프라인": Mode.OFFLINE,
    "온라인": Mode.ONLINE,
    "현장": Mode.OFFLINE,
    "대면": Mode.OFFLINE,
    "비대면": Mode.ONLINE,
}
STATES = {"개최": State.HELD, "예정": State.PLANNED, "취소": State.CANCELLED}
EVENT = words("행사 행사이름 시장행사명 사업명 프로그램명 회차명 장터명 행사제목")
DAY = words("개최일 운영일자 행사일 일자 날짜 개최일자 행사일자 일시 행사기간 운영기간 개최기간 운영일(기간)")
SALES = words("매출 매출금액 판매액 판매금액 총매출 총매출액 매출실적 매출합계")
# Headings that nobody has listed: what they must say, and what makes them another matter.
LIKE = {
    "행사": r"^(?!.*담당).*(?:행사|축제|장터|마켓)(?:명|이름|제목)$",
    "날": r"^(?!.*(?:신청|접수|정산|입금|등록)).*(?:운영|개최|행사|참여|참가)(?:일|일자|일시|기간|날짜)$",
    "장소": r"^(?:개최|행사|운영|시장|판매)?장소명?$",
    "업체 수": r"^(?:참여|참가|입점)?(?:업체|기업|팀|셀러|부스|단체)(?:의)?수$|^(?:참여|참가)(?:업체|기업|팀|셀러)$",
    "매출": r"^(?!.*(?:현금|카드|전년|목표|평균|누계|계좌|상품권)).*(?:매출|판매)(?:액|금액|실적)?(?:계|합계)?$",
    "업체": r"^(?!.*(?:담당|대표|개수)).*(?:업체|기업|셀러|상호|단체|부스|팀|판매자)(?:명|이름)$",
}


class DayLine(NamedTuple):
    """One row: an event's day, or several days at once. Sales in won."""

    market: str = ""
    event: str = ""
    days: list[date] = []
    place: str = ""
    mode: str = ""
    vendors: int | None = None
    sales: int | None = None
    state: str = ""
    event_vendors: int | None = None
    event_sales: int | None = None


class ParticipationLine(NamedTuple):
    """One row: who took part on a day, or (without a day) in the event as a whole."""

    event: str = ""
    days: list[date] = []
    name: str = ""
    sales: int | None = None
    business_number: str = ""
    market: str = ""


MARKET = Column(
    "시장",
    "market",
    read.text(80),
    aliases=words("시장명 장터 시장이름"),
    example="꿈시장",
    hint="하나뿐이면 비웁니다.",
)
EVENT_NAME = Column(
    "행사명",
    "event",
    read.text(100),
    required=True,
    aliases=EVENT,
    example="봄 꿈시장(예시)",
    width=24,
    like=LIKE["행사"],
)

DAY_COLUMNS: tuple[Column, ...] = (
    MARKET,
    EVENT_NAME,
    Column(
        "운영일",
        "days",
        read.days,
        required=True,
        aliases=DAY,
        example="2024. 4. 27.~4. 28.",
        hint="하루, 여러 날(4. 27., 4. 28.) 또는 기간. 실제로 연 날만 적습니다.",
        width=22,
        like=LIKE["날"],
    ),
    Column(
        "장소",
        "place",
        read.text(100),
        aliases=words("개최장소 행사장소 운영장소"),
        example="관악구청 광장",
        width=20,
        like=LIKE["장소"],
    ),
    Column(
        "구분",
        "mode",
        read.choice(MODES, "구분"),
        aliases=words("운영방식 개최방식 온오프라인 온·오프라인 방식"),
        example="오프라인",
    ),
    Column(
        "참여업체 수",
        "vendors",
        read.whole("개", "개소", "개사", "업체", "개업체", "곳", "팀", most=100_000),
        aliases=words("참여업체 참여업체수 업체수 참가업체수 참여기업수 참여기업 참가업체 셀러수 참여팀수"),
        example="36",
        like=LIKE["업체 수"],
    ),
    Column("매출액", "sales", read.money, aliases=SALES, money=True, example="84,000,000", like=LIKE["매출"]),
    Column("상태", "state", read.choice(STATES, "상태"), aliases=words("개최여부 운영여부"), extra=True),
    # Our own export's: figures that are known for the event as a whole only.
    Column("행사 참여업체 수", "event_vendors", read.whole("개", most=100_000), extra=True),
    Column("행사 매출액", "event_sales", read.money, money=True, extra=True),
)

PARTICIPATION_COLUMNS: tuple[Column, ...] = (
    EVENT_NAME,
    Column(
        "운영일",
        "days",
        read.days,
        required=True,
        may_be_empty=True,
        aliases=words("참여일 참가일") + DAY,
        example="2024. 4. 27.",
        hint="비우면 행사 전체에 참여한 것으로 적습니다.",
        like=LIKE["날"],
    ),
    Column(
        "기업명",
        "name",
        read.text(100),
        required=True,
        aliases=words(
            "업체명 참여업체명 참여업체 참여기업 참여기업명 상호 상호명 셀러명 팀명 단체명 부스명 참가업체 판매자"
        ),
        example="가온협동조합(예시)",
        width=24,
        like=LIKE["업체"],
    ),
    Column("매출액", "sales", read.money, aliases=SALES, money=True, example="1,250,000", like=LIKE["매출"]),
    Column(
        "사업자등록번호",
        "business_number",
        read.firm_number,
        aliases=words("사업자번호 고유번호"),
        extra=True,
    ),
    Column("시장", "market", read.text(80), aliases=words("시장명"), extra=True),
)
