"""The sentence that a ledger row puts into 추진실적. Pure; the officer may edit it before saving."""

from __future__ import annotations

from dataclasses import dataclass

from common.money import grouped

# A programme's name that already says what is paid takes no 지원금 behind it.
SAYS_WHAT_IS_PAID = ("금", "비", "료")


@dataclass(frozen=True)
class LogLine:
    """One row of 일정별 추진실적: 추진사항 and 세부내용."""

    title: str
    text: str


@dataclass(frozen=True)
class Wording:
    """What a programme calls its payments: 추진실적 제목, 낱말; both may be empty."""

    program: str
    phrase: str = ""
    noun: str = ""


def thousands(won: int) -> str:
    """``53,495천 원`` where exact, else ``9,487,123원``."""
    return f"{grouped(won)}원" if won % 1000 else f"{grouped(won // 1000)}천 원"


def payment_noun(name: str) -> str:
    """일자리창출사업 -> 일자리창출사업 지원금, 전문인력지원 -> 전문인력지원금, 사업개발비 stays."""
    if name.endswith(SAYS_WHAT_IS_PAID):
        return name
    return f"{name}금" if name.endswith("지원") else f"{name} 지원금"


def to_enterprise(words: Wording, year: int, installment: str, won: int, firm: str) -> LogLine:
    """``- 2024년 일자리창출사업 지원금 교부(㈜가나다, 9,487천 원)``."""
    noun = words.noun or payment_noun(words.program)
    title = words.phrase or f"{noun} 교부"
    return LogLine(title, f"- {year}년 {_joined(noun, installment)} 교부({firm}, {thousands(won)})")


def to_trustee(words: Wording, year: int, installment: str, won: int) -> LogLine:
    """``- 2024년도 2분기 민간위탁금 교부(53,495천 원)``."""
    noun = words.noun or "민간위탁금"
    title = words.phrase or f"{words.program} 교부"
    return LogLine(title, f"- {year}년도 {_joined(installment, noun)} 교부({thousands(won)})")


def to_contractor(words: Wording, year: int, installment: str, won: int, contract: str) -> LogLine:
    """``- 2024년 꿈시장 운영 용역비 1차 지급(43,560천 원)``."""
    noun = words.noun or f"{contract} 대금"
    # A contract's title often carries its year already.
    dated = noun if noun.startswith(f"{year}년") else f"{year}년 {noun}"
    title = words.phrase or f"{words.program} 지급"
    return LogLine(title, f"- {_joined(dated, installment)} 지급({thousands(won)})")


def returned(words: Wording, year: int, won: int, payer: str) -> LogLine:
    """``- 2024년 일자리창출사업 지원금 반납(㈜가나다, 1,200천 원)``; ``won`` is positive."""
    noun = words.noun or payment_noun(words.program)
    return LogLine(f"{noun} 반납", f"- {year}년 {noun} 반납({payer}, {thousands(won)})")


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
