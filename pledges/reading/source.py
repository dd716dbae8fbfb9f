"""The card's text as lines: signs made plain, scan errors corrected, checkboxes as ☑ and ☐, cells told apart."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from .faults import Faults

MAX_LINES = 5_000
MAX_CHARACTERS = 1_500_000
# No card comes near these; matching takes time by the length of a line and the number of its cells.
MAX_LINE, MAX_CELLS = 20_000, 80

# Words a scan gets wrong (DOMAIN §2). 식품시장, 도입기, 투입기간 are words of their own and stay.
SCAN_ERRORS = (
    (re.compile(r"(?<![가-힣])품시장|(?<=온라인)품시장|(?<=경제장터)품시장"), "꿈시장"),
    (re.compile(r"횃수"), "횟수"),
    (re.compile(r"(?<![가-힣])입기(?=\s*[내후중초말]|\s*$|\t|\s*\()"), "임기"),
)
_INPUT = re.compile(r"<input\b([^>]*)>", re.IGNORECASE)
_CHECKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_SIGN = r"[vVxXoO✓✔√○●◯ㅇ]"
_TICKED = re.compile(rf"[■☑☒✓✔✅🗹▣◼◉⦿]|\[\s*{_SIGN}\s*\]|[(（]\s*{_SIGN}\s*[)）]|√")
_OPEN_BOX = re.compile(r"[□☐❑❏▢◻]|\[\s*\](?!\()|[(（]\s*[)）]")
# ``○ 신규 ● 계속``: circles are boxes only beside a filled one, else they are bullets.
_CIRCLES = {ord("○"): "☐", ord("◯"): "☐", ord("●"): "☑"}
_BULLETED = re.compile(r"\s*(?:[-*·○◦❍●◆◇▶▷※◎]\s?|[□■▣](?=\s))(?!\s)")
# ``ㅇ``, ``o`` and the private signs of 한글 at the start of a line stand for ○.
_ROUND = re.compile(r"^(\s*)(?:[ㅇoO](?=\s+\S)|[\ue000-\uf8ff](?=\s*\S))")
_GAP = re.compile(r" {2,}|　+")
_RULE = re.compile(r"[|\s:+\-–─━=]+")
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_INVISIBLE = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
_MARKDOWN = re.compile(r"#{1,6}\s+(?=\S)|^\*\*(?=\S)|(?<=\S)\*\*:?$")
_ADJUSTED = re.compile(r"((?:[△▲-]\s?)?\d[\d,.]*|-)\*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class SourceLine:
    """A line of the document by its number (from 1): its text, and its cells if it is a row of a table."""

    no: int
    text: str
    cells: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_row(self) -> bool:
        return bool(self.cells)


def read_lines(text: str, faults: Faults) -> list[SourceLine]:
    """The lines of ``text``; scan errors are corrected and named in a warning."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        faults.error(0, "글이 공약카드 하나라고 보기에는 너무 깁니다. 카드 하나만 넣어 주십시오.")
        return []
    for at, row in enumerate(text.splitlines(), start=1):
        if len(row) > MAX_LINE or row.count("\t") > MAX_CELLS:
            faults.error(at, "한 줄이 공약카드의 줄이라고 보기에는 너무 깁니다. 문서를 확인해 주십시오.")
            return []
    plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\xa0", " ")
    plain = plain.translate(_WIDE_DIGITS)
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), plain)
    plain = _INPUT.sub(lambda found: "☑" if _CHECKED.search(found[1]) else "☐", plain)
    plain = _CONTROL.sub("", _BREAK.sub(" ", plain))
    rows = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", plain)
    corrected = _corrected([_unmarked(row) for row in rows], faults)
    has_tabs = any("\t" in row for row in corrected)
    return _with_cells(corrected, has_tabs)


def _unmarked(row: str) -> str:
    """``## 향후계획`` and ``**향후계획**`` without the signs of Markdown; a bullet of any font as ○."""
    return _ROUND.sub(r"\1○", _MARKDOWN.sub("", row) if row.startswith(("#", "**")) else row)


def _corrected(rows: list[str], faults: Faults) -> list[str]:
    for wrong, right in SCAN_ERRORS:
        seen: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            if found := wrong.search(row):
                rows[at] = wrong.sub(right, row)
                seen.setdefault(found[0], []).append(at + 1)
        for word, places in seen.items():
            faults.warn(0, f"판독 오류로 보아 고침: {word} → {right} ({', '.join(map(str, places))}번째 줄)")
    return rows


def _with_cells(rows: list[str], has_tabs: bool) -> list[SourceLine]:
    """Rows with cells; a cell in quotes that goes on over line breaks, as Excel copies it, is put together."""
    lines: list[SourceLine] = []
    at = 0
    while at < len(rows):
        row, used = _unquoted(rows, at)
        lines.append(SourceLine(at + 1, row.rstrip(" \t"), split_cells(row, has_tabs)))
        at += used
    return lines


def _unquoted(rows: list[str], at: int) -> tuple[str, int]:
    row = rows[at]
    if "\t" not in row or '"' not in row:
        return row, 1
    used = 1
    opened = row.rpartition('\t"')[2] if '\t"' in row else (row[1:] if row.startswith('"') else "")
    if opened and opened.count('"') % 2 == 0 and ('\t"' in row or row.startswith('"')):
        for more in range(1, min(40, len(rows) - at)):
            if re.search(r'"(?:\t|\s*$)', rows[at + more]):
                row = " ".join(part.strip(" ") for part in rows[at : at + more + 1])
                used = more + 1
                break
    cells = [_bare(cell) for cell in row.split("\t")]
    return "\t".join(cells), used


def _bare(cell: str) -> str:
    inner = cell.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"' and inner[1:-1].count('"') % 2 == 0:
        return inner[1:-1].replace('""', '"')
    return cell


def split_cells(row: str, has_tabs: bool) -> tuple[str, ...]:
    """The cells of a row: between tabs, between bars, or between gaps of two and more spaces; else none."""
    if "\t" in row:
        return tuple(squeezed(cell) for cell in row.split("\t"))
    bare = row.strip()
    if bare.startswith("|") and bare.count("|") > 1:
        if _RULE.fullmatch(bare):
            return ()
        return tuple(squeezed(cell) for cell in bare.strip("|").split("|"))
    gaps = len(_GAP.findall(bare))
    if gaps >= (3 if has_tabs else 1) and not _BULLETED.match(bare):
        return tuple(squeezed(cell) for cell in _GAP.split(bare))
    return ()


def is_rule(text: str) -> bool:
    """A line that only draws: ``|---|---|`` or ``────``."""
    return len(text.strip()) > 2 and bool(_RULE.fullmatch(text.strip()))


def squeezed(text: str) -> str:
    """A cell with single spaces, without the mark that our own papers set behind an adjusted figure (``14*``)."""
    plain = " ".join(text.split())
    marked = _ADJUSTED.fullmatch(plain)
    return marked[1] if marked else plain


def boxes(text: str) -> str:
    """``text`` with every kind of checkbox as ☑ or ☐ (only where checkboxes are expected: □ is a bullet too)."""
    plain = _OPEN_BOX.sub("☐", _TICKED.sub("☑", text))
    if (re.search("[☑☐]", plain) is None and "●" in plain) or ("○" in plain and "◉" in text):
        plain = plain.translate(_CIRCLES)
    return plain


def ticks(text: str) -> list[tuple[str, bool]]:
    """The labels of the checkboxes of a cell, in order, with whether each is ticked.

    Labels stand behind their boxes; before them where the cell ends with a box: ``신규( ), 계속(○)``.
    """
    parts = re.split(r"([☑☐])", boxes(text))
    labels = [_unbracketed(squeezed(part)) for part in parts[::2]]
    labels = labels[:-1] if labels[0] and not labels[-1] else labels[1:]
    return [(label, box == "☑") for label, box in zip(labels, parts[1::2], strict=True)]


def _unbracketed(label: str) -> str:
    """A label without the brackets around its whole group: ``재정)``, but ``추진중(정상)``."""
    label = label.strip(" []·,/:").lstrip("(").strip(" ·,/:")
    while label.count(")") > label.count("("):
        label = label[: label.rindex(")")] + label[label.rindex(")") + 1 :]
    return label.removesuffix("(").strip(" ·,/:")


def key(text: str) -> str:
    """``text`` for comparing: without spaces and marks."""
    return re.sub(r"[\s·ㆍ・,.:'\"‘’“”]", "", text).lower()
