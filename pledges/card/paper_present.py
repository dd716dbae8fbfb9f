"""Section 1 of the printed card: register, centre, support, committee, spaces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from common.periods import Quarter, korean_date, korean_months
from documents.cells import Cell, Format, number
from documents.grid import Grid
from documents.page import Block, Style, Text
from pledges.card.model import (
    Card,
    CenterPart,
    CommitteePart,
    RegisterColumn,
    RegisterPart,
    SpacePart,
)
from pledges.card.paper_support import support_blocks
from pledges.card.paper_words import UNKNOWN_FULL, center, counted, head, known, summed, table, text

COUNT = number(zero="0")
FIRMS = Format('#,##0"개"', "center", 9, lambda value: f"{value:,}개")


def present_blocks(card: Card) -> Iterator[Block]:
    """현 황; nothing for a pledge without registers."""
    if card.register_table:
        yield from _register(card.register_table, card.header.social_economy)
    if card.center:
        yield from _center(card.center)
    yield from support_blocks(card.support, card.header.social_economy)
    if card.committee:
        yield from _committee(card.committee)
    if card.spaces:
        yield from _spaces(card.spaces, card.header.social_economy)


def _register(part: RegisterPart, word: str) -> Iterator[Block]:
    count = f"{part.total:,}개" if part.total is not None else UNKNOWN_FULL
    yield Text(f"○ 관내 {word}기업: {count}")
    whole_month = Quarter.of(part.as_of).last_day == part.as_of
    day = korean_months(part.as_of, part.as_of) if whole_month else korean_date(part.as_of)
    yield Text(f"({day} 기준, 단위: 개소)", Style.ABOVE)
    yield _register_table(part)
    if part.total is None:
        seen = ", ".join(f"{column.name} {column.known:,}" for column in part.columns if column.known)
        yield Text(
            f"※ {UNKNOWN_FULL}: 등록부에서 확인되는 기업만 셀 수 있습니다({seen or '없음'}).", Style.NOTE
        )


def _register_table(part: RegisterPart) -> Grid:
    """총계 before its parts; kinds of one group stand under it with their own 계."""
    leaves = {("kind", column.code): column.count for column in part.columns}
    upper, lower = [head("총계", rows=2)], []
    body = [summed(part.total, COUNT, leaves, ("kind", "all"))]
    for (code, name), members in groupby(part.columns, lambda column: (column.group_code, column.group_name)):
        columns = list(members)
        if not code:
            upper += [head(column.name, rows=2) for column in columns]
        else:
            upper.append(head(name, cols=len(columns) + 1))
            lower += [head("계"), *(head(column.name) for column in columns)]
            body.append(_group_total(code, columns))
        body += [known(column.count, COUNT, ("kind", column.code)) for column in columns]
    rows = [upper, lower] if lower else [[head(cell.text) for cell in upper]]
    return table(rows, [body], [1] * len(body))


def _group_total(code: str, columns: list[RegisterColumn]) -> Cell:
    parts = {("kind", column.code): column.count for column in columns}
    counts = [column.count for column in columns if column.count is not None]
    total = sum(counts) if len(counts) == len(columns) else None
    return summed(total, COUNT, parts, ("group", code))


def _center(part: CenterPart) -> Iterator[Block]:
    yield Text(f"○ {part.name} 운영")
    staff = f"{part.staff}명" if part.staff is not None else ""
    inside = f"({part.organisation})" if part.organisation and staff else part.organisation
    for label, words in (("역할", part.role), ("조직", staff + inside), ("위치", part.address)):
        if words:
            yield Text(f"- {label}: {words}", level=2)


def _committee(part: CommitteePart) -> Iterator[Block]:
    renewals = f"{part.renewals}회 연임" if part.renewals else "연임 불가"
    yield Text(f"○ {part.name} 운영")
    yield table(
        [[head(words) for words in ("위원회명", "위원수", "임 기 (연임제한)", "주요기능", "회의주기")]],
        [
            [
                center(part.name),
                known(part.members, Format(COUNT.code, "center", text=COUNT.text)),
                center(f"{part.term_years}년 ({renewals})"),
                text(part.functions),
                center(part.meets),
            ]
        ],
        (12, 6, 10, 22, 7),
    )


def _spaces(spaces: tuple[SpacePart, ...], word: str) -> Iterator[Block]:
    tenants = [space.tenants for space in spaces if space.tenants is not None]
    firms = f"{sum(tenants):,}개 기업" if len(tenants) == len(spaces) else UNKNOWN_FULL
    yield Text(f"○ {word} 입주 공간지원: {len(spaces)}개소 {firms}")
    area = counted([space.area_m2 for space in spaces])
    yield table(
        [[head(words) for words in ("시설명", "소재지", "면적(㎡)", "행정동", "입주기업", "개소일")]],
        [
            [
                center(space.name),
                center(space.address),
                Cell(space.area_m2, area),
                center(space.dong),
                known(space.tenants, FIRMS),
                center(korean_date(space.opened) if space.opened else ""),
            ]
            for space in spaces
        ],
        (14, 12, 7, 7, 7, 9),
    )
