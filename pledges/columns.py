"""The columns of the results' sheet: import, empty template and export read this one list."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from common.importing import Column, words
from common.importing import cells as read

UNITS = words(
    "개소 회 명 개 건 % 퍼센트 개사 곳 점 원 천원 백만원 억원 ㎡ 대 호 가구 세대 "
    "권 편 시간 일 개월 톤 그루 면 팀 단체 과정"
)


class ResultLine(NamedTuple):
    """One row: the quarter's own result; of a level, its state at the quarter's end."""

    pledge: str = ""
    indicator: str = ""
    year: int = 0
    quarter: int = 0
    value: Decimal = Decimal(0)
    note: str = ""


RESULT_COLUMNS: tuple[Column, ...] = (
    Column(
        "공약",
        "pledge",
        read.numbering,
        required=True,
        aliases=words("공약번호 번호 공약No 사업번호"),
        example="가-1",
    ),
    Column(
        "지표",
        "indicator",
        read.text(120),
        required=True,
        aliases=words("확인지표 지표명 성과지표 성과지표명 확인지표명"),
        example="사회적경제기업 수",
        width=26,
    ),
    Column(
        "연도",
        "year",
        read.year,
        required=True,
        aliases=words("년도 회계연도 해당연도"),
        example="2024",
        width=8,
    ),
    Column(
        "분기", "quarter", read.quarter, required=True, aliases=words("해당분기 분기별"), example="1", width=8
    ),
    Column(
        "실적",
        "value",
        read.number(*UNITS),
        required=True,
        aliases=words("실적값 분기실적 달성실적 추진실적 실적(분기)"),
        example="12",
        hint="그 분기의 실적. 기업 수처럼 상태인 지표는 분기 말의 값",
    ),
    Column("비고", "note", read.text(300), aliases=words("사유 적요 집계값과다른사유"), width=30),
)
