"""The sections that are told in words: outlines, kept line by line as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pledges.models.pledge import SectionKind

from .captions import is_caption
from .document import Item, Paragraph, Section
from .headings import NARRATIVE, NUMBERED, Kind
from .model import ReadSection
from .own_words import is_own_line
from .reading import Reading
from .source import squeezed
from .tables import Table

_MARKED = re.compile(
    r"\s*(?:[-*·](?=\s)|[◆□○▶※●■◇◎❍◦▷•☞➢⇒→①-⑳]|\d+[.)]\s|[가나다라마바사아자차카타파하][.)]\s)"
)
_SENTENCE = re.compile(r"(?:[다음함됨임]|니다)?\.$|[,:：]$")
KINDS = {
    Kind.GOAL: SectionKind.GOAL,
    Kind.PLAN: SectionKind.PLAN,
    Kind.FUTURE: SectionKind.FUTURE,
    Kind.COOPERATION: SectionKind.COOPERATION,
    Kind.EFFECT: SectionKind.EFFECT,
}
# The office's order (DOMAIN §8): sections that only this card has stand last.
ORDER = [*(kind.value for kind in KINDS.values()), SectionKind.OTHER.value]


@dataclass
class Block:
    """A subheading (a plain line before marked ones) and the lines and tables below it."""

    heading: str
    line: int
    lines: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_narrative(reading: Reading) -> None:
    """Last of all recognisers: what is left in a section told in words is its outline."""
    for section in reading.doc.sections:
        for paragraph in section.paragraphs:
            if is_own_line(paragraph.bare):
                reading.doc.take(paragraph.line, "카드가 스스로 적는 글")
        _take_heading(reading, section)
        if section.kind in NARRATIVE:
            _read(reading, section)
        elif section.heading and section.kind != Kind.FRONT:
            _read_leftover(reading, section)
    reading.card.sections.sort(key=lambda section: ORDER.index(section.kind))


def _take_heading(reading: Reading, section: Section) -> None:
    heading = section.heading
    if heading is None or reading.doc.is_taken(heading.line):
        return
    left = reading.doc.left(section)
    nothing_told = all(isinstance(item, Table) or is_caption(item.bare) for item in left)
    if heading.kind == Kind.OTHER and nothing_told and (left or not section.items):
        # Nothing below it will be told in words: it says what the unplaced table is.
        return
    reading.doc.take(heading.line, "제목")
    if heading.number is not None and heading.kind in (*NUMBERED, Kind.OTHER):
        # A section that only this pledge has is numbered by its own name.
        name = heading.text if heading.kind == Kind.OTHER else heading.kind.value
        reading.card.section_numbers.setdefault(name, heading.number)


def _read(reading: Reading, section: Section) -> None:
    assert section.heading is not None
    kind = KINDS.get(section.kind, SectionKind.OTHER)
    if section.kind == Kind.PLAN:
        blocks = list(_blocks(reading, section))
    else:
        block = Block("", section.heading.line)
        left = [item for item in reading.doc.left(section) if isinstance(item, Paragraph)]
        block.lines = _without_strays([line for line in left if not is_caption(line.bare)])
        blocks = [block]
    for block in blocks:
        shows = any(reading.doc.taken.get(table.line) == "사업 안내" for table in block.tables)
        if block.lines or block.heading or shows:
            heading = section.heading.text if kind == SectionKind.OTHER else block.heading
            _add(reading, kind.value, heading, block, shows)


def _without_strays(lines: list[Paragraph]) -> list[Paragraph]:
    """Behind an outline of marked lines a plain line that stands apart belongs to nothing that is known here."""
    last = max((at for at, line in enumerate(lines) if _MARKED.match(line.text)), default=None)
    if last is None:
        return lines
    apart = next((at for at in range(last + 1, len(lines)) if lines[at].after_blank), len(lines))
    return lines[:apart]


def _blocks(reading: Reading, section: Section) -> Iterator[Block]:
    assert section.heading is not None
    block = Block("", section.heading.line)
    items = [item for item in section.items if isinstance(item, Table) or not reading.doc.is_taken(item.line)]
    for at, item in enumerate(items):
        if isinstance(item, Table):
            block.tables.append(item)
        elif _is_subheading(item, items[at + 1] if at + 1 < len(items) else None):
            yield _trimmed(block)
            block = Block(squeezed(item.bare), item.line)
        else:
            block.lines.append(item)
    yield _trimmed(block)


def _trimmed(block: Block) -> Block:
    block.lines = _without_strays(block.lines)
    return block


def _is_subheading(item: Paragraph, following: Item | None) -> bool:
    if _MARKED.match(item.text) or item.text[:1] in " \t" or len(item.bare) > 60 or is_caption(item.bare):
        return False
    if _SENTENCE.search(item.bare) or following is None:
        return False
    return isinstance(following, Table) or bool(_MARKED.match(following.text))


def _add(reading: Reading, kind: str, heading: str, block: Block, shows: bool) -> None:
    body = "\n".join(line.text.rstrip() for line in block.lines)
    reading.card.sections.append(ReadSection(kind, heading, body, block.line, shows))
    label = heading or SectionKind(kind).label
    if block.heading:
        reading.doc.take(block.line, f"서술: {label}")
    for line in block.lines:
        reading.doc.take(line.line, f"서술: {label}")


def _read_leftover(reading: Reading, section: Section) -> None:
    """Words below a heading of tables. Where nothing else was understood there they are a section of their own;
    beside tables (notes, stray lines) they stay unplaced, except what 현황 tells."""
    assert section.heading is not None
    left = [item for item in reading.doc.left(section) if isinstance(item, Paragraph)]
    left = [item for item in left if not is_caption(item.bare)]
    alone = not any(reading.doc.is_taken(table.line) for table in section.tables)
    if section.kind == Kind.PRESENT:
        left = [item for item in left if _MARKED.match(item.text)] if not alone else left
    elif not alone:
        return
    if left:
        block = Block("", section.heading.line, left)
        _add(reading, SectionKind.OTHER.value, section.heading.text.replace("현 황", "현황"), block, False)
