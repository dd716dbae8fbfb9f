"""재원 by whatever name a document gives it (contract: 도비 → city, 군비·시군구비 → district, 민자 → other)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .faults import Faults
from .model import TOTAL
from .source import key

TOTALS = ("계", "총계", "합계", "총사업비", "총액", "소계")
_OWN = {"국비": "national", "시비": "city", "구비": "district", "기타": "other"}
_MAPPED = {
    "국고": "national",
    "국고보조금": "national",
    "국고보조": "national",
    "도비": "city",
    "광역비": "city",
    "시도비": "city",
    "도비보조": "city",
    "군비": "district",
    "시군비": "district",
    "시군구비": "district",
    "구군비": "district",
    "지방비": "district",
    "자체재원": "district",
    "자체": "district",
    "민자": "other",
    "민간": "other",
    "민간자본": "other",
    "민간투자": "other",
    "자부담": "other",
    "기금": "other",
    "교육청": "other",
    "특별교부세": "other",
    "특별교부금": "other",
    "지방채": "other",
    "특별회계": "other",
    "특교세": "other",
    "특교금": "other",
    "기부금": "other",
    "융자": "other",
    "외부재원": "other",
}
LABELS = {"national": "국비", "city": "시비", "district": "구비", "other": "기타"}


def is_source(label: str) -> bool:
    """A column or row label that names a source or the total."""
    return source_key(label) in (*TOTALS, *_OWN, *_MAPPED)


def names_money(label: str) -> bool:
    """Whether a row's label may name a source, known or not: 집행률 and 비고 do not."""
    word = source_key(label)
    return is_source(label) or bool(re.fullmatch(r"[가-힣]{1,8}(?:비|금|자|채|부담|재원|회계)", word))


def source_key(label: str) -> str:
    return re.sub(r"\(.*\)|\s|[·:/,.]", "", key(label))


def sources_of(labels: Iterable[str], faults: Faults, line: int, table: str) -> dict[str, str]:
    """Each label's source (or ``total``); names other than ours are mapped with a warning.

    Beside 도비 a 시비 is the municipality's own money, which is 구비 here.
    """
    words = [(label, source_key(label)) for label in labels if label.strip()]
    found: dict[str, str] = {}
    provincial = any(word in ("도비", "광역비") for _, word in words)
    for label, word in words:
        if word in TOTALS:
            found[label] = TOTAL
        elif word == "시비" and provincial:
            found[label] = "district"
        elif word in _OWN:
            found[label] = _OWN[word]
        else:
            found[label] = _MAPPED.get(word, "other")
        if found[label] != TOTAL and _OWN.get(word) != found[label]:
            faults.warn(
                line,
                f"{table}: 재원 ‘{label}’을(를) {LABELS[found[label]]}로 옮겨 읽었습니다.",
            )
    return found
