"""The top of the card: number and title, the table of labels and ticks, the summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cost import read_cost, read_inline_cost
from .document import Paragraph, Section
from .headings import Kind
from .labels import label_of
from .model import ReadHeader
from .officers import read_officers
from .reading import Reading
from .source import boxes, key, squeezed, ticks
from .status import status_of
from .tables import Row, Table
from .titles import read_title, take_number, take_title

# What our own card prints under its title.
_OWN_MARK = re.compile(r"\([^()]*기준(?:[,·](?:[^()]|\(안\))*)?\)")
# A box that an old encoding could not hold.
_LOST = re.compile(r"(?:^|\s)\?(?=\s*[가-힣])")
_SUMMARY = re.compile(r"\s*[◆◇❖◈]\s*(\S.*)")


def read_front(reading: Reading) -> None:
    """Number, title, header fields. The cost row is read by ``money_row``."""
    fronts = [table for section, table in reading.doc.all_tables() if _is_front(table, section)]
    for table in fronts:
        _read_table(reading, table)
    _refuse_several(reading, fronts)
    for paragraph in _opening_paragraphs(reading):
        _read_labelled(reading, paragraph)
    read_title(reading)
    for section in reading.doc.sections[:4]:
        # ``12. 어르신 일자리``: the title itself looks like a heading.
        if section.heading is None or section.heading.line == reading.card.title_line:
            for paragraph in section.paragraphs:
                _read_front_line(reading, paragraph)


def _refuse_several(reading: Reading, fronts: list[Table]) -> None:
    """A label of the head table twice: somebody pasted the next card too."""
    seen: set[str] = set()
    for row in (row for table in fronts for row in table.rows):
        labels = {
            label for cell in row.filled if (label := label_of(cell)) in ("nature", "cost", "status", "help")
        }
        if labels & seen:
            reading.faults.error(row.line, "공약카드가 둘 이상 들어 있습니다. 카드 하나만 넣어 주십시오.")
            return
        seen |= {label for label in labels if label}


def _is_front(table: Table, section: Section) -> bool:
    """Labels with their values beside them; above their values only at the very top, since further down a row of
    nothing but labels heads the columns of another table."""
    found = [[label_of(cell) for cell in row.filled] for row in table.rows]
    if section.kind != Kind.FRONT and any(len(row) > 2 and all(row) for row in found):
        return False
    labels = {label for row in found for label in row} - {None, "title", "status"}
    near_top = section.kind in (Kind.FRONT, Kind.OTHER, Kind.PRESENT)
    return len(labels) >= 2 or (near_top and len(labels) == 1 and len(table.rows) < 3)


def _read_table(reading: Reading, table: Table) -> None:
    reading.doc.take_table(table, "머리 표")
    skip = read_cost(reading, table)
    for row, pairs in _all_pairs(table):
        for label, values in pairs:
            if label == "cost" or (label == "secured" and row.line in skip):
                continue
            text = squeezed(" ".join(values))
            if label:
                _take_field(reading, label, text, row.line)
            elif text and row.line not in skip:
                reading.faults.leave(row.line, text)


def _all_pairs(table: Table) -> Iterator[tuple[Row, list[tuple[str | None, list[str]]]]]:
    """The pairs of each row; labels over their values are paired place by place."""
    above: Row | None = None
    for row in table.rows:
        if above is not None and len(above.cells) == len(row.cells):
            places = zip(above.cells, row.cells, strict=True)
            yield (
                row,
                [(label_of(label), [value]) for label, value in places if label.strip() or value.strip()],
            )
            above = None
        elif len(row.filled) > 2 and all(label_of(cell) for cell in row.filled):
            above = row
        else:
            yield row, list(_pairs(row))


def _pairs(row: Row) -> Iterator[tuple[str | None, list[str]]]:
    """The row's labels with the filled cells behind each; first what stands before any label."""
    label: str | None = None
    values: list[str] = []
    for cell in row.filled:
        if found := label_of(cell):
            if label or values:
                yield label, values
            label, values = found, []
        else:
            values.append(cell)
    if label or values:
        yield label, values


def _opening_paragraphs(reading: Reading) -> Iterator[Paragraph]:
    for section in reading.doc.sections[:4]:
        if section.kind in (Kind.FRONT, Kind.OTHER, Kind.PRESENT):
            yield from section.paragraphs


def _read_labelled(reading: Reading, paragraph: Paragraph) -> None:
    """``사업기간: 2022.~2026.`` outside a table."""
    label, colon, value = paragraph.bare.lstrip("○□■◎-·• ").partition(":")
    kind = label_of(label) if colon and value.strip() else None
    if kind is None or reading.doc.is_taken(paragraph.line):
        return
    reading.doc.take(paragraph.line, "머리글")
    if kind == "cost":
        read_inline_cost(reading, label, squeezed(value), paragraph.line)
    else:
        _take_field(reading, kind, squeezed(value), paragraph.line)


def _read_front_line(reading: Reading, paragraph: Paragraph) -> None:
    """The summary, our own mark of day and state, and officers whose lines the copy broke off their cell."""
    header, bare = reading.card.header, paragraph.bare
    if reading.doc.is_taken(paragraph.line):
        return
    if not header.summary and (found := _SUMMARY.fullmatch(paragraph.text)):
        header.summary = squeezed(found[1])
        reading.doc.take(paragraph.line, "요지")
    elif _OWN_MARK.fullmatch(bare):
        header.confirmed_plan = "계획(안)" not in bare
        reading.doc.take(paragraph.line, "기준일")
    elif re.search(r"[☎☏℡]", bare):
        reading.card.officers += read_officers(bare, paragraph.line, reading.faults)
        reading.doc.take(paragraph.line, "사업담당")


def _take_field(reading: Reading, label: str, text: str, line: int) -> None:
    card, header = reading.card, reading.card.header
    if label == "number":
        take_number(reading, text, line)
    elif label == "title":
        take_title(reading, text, line)
    elif label in ("period", "department", "goal", "summary"):
        setattr(header, label, getattr(header, label) or text)
    elif label == "officers":
        card.officers += read_officers(text, line, reading.faults)
    elif label in _TICKED and (text or label == "status"):
        _TICKED[label](reading, header, text, line)
    else:
        reading.faults.leave(line, text)


def _chosen(reading: Reading, text: str, label: str, line: int) -> list[str]:
    """The ticked labels; without any checkbox the text itself."""
    found = ticks(text)
    if not found and len(_LOST.findall(text)) > 1:
        reading.faults.warn(
            line,
            f"{label} ‘{text}’: 표시(☑·☐)가 ‘?’로 바뀌어 알 수 없습니다. 글을 UTF-8로 다시 저장해 주십시오.",
        )
        reading.faults.leave(line, text)
        return []
    if not found:
        return [text] if text and text != "-" else []
    chosen = [name for name, ticked in found if ticked]
    if not chosen:
        reading.faults.warn(line, f"{label}: 아무것도 표시되어 있지 않습니다.")
    return chosen


def _one_of(words: str, known: dict[str, str]) -> str:
    """The one known word in ``임기 내(2025. 12. 준공)``; "" where there is none, or more than one."""
    found = [value for word, value in known.items() if word in key(words)]
    return found[0] if len(found) == 1 else ""


def _nature(reading: Reading, header: ReadHeader, text: str, line: int) -> None:
    words = "·".join(_chosen(reading, text, "사업성격", line))
    header.nature = _one_of(words, {"신규": "신규", "계속": "계속"}) or words
    if header.nature != words:
        reading.faults.leave(line, words)
    elif words not in ("", "신규", "계속"):
        reading.faults.warn(
            line, f"사업성격 ‘{header.nature}’: 신규·계속이 아니어서 문서의 말을 그대로 두었습니다."
        )


def _completion(reading: Reading, header: ReadHeader, text: str, line: int) -> None:
    words = "·".join(_chosen(reading, text, "완료시기", line))
    known = {"임기내": "임기 내", "임기후": "임기 후"}
    header.completion = _one_of(words, known) or words
    if header.completion in known.values() and key(words) not in known:
        reading.faults.leave(line, words)
    elif words and header.completion not in known.values():
        reading.faults.warn(
            line, f"완료시기 ‘{words}’: 임기 내·임기 후가 아니어서 문서의 말을 그대로 두었습니다."
        )


def _help(reading: Reading, header: ReadHeader, text: str, line: int) -> None:
    chosen = _chosen(reading, text, "중앙정부 도움필요성", line)
    words = [key(word) for word in chosen]
    header.help_kinds = [kind for kind in ("제도", "재정", "권한") if any(kind in word for word in words)]
    header.help_needed = bool(header.help_kinds) or any("필요" in w and "불필요" not in w for w in words)
    known = re.compile(r"제도|재정|권한|도움|필요|불필요|해당없음|없음")
    for word in chosen:
        if not known.search(key(word)):
            reading.faults.warn(line, f"중앙정부 도움필요성 ‘{word}’은(는) 아는 말이 아닙니다.")
            reading.faults.leave(line, word)
    if header.help_needed and any("해당없음" in word for word in words):
        reading.faults.warn(line, "중앙정부 도움필요성: 해당없음과 도움필요가 모두 표시되어 있습니다.")


def _host(reading: Reading, header: ReadHeader, text: str, line: int) -> None:
    header.host = "·".join(_chosen(reading, text, "사업주체", line))


def _status(reading: Reading, header: ReadHeader, text: str, line: int) -> None:
    header.status, header.status_words = status_of(
        _chosen(reading, boxes(text), "추진상황", line), reading.faults, line
    )


_TICKED = {"nature": _nature, "completion": _completion, "help": _help, "host": _host, "status": _status}
