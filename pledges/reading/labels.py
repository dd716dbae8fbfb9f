"""The labels of the card's head table, by what offices call them."""

from __future__ import annotations

import re

from .source import key

LABELS = {
    "사업성격": "nature",
    "사업구분": "nature",
    "공약성격": "nature",
    "사업유형": "nature",
    "공약유형": "nature",
    "완료시기": "completion",
    "완료구분": "completion",
    "이행시기": "completion",
    "사업기간": "period",
    "추진기간": "period",
    "이행기간": "period",
    "중앙정부도움필요성": "help",
    "중앙정부지원필요성": "help",
    "중앙정부도움": "help",
    "중앙정부도움필요": "help",
    "사업주체": "host",
    "추진주체": "host",
    "시행주체": "host",
    "총사업비": "cost",
    "사업비": "cost",
    "소요예산": "cost",
    "총소요예산": "cost",
    "확보액": "secured",
    "추진상황": "status",
    "추진상태": "status",
    "이행상황": "status",
    "이행상태": "status",
    "진행상태": "status",
    "추진단계별": "status",
    "진행상황": "status",
    "추진단계": "status",
    "이행단계": "status",
    "추진현황": "status",
    "사업담당": "officers",
    "담당자": "officers",
    "업무담당": "officers",
    "공약담당": "officers",
    "담당부서": "department",
    "주관부서": "department",
    "소관부서": "department",
    "추진부서": "department",
    "공약명": "title",
    "공약사업명": "title",
    "사업명": "title",
    "공약번호": "number",
    "관리번호": "number",
    "구정목표": "goal",
    "시정목표": "goal",
    "도정목표": "goal",
    "군정목표": "goal",
    "분야": "goal",
    "공약요지": "summary",
    "공약내용": "summary",
}


def label_of(cell: str) -> str | None:
    """What a label cell announces; a unit in brackets does not count."""
    return LABELS.get(key(re.sub(r"[(\[].*[)\]]|[:：]\s*$", "", cell)))
