from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.enterprises import factories as register

Run = Callable[..., "Ran"]


@dataclass
class Ran:
    """What ``import_rows`` printed and returned."""

    code: int
    lines: list[str]

    @property
    def counts(self) -> str:
        return self.lines[-1]

    def of(self, level: str) -> list[str]:
        return [line for line in self.lines if line.startswith(f"{level}: ")]


@pytest.fixture
def import_rows(tmp_path: Path) -> Run:
    """``import_rows("enterprises", content, "--set", "유형=인증")``: the command, with its exit code."""

    def run(kind: str, content: bytes, *options: str, name: str = "") -> Ran:
        path = tmp_path / (name or ("rows.xlsx" if content[:2] == b"PK" else "rows.csv"))
        path.write_bytes(content)
        out = StringIO()
        code = 0
        try:
            call_command("import_rows", kind, str(path), *options, stdout=out, stderr=StringIO())
        except SystemExit as exit_:
            code = int(str(exit_.code))
        return Ran(code, out.getvalue().splitlines())

    return run


@pytest.fixture
def kinds(db: None) -> Any:
    """The five kinds of the seed, with the aliases that lists use."""
    aliases = {
        "certified": "인증사회적기업,사회적기업",
        "preliminary": "예비사회적기업",
        "cooperative": "사회적협동조합",
    }
    return {code: register.kind(code, aliases=aliases.get(code, "")) for code, *_ in register.SEED_KINDS}
