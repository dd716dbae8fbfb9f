"""The looks that an HWPX document defines before its text: type, paragraphs, borders. Each is made once."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

FONT = "맑은 고딕"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
HC = "{http://www.hancom.co.kr/hwpml/2011/core}"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


@dataclass(frozen=True)
class Letters:
    """``size`` in points."""

    size: float = 10
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    """``left``, ``before``, ``after`` in HWPUNIT (1/7200 inch); ``keep``: on the page of the next paragraph."""

    align: str = "LEFT"
    spacing: int = 150
    left: int = 0
    before: int = 0
    after: int = 0
    keep: bool = False
    shade: str = ""


@dataclass(frozen=True)
class Border:
    """Thin lines all around, or none; ``shade`` is the ground (``#E9EDF3``)."""

    lines: bool = True
    shade: str = ""


class Header:
    """``header.xml`` of the blank document, given our type and the looks that are asked for."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.made: dict[Letters | Paragraph | Border, str] = {}
        for font in root.iter(f"{HH}font"):
            if font.get("id") == "0":
                font.set("face", FONT)

    def letters(self, look: Letters) -> str:
        """The id of ``look`` as charPr."""
        return self.made.get(look) or self._add("charProperties", look, self._letters)

    def paragraph(self, look: Paragraph) -> str:
        """The id of ``look`` as paraPr."""
        return self.made.get(look) or self._add("paraProperties", look, self._paragraph)

    def border(self, look: Border) -> str:
        """The id of ``look`` as borderFill."""
        return self.made.get(look) or self._add("borderFills", look, self._border)

    def _add(self, group: str, look: Any, fill: Any) -> str:
        """Copies the blank document's first look of its kind, so that nothing 한글 expects is missing."""
        parent = self.root.find(f".//{HH}{group}")
        made = deepcopy(parent[0])
        fill(made, look)
        # Filling may add to this very group (a paragraph's ground), so the id is taken last.
        number = str(max(int(each.get("id")) for each in parent) + 1)
        made.set("id", number)
        parent.append(made)
        parent.set("itemCnt", str(len(parent)))
        self.made[look] = number
        return number

    def _letters(self, made: Any, look: Letters) -> None:
        made.set("height", str(round(look.size * 100)))
        font = made.find(f"{HH}fontRef")
        for language in font.attrib:
            font.set(language, "0")
        if look.bold:
            # The schema wants it directly before underline.
            made.find(f"{HH}underline").addprevious(etree.Element(f"{HH}bold"))

    def _paragraph(self, made: Any, look: Paragraph) -> None:
        made.find(f"{HH}align").set("horizontal", look.align)
        setting = made.find(f"{HH}breakSetting")
        # Breaks lines between words: the names are the wrong way round in the files that 한글 itself writes.
        setting.set("breakNonLatinWord", "BREAK_WORD")
        setting.set("keepWithNext", str(int(look.keep)))
        # Twice: newer 한글 reads the case, older the default, which counts margins in half units.
        for branch, scale in (("case", 1), ("default", 2)):
            place = made.find(f"{HP}switch/{HP}{branch}")
            for name, value in (("left", look.left), ("prev", look.before), ("next", look.after)):
                place.find(f"{HH}margin/{HC}{name}").set("value", str(value * scale))
            place.find(f"{HH}lineSpacing").set("value", str(look.spacing))
        if look.shade:
            ground = self.border(Border(lines=False, shade=look.shade))
            made.find(f"{HH}border").set("borderFillIDRef", ground)

    @staticmethod
    def _border(made: Any, look: Border) -> None:
        if look.lines:
            for side in ("left", "right", "top", "bottom"):
                line = made.find(f"{HH}{side}Border")
                line.set("type", "SOLID")
                line.set("width", "0.12 mm")
        if look.shade:
            brush = etree.SubElement(made, f"{HC}fillBrush")
            etree.SubElement(brush, f"{HC}winBrush", faceColor=look.shade, hatchColor="#999999", alpha="0")
