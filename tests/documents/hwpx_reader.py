"""HWPX read back in three ways: its own XML, python-hwpx, and @rhwp/core where it is at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from documents.grid import Grid
from documents.page import Page

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
ROOT = Path(__file__).resolve().parent.parent.parent

# 10 MB of WASM: not carried in the repository. `npm install @rhwp/core`, or RHWP_CORE=its folder.
RHWP = Path(os.environ.get("RHWP_CORE", ROOT / "node_modules" / "@rhwp" / "core"))
needs_rhwp = pytest.mark.skipif(
    not (RHWP / "rhwp_bg.wasm").is_file() or shutil.which("node") is None,
    reason="@rhwp/core is missing: npm install --no-save @rhwp/core, or RHWP_CORE=folder",
)

Block = str | list[tuple[int, int, int, int, str]]


def part(content: bytes, name: str) -> Any:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def blocks_of(content: bytes) -> list[Block]:
    """Paragraphs as text, tables as cells (row, column, rows, columns, text)."""
    found: list[Block] = []
    for paragraph in part(content, "Contents/section0.xml").findall(f"{HP}p"):
        table = paragraph.find(f"{HP}run/{HP}tbl")
        found.append(_text(paragraph) if table is None else [_cell(cell) for cell in table.iter(f"{HP}tc")])
    return found


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.findall(f"{HP}run/{HP}t"))


def _cell(cell: Any) -> tuple[int, int, int, int, str]:
    place, span = cell.find(f"{HP}cellAddr"), cell.find(f"{HP}cellSpan")
    return (
        int(place.get("rowAddr")),
        int(place.get("colAddr")),
        int(span.get("rowSpan")),
        int(span.get("colSpan")),
        "\n".join(_text(paragraph) for paragraph in cell.findall(f"{HP}subList/{HP}p")),
    )


def expected(page: Page) -> list[Block]:
    """What a reader should find of ``page``."""
    return [
        [(each.row, each.col, each.cell.rows, each.cell.cols, each.cell.text) for each in block.placed()]
        if isinstance(block, Grid)
        else block.text
        for block in page.blocks
    ]


def read_by_rhwp(content: bytes) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "card.hwpx"
        file.write_bytes(content)
        script = Path(__file__).with_name("rhwp.mjs")
        done = subprocess.run(
            ["node", str(script), str(RHWP), str(file)], check=True, capture_output=True, timeout=120
        )
    return json.loads(done.stdout.decode().splitlines()[-1])
