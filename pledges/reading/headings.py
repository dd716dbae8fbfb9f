"""Which lines are headings, and what stands below them. Offices number and word them differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a heading announces."""

    FRONT = "front"
    PRESENT = "present"
    GOAL = "goal"
    PLAN = "plan"
    INDICATORS = "indicators"
    TERM_TARGETS = "term_targets"
    QUARTERS = "quarters"
    RESULTS = "results"
    TOTALS = "totals"
    EXECUTION = "execution"
    LOG = "log"
    ENGAGEMENT = "engagement"
    FUTURE = "future"
    COOPERATION = "cooperation"
    EFFECT = "effect"
    OTHER = "other"


NARRATIVE = (Kind.GOAL, Kind.PLAN, Kind.FUTURE, Kind.COOPERATION, Kind.EFFECT, Kind.OTHER)
# Kinds whose number the card prints (pledges.card.build.SECTION_NUMBERS).
NUMBERED = (
    Kind.PRESENT,
    Kind.PLAN,
    Kind.INDICATORS,
    Kind.RESULTS,
    Kind.FUTURE,
    Kind.COOPERATION,
    Kind.EFFECT,
)

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.QUARTERS,
        r"(?:20\d\d년?도?|['’‘]?\d\d년도?)?분기별(?:세부)?목표(?:치)?|(?:20)?\d\d년도?(?:분기별)?목표",
    ),
    (
        Kind.TERM_TARGETS,
        r"민선제?\d+기.*목표(?:및(?:추진)?실적)?|임기내?목표|(?:연도별|연차별|단계별)(?:이행|추진|성과|세부)?목표",
    ),
    (Kind.TOTALS, r"추진실적총괄|이행실적총괄|실적총괄|이행률총괄|이행률|총괄"),
    (
        Kind.EXECUTION,
        r"(?:연도별|연차별|재원별|총)*(?:예산|재정|사업비)?집행(?:액|현황|실적|내역)|예산집행|재정집행|사업비집행|집행액"
        r"|(?:연도별|연차별|재원별)*(?:예산|재정)?투자실적",
    ),
    (
        Kind.LOG,
        r"일정별추진실적|추진실적일정별|일자별추진실적|(?:주요|그간의?)?추진경과(?:및(?:추진)?(?:실적|성과))?|세부추진실적|추진실적세부|추진일지|주요추진실적",
    ),
    (
        Kind.ENGAGEMENT,
        r"주민(?:참여)?(?:및|과의)?소통실적|주민참여(?:소통)?실적|주민참여및소통실적|소통실적|홍보실적|시민참여(?:소통)?실적"
        r"|(?:구민|도민|군민)참여(?:소통)?실적|주민참여소통|주민의견(?:수렴|반영)?(?:실적)?|주민(?:과의)?소통(?:및홍보)?|언론보도",
    ),
    (
        Kind.INDICATORS,
        r"(?:공약)?(?:달성|이행|성과)?(?:확인|성과|이행|달성|평가|측정)지표(?:및(?:추진)?(?:실적|목표))?|공약달성확인지표|목표및지표",
    ),
    (
        Kind.RESULTS,
        r"(?:그간의?|그동안의?)?(?:20\d\d년도?)?(?:[1-4](?:/4)?분기|상반기|하반기)?(?:주요)?(?:추진|이행)(?:실적|성과)(?:및성과)?"
        r"|주요성과|추진현황및실적",
    ),
    (Kind.PRESENT, r"현황(?:및정책목표|및문제점|및목표)?|(?:일반|추진|사업|운영|관련|사업추진)현황"),
    (Kind.GOAL, r"정책목표|사업목표|추진목표|성과목표|목표"),
    (
        Kind.PLAN,
        r"(?:세부|주요|연차별|연도별|사업|공약|단계별)?(?:추진|실천|이행)계획(?:정책개요)?|사업계획|정책개요",
    ),
    (Kind.FUTURE, r"향후(?:추진)?(?:계획|일정)|앞으로(?:의)?(?:추진)?계획"),
    (
        Kind.COOPERATION,
        r"(?:유관기관|관계기관)?(?:협력|협조|건의|협업)(?:및(?:협력|협조|건의))?사항|협력및건의",
    ),
    (Kind.EFFECT, r"(?:사업|정책)?기대효과|파급효과"),
    (
        Kind.OTHER,
        r"(?:추진|사업)?(?:배경|필요성|근거|목적)(?:및(?:필요성|목적|근거))?|(?:공약|사업)개요|추진(?:체계|방향|전략|방침|내용|방법|절차|일정|일정표)"
        r"|문제점(?:및(?:대책|개선방안|개선))?|개선방안|(?:사업|지원|주요|공약)내용|관련(?:법령|규정)|재원조달(?:방안|계획)?"
        r"|(?:소요예산|투자계획|예산)(?:및재원조달)?(?:방안|계획)?"
        r"|(?:사업)?이행평가|자체평가|평가(?:결과)?|단계별추진일정|(?:세부|주요)추진내용"
        r"|(?:연차별|연도별|재원별|단계별|총|사업비|예산|재정)*(?:투자|조달|확보|소요|편성)(?:사업비|예산|재원)?(?:계획|방안|현황|내역)?|평가의견|종합의견|배심원(?:단)?의견|부진사유|지연사유|제약요인|기타(?:사항)?|참고(?:사항)?",
    ),
)
_KNOWN = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]
_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:-\d{1,2})?|[①-⑳]|[Ⅰ-Ⅻ]|[IVX]{1,4}|[가나다라마바사아자차](?=[.)]))\s?(?:[.)．]\s*|\s+)(?P<text>(?:[^\s\d]|(?:20)?\d\d\s?년).*)"
)
_LETTERS = "가나다라마바사아자차"
_BULLET = re.compile(r"[□■○●◆◇◎▣❏❍▶▷◈☐☑•]\s*")
_TAIL = re.compile(r"\s*(?:[\[(<【〈].*[\])>】〉])?\s*[:：]?\s*$")
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7, "Ⅷ": 8, "Ⅸ": 9, "Ⅹ": 10, "Ⅺ": 11, "Ⅻ": 12}
LONGEST = 40


@dataclass(frozen=True)
class Heading:
    """A heading: its words, what it announces, its printed number, and whether it opens a new main section."""

    line: int
    text: str
    kind: Kind
    number: int | None = None


def heading_of(line: int, text: str) -> Heading | None:
    """The heading that ``text`` is, if it is one."""
    bare = text.strip()
    if not bare or len(bare) > LONGEST + 20 or text[:1] in "-*" or bare[0] in "-*※":
        return None
    bulleted = _BULLET.match(bare)
    words = bare[bulleted.end() :] if bulleted else bare
    numbered = _NUMBER.fullmatch(words)
    if numbered:
        words = numbered["text"]
    kind = kind_of(words)
    if kind in (Kind.OTHER, Kind.GOAL) and numbered and text[:1].isspace() and numbered["number"] in _LETTERS:
        # `` 가. 배경`` below ``1. 추진배경 및 필요성`` is a line of it.
        return None
    number = _as_number(numbered["number"]) if numbered else None
    if kind is not None:
        return Heading(line, _unframed(" ".join(words.split())), kind, number)
    if numbered and not bulleted and numbered["number"].isdecimal() and _is_title(words):
        return Heading(line, " ".join(words.split()), Kind.OTHER, number)
    return None


def _unframed(words: str) -> str:
    """``【 기대효과 】`` without its frame; ``추진계획 [정책개요]`` has none."""
    framed = re.fullmatch(r"[\[<【〈]\s*([^\[\]<>【】〈〉]+?)\s*[\]>】〉]", words)
    return framed[1] if framed else words


def kind_of(words: str) -> Kind | None:
    """What the words announce; a bracket at their end does not count, ``현 황`` is ``현황``."""
    whole = re.sub(r"[\s·ㆍ・,]", "", re.sub(r"[()\[\]<>【】〈〉「」『』《》:：’'‘~.]", "", words))
    short = re.sub(r"[\s·ㆍ・,]", "", _TAIL.sub("", words))
    for kind, pattern in _KNOWN:
        if pattern.fullmatch(short) or pattern.fullmatch(whole):
            return kind
    return None


def _as_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else _ROMAN.get(text)


def _is_title(words: str) -> bool:
    """Unknown, but numbered and short, and not a sentence or a ``label: value``."""
    return len(words) <= LONGEST and not re.search(r"[.:：]|[다함음임됨]$|\d{2,}", words)
