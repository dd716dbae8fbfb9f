"""The network is air-gapped: nothing that a browser loads may name an outside address."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOADED_BY_CSS = re.compile(r"(?:url\(\s*|@import\s+)['\"]?\s*(?:https?:)?//[^)'\"\s]+", re.I)
LOADED_BY_HTML = re.compile(r"(?:src|href|action|srcset|data)\s*=\s*['\"](?:https?:)?//[^'\"]+", re.I)
ADDRESS = re.compile(r"https?://[\w.-]+")
# Names of XML dialects and of licences: never fetched.
NAMES_ONLY = {"http://www.w3.org", "https://www.w3.org", "http://www.apache.org", "https://github.com"}


def files(folder: str, *suffixes: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes]


def faults(paths: list[Path], pattern: re.Pattern[str], harmless: frozenset[str] = frozenset()) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found}"
        for path in paths
        for found in sorted(set(pattern.findall(path.read_text(encoding="utf-8"))) - harmless)
    ]


def test_style_sheets_load_nothing_from_outside() -> None:
    sheets = files("static", ".css")
    assert any("vendor" in path.parts for path in sheets)
    assert faults(sheets, LOADED_BY_CSS) == []


def test_templates_load_nothing_from_outside() -> None:
    assert faults(files("templates", ".html"), LOADED_BY_HTML) == []


def test_scripts_and_pictures_name_no_outside_address() -> None:
    assert faults(files("static", ".js", ".svg"), ADDRESS, frozenset(NAMES_ONLY)) == []


def test_style_sheets_find_the_files_they_name() -> None:
    missing = [
        f"{sheet.relative_to(ROOT)}: {name}"
        for sheet in files("static", ".css")
        for name in re.findall(r"url\(['\"]?([^)'\"]+)['\"]?\)", sheet.read_text(encoding="utf-8"))
        if not name.startswith("data:") and not (sheet.parent / name).resolve().is_file()
    ]
    assert missing == []


def test_templates_hold_no_inline_script() -> None:
    script = r'<script(?![^>]*\bsrc=)(?![^>]*type="application/json")[^>]*>'
    inline = re.compile(script + r"|\son[a-z]+\s*=\s*[\"']|javascript:|<style\b", re.I)
    assert faults(files("templates", ".html"), inline) == []


def test_templates_hold_no_style_attributes() -> None:
    assert faults(files("templates", ".html"), re.compile(r"\sstyle\s*=", re.I)) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile"])
def test_no_package_index_is_named(name: str) -> None:
    assert ADDRESS.findall((ROOT / name).read_text(encoding="utf-8")) == []
