"""The card as a page of lines and tables, in the office's order (DOMAIN §8): XLSX and HWPX print it.

Headings and table heads are worded as on the office's own form, since the importer finds them by their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from common.periods import Quarter, korean_date
from documents.page import Block, Page, Style, Text
from pledges.card.model import Card, Line, SectionPart
from pledges.card.paper_header import adjusted_costs, header_table
from pledges.card.paper_indicators import target_blocks
from pledges.card.paper_log import log_blocks
from pledges.card.paper_present import present_blocks
from pledges.card.paper_results import result_blocks
from pledges.card.paper_words import heading, programs_table, section

CLOSING_SECTIONS = {"future": "향후계획", "cooperation": "협력사항", "effect": "기대효과"}


def card_page(card: Card) -> Page:
    """The whole card. A plan not yet confirmed is printed without its results."""
    return Page("공약카드", tuple(_blocks(card)))


def _blocks(card: Card) -> Iterator[Block]:
    yield Text(f"{card.header.number} {card.header.title}", Style.TITLE)
    yield Text(f"({korean_date(card.as_of)} 기준, {mark(card)})", Style.ABOVE)
    yield header_table(card)
    yield from adjusted_costs(card)
    if card.header.summary:
        yield Text(f"◆ {card.header.summary}", Style.HEADING)
    own = own_sections(card)
    yield from _own(card, own[""])
    yield from _present(card)
    yield from _own(card, own["goal"])
    yield from _plan(card)
    yield from _own(card, own["plan"])
    yield from target_blocks(card)
    if card.header.confirmed_plan:
        yield from result_blocks(card)
        yield from log_blocks(card)
    for kind, title in CLOSING_SECTIONS.items():
        yield from _narrative(card, kind, title)
        yield from _own(card, own[kind])
    for note in card.footnotes:
        yield Text(note, Style.NOTE)


def mark(card: Card) -> str:
    """``작성중``, or which closing published the card; before it a plan that is not confirmed."""
    plan = "" if card.header.confirmed_plan else "계획(안), "
    closing = card.closing
    if closing is None:
        return f"{plan}작성중"
    quarter = Quarter(closing.year, closing.quarter)
    return f"{plan}확정: {quarter} 마감 {closing.version}판 {korean_date(closing.closed_on)}"


def _present(card: Card) -> Iterator[Block]:
    present = list(present_blocks(card))
    goals = [part for part in card.sections if part.kind == "goal"]
    if present or goals:
        yield section(card, "present", "현황 및 정책목표")
    if present:
        yield Text("현 황", Style.HEADING)
        yield from present
    for part in goals:
        yield Text(f"정책목표: {part.heading}" if part.heading else "정책목표", Style.HEADING)
        yield from outline(part.lines)


def _plan(card: Card) -> Iterator[Block]:
    plans = [part for part in card.sections if part.kind == "plan"]
    if plans or card.programs:
        yield section(card, "plan", "추진계획 [정책개요]")
    for part in plans:
        yield from _part(card, part)
    if card.programs and not any(part.shows_programs for part in plans):
        yield programs_table(card.programs)


def _part(card: Card, part: SectionPart) -> Iterator[Block]:
    if part.heading:
        yield heading(part.heading)
    yield from outline(part.lines)
    if part.shows_programs and card.programs:
        yield programs_table(card.programs)


def _narrative(card: Card, kind: str, title: str) -> Iterator[Block]:
    parts = [part for part in card.sections if part.kind == kind]
    if parts:
        yield section(card, kind, title)
    for part in parts:
        yield from _part(card, part)


def own_sections(card: Card) -> defaultdict[str, list[SectionPart]]:
    """Sections that only this pledge has, by the kind of the section that they stand behind; "" is the front."""
    found: defaultdict[str, list[SectionPart]] = defaultdict(list)
    behind = ""
    for part in card.sections:
        if part.kind == "other":
            found[behind].append(part)
        else:
            behind = part.kind
    return found


def _own(card: Card, parts: Iterable[SectionPart]) -> Iterator[Block]:
    """Under their own names; numbered only where the pledge numbers them."""
    for part in parts:
        yield section(card, part.heading, part.heading)
        yield from outline(part.lines)


def outline(lines: Iterable[Line]) -> Iterator[Text]:
    """Lines with their markers; one leading space a level, as the office types them."""
    for line in lines:
        words = f"{line.marker} {line.text}".strip()
        yield Text(" " * (line.level - 1) + words, level=line.level)
