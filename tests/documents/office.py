"""LibreOffice as a second opinion: what do our formulas give when somebody else computes them?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"),
    reason="LibreOffice is missing: apt-get install libreoffice-calc",
)


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


def recalculated(*books: bytes) -> list[Any]:
    """Each workbook as LibreOffice computes it from its formulas, values only."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "in").mkdir()
        for number, book in enumerate(books):
            (base / "in" / f"{number}.xlsx").write_bytes(without_results(book))
        subprocess.run(
            [
                SOFFICE or "soffice",
                f"-env:UserInstallation={(base / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                str(base / "out"),
                *(str(base / "in" / f"{number}.xlsx") for number in range(len(books))),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return [
            load_workbook(BytesIO((base / "out" / f"{number}.xlsx").read_bytes()), data_only=True)
            for number in range(len(books))
        ]


def formulas_and_values(book: bytes) -> dict[str, tuple[str, Any]]:
    """By cell of the first sheet: the formula, and the value that the file brings along."""
    formulas = load_workbook(BytesIO(book)).worksheets[0]
    values = load_workbook(BytesIO(book), data_only=True).worksheets[0]
    return {
        cell.coordinate: (cell.value, values[cell.coordinate].value)
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
