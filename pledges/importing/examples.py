"""Small made-up files in the layouts of public lists: help on the upload page, and tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A file under fixtures/imports; ``given`` is the 유형 that it does not say itself."""

    file: str
    label: str
    given: str = ""


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "enterprises": (
        Example("사회적기업_인증현황(예시).xlsx", "사회적기업 인증 현황", "인증"),
        Example("예비사회적기업(예시).csv", "예비사회적기업 (CSV, CP949)", "예비"),
        Example("마을기업(예시).xlsx", "마을기업 (두 줄 머리글)", "마을기업"),
        Example("협동조합(예시).csv", "협동조합 설립 현황", "협동조합"),
        Example("자활기업(예시).xlsx", "자활기업 (두 시트)", "자활기업"),
    ),
    "disbursements": (Example("보조금_집행내역(예시).xlsx", "집행 내역 (단위: 천원, 소계 있음)"),),
    "market-days": (Example("시장_운영일(예시).csv", "시장 운영일"),),
}
