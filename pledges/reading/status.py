"""추진상황 by whatever words a document uses; what is not one of ours is kept as the document's word."""

from __future__ import annotations

import re

from pledges.models.pledge import Status

from .faults import Faults
from .source import key

_SAME = {
    Status.DONE: r"완료|(?:이행|사업|추진|조기)완료|완료됨|종료|사업종료|완료이행|이행\(완료\)|이행완료\(종료\)",
    Status.CONTINUING: r"(?:이행|완료)후(?:지속|계속)(?:추진)?(?:중)?|(?:계속|지속)추진(?:중)?"
    r"|(?:이행)?완료\((?:이행|완료)?후?(?:지속|계속)추진\)",
    Status.ON_TRACK: r"정상추진|정상추진중|정상|정상이행|추진중\(정상\)|정상진행",
    Status.PARTIAL: r"일부추진(?:중)?|부분추진|일부이행|부분이행",
    Status.ON_HOLD: r"보류|추진보류|사업보류|일시보류",
    Status.DROPPED: r"폐기|추진폐기|사업폐기|공약폐기",
}


def status_of(words: list[str], faults: Faults, line: int) -> tuple[str, str]:
    """(our status or "", the document's words where they are not ours)."""
    if len(words) != 1:
        if words:
            faults.warn(
                line, f"추진상황이 둘 이상 표시되어 있습니다: {', '.join(words)}. 문서의 말만 남겼습니다."
            )
        return "", "·".join(words)[:40]
    word = words[0]
    # ``정상추진(90%)``: how far it is stands elsewhere.
    plain = re.sub(r"\(\d[\d.]*%?\)|[▶▷→%\d]+$", "", key(word))
    for status, pattern in _SAME.items():
        if re.fullmatch(pattern, plain):
            if key(word) == key(str(status.label)):
                return status.value, ""
            faults.warn(
                line, f"추진상황 ‘{word}’을(를) ‘{status.label}’(으)로 보고, 문서의 말을 함께 남겼습니다."
            )
            return status.value, word[:40]
    faults.warn(
        line, f"추진상황 ‘{word}’은(는) 아는 말이 아니어서 문서의 말만 남겼습니다. 카드에서 골라 주십시오."
    )
    return "", word[:40]
