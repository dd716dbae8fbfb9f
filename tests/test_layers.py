"""Imports go downward only (DESIGN, "Layers")."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Layer → what it may import of the project.
BELOW: dict[str, set[str]] = {
    "common": set(),
    "documents": {"common"},
    "accounts": {"documents", "common"},
    "enterprises": {"accounts", "documents", "common"},
    "subsidies": {"enterprises", "accounts", "documents", "common"},
    "markets": {"enterprises", "accounts", "documents", "common"},
    "pledges": {"subsidies", "markets", "enterprises", "accounts", "documents", "common"},
    "gwanak_se": {"pledges", "subsidies", "markets", "enterprises", "accounts", "documents", "common"},
}


def imported(source: str) -> set[str]:
    """First names of all modules that a source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def upward(layer: str, source: str) -> set[str]:
    return imported(source) & set(BELOW) - BELOW[layer] - {layer}


@pytest.mark.parametrize("layer", BELOW)
def test_imports_go_down_only(layer: str) -> None:
    faults = {
        str(path.relative_to(ROOT)): names
        for path in sorted((ROOT / layer).rglob("*.py"))
        if (names := upward(layer, path.read_text(encoding="utf-8")))
    }
    assert faults == {}


def test_an_upward_import_is_seen() -> None:
    assert upward("subsidies", "from markets.models import Market\nimport pledges.card, enterprises") == {
        "markets",
        "pledges",
    }


def test_code_names_no_pledge() -> None:
    """The seed's pledge is data like any other."""
    sources = [
        path for layer in BELOW for path in (ROOT / layer).rglob("*.py") if "migrations" not in path.parts
    ]
    named = [
        str(path.relative_to(ROOT))
        for path in sources
        if "1-3" in constants(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def constants(source: str) -> set[object]:
    return {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
