"""일정별 추진실적 and 주민 참여(소통) 실적 of the printed card."""

from __future__ import annotations

from collections.abc import Iterator

from documents.page import Block
from pledges.card.model import Card
from pledges.card.paper_words import center, head, heading, table, text

WIDTHS = (4, 11, 17, 37)


def log_blocks(card: Card) -> Iterator[Block]:
    """Rows keep their number in the document, also where they stand out of date order (DOMAIN §8)."""
    yield heading("□ 일정별 추진실적")
    yield table(
        [[head("연번"), head("일자"), head("추진사항"), head("세 부 내 용")]],
        [[center(row.no), center(row.date_text), text(row.title), text(row.detail)] for row in card.schedule],
        WIDTHS,
    )
    yield heading("주민 참여(소통) 실적")
    yield table(
        [[head("연번"), head("일자"), head("구 분"), head("세 부 내 용")]],
        [
            [center(row.no), center(row.date_text), center(row.kind), text(row.detail)]
            for row in card.engagement
        ],
        (4, 11, 9, 45),
    )
