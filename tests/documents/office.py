"""LibreOffice as a second opinion: what do our formulas give when somebody else computes them?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"),
    reason="LibreOffice is missing: apt-get install libreoffice-calc",
)
SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>([^<]*)</f><v>([^<]*)</v>')

# By sheet (from 1) and cell: the formula and its result as the file says it.
Formulas = dict[tuple[int, str], tuple[str, str]]


def formulas(book: bytes) -> Formulas:
    """Every formula of a workbook. Read from its XML: openpyxl takes seconds for a card."""
    found: Formulas = {}
    with ZipFile(BytesIO(book)) as package:
        for name in package.namelist():
            if sheet := SHEET.fullmatch(name):
                text = package.read(name).decode()
                assert text.count("<f>") + text.count("<f ") == len(FORMULA.findall(text)), name
                for place, formula, result in FORMULA.findall(text):
                    found[int(sheet[1]), place] = (formula, result)
    return found


def assert_computed_alike(*books: bytes) -> list[Formulas]:
    """LibreOffice computes from each workbook's formulas what the workbook prints; the formulas, by workbook."""
    found = [formulas(book) for book in books]
    for number, (ours, theirs) in enumerate(zip(found, map(formulas, recalculated(*books)), strict=True)):
        assert ours.keys() == theirs.keys()
        wrong = {place: (*ours[place], theirs[place][1]) for place in ours if not _same(ours, theirs, place)}
        assert wrong == {}, f"workbook {number}"
    return found


def _same(ours: Formulas, theirs: Formulas, place: tuple[int, str]) -> bool:
    printed, computed = ours[place][1], theirs[place][1]
    try:
        return isclose(float(printed), float(computed), rel_tol=1e-12, abs_tol=1e-9)
    except ValueError:
        return printed == computed


def without_results(book: bytes) -> bytes:
    """The workbook with its formulas alone: LibreOffice believes the results that a file brings along."""
    made = BytesIO()
    with ZipFile(BytesIO(book)) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content)
            target.writestr(name, content)
    return made.getvalue()


def recalculated(*books: bytes) -> list[bytes]:
    """Each workbook as LibreOffice computes it from its formulas; one call for all, it takes a second to start."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "in").mkdir()
        files = [base / "in" / f"{number}.xlsx" for number in range(len(books))]
        for file, book in zip(files, books, strict=True):
            file.write_bytes(without_results(book))
        profile = f"-env:UserInstallation={(base / 'profile').as_uri()}"
        subprocess.run(
            [SOFFICE or "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(base / "out"),
             *map(str, files)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return [(base / "out" / file.name).read_bytes() for file in files]
