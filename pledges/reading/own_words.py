"""What our own card prints about its figures, below and inside its tables: it is made anew from the records, so
an importer of our files takes it without keeping it. Worded in ``pledges.card.paper*``.
"""

from __future__ import annotations

import re

_LINES = re.compile(
    r"※?\s*(?:집행액은 .{0,60}기준\(민간위탁금·용역비.*"
    r"|합계가 맞도록 단수를 조정한 .*|\*? ?표시는 합계가 맞도록 .*"
    r"|집계 불가\(기준일 이전\): .*"
    r"|총 이행률은 지표별 이행률을 100까지만 .*"
    r"|임기 목표가 없거나 0인 지표의 대비비율.*"
    r"|중복을 뺀 실기업 수: .*"
    r"|(?:가중치|실적을 알 수 없는|목표가 있는 지표).* 총 이행률을 계산하지 않습니다.*"
    r"|가중치\(전체사업 대비비율\)가 있는 지표가 없습니다\."
    r"|해당\s?없음)"
)
_CELLS = re.compile(
    r"집계 불가(?:\(기준일 이전\))?|상한 (?:미적용|없이) [\d.]+|(?:확인된 실적|확인분) [\d.,]+"
)


def is_own_line(text: str) -> bool:
    return bool(_LINES.fullmatch(text.strip()))


def is_own_cell(text: str) -> bool:
    return bool(_CELLS.fullmatch(text.strip())) or is_own_line(text)
