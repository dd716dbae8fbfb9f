"""Matching the headings of somebody's sheet to our columns: aliases, units in brackets, two-row headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.importing.columns import Column
from common.notation import NotationError, read_unit

_BRACKETS = re.compile(r"[(\[<{][^)\]>}]*[)\]>}]")
_SIGNS = re.compile(r"[\s*※·ㆍ・:：./_,\-‐–—~'\"’‘“”()\[\]<>{}①-⑳]")
# Personal data that lists carry and no register needs (DOMAIN §6): left out and named.
PERSONAL = (
    "생년월일",
    "주민등록번호",
    "주민번호",
    "휴대전화",
    "휴대폰",
    "핸드폰",
    "이동전화",
    "모바일",
    "성별",
    "HP번호",
)
MOBILE = ("휴대전화", "휴대폰", "핸드폰", "이동전화", "모바일", "HP번호")


def normal(heading: str) -> str:
    """A heading without spaces, signs and brackets' signs: ``설립(신고)번호`` → ``설립신고번호``."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def bare(heading: str) -> str:
    """``normal`` without what stands in brackets: ``금액(천원)`` → ``금액``."""
    return normal(_BRACKETS.sub("", unicodedata.normalize("NFKC", heading)))


def unit_of(heading: str) -> str:
    """The money unit in a heading's brackets, or empty."""
    for part in _BRACKETS.findall(unicodedata.normalize("NFKC", heading)):
        try:
            return read_unit(part.strip("()[]<>{}"))
        except NotationError:
            continue
    return ""


@dataclass(frozen=True)
class Headings:
    """How the columns of one sheet were understood, by file column."""

    columns: Mapping[int, Column]
    names: Mapping[int, str]
    units: Mapping[int, str]
    unknown: tuple[int, ...] = ()
    personal: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """File column of every heading of ours."""
        return {column.heading: place for place, column in self.columns.items()}

    @property
    def layout(self) -> tuple[str, ...]:
        """What identifies a layout, so that its mapping is remembered."""
        return tuple(self.names[place] for place in sorted(self.names))


def match(
    names: Mapping[int, Sequence[str]],
    columns: Sequence[Column],
    chosen: Mapping[str, str] | None = None,
    mobiles: bool = False,
) -> Headings:
    """Understands headings: ``names`` holds for each file column its spellings, the fullest first.

    ``chosen``: heading as written → our heading, or "" for "leave out"; it wins over aliases, but brings no personal
    data in.
    """
    ranks = _ranks(columns)
    found: dict[int, tuple[int, Column]] = {}
    personal = []
    for place, spellings in names.items():
        if _is_personal(spellings, mobiles):
            personal.append(place)
        elif chosen is not None and spellings[0] in chosen:
            wanted = next((column for column in columns if column.heading == chosen[spellings[0]]), None)
            if wanted:
                found[place] = (-1, wanted)
        elif best := _best(spellings, ranks):
            found[place] = best
    kept, doubled = _one_each(found)
    shown = {place: spellings[0] for place, spellings in names.items()}
    units = {
        place: unit for place, column in kept.items() if column.money and (unit := unit_of(shown[place]))
    }
    rest = tuple(
        place for place in names if place not in kept and place not in personal and place not in doubled
    )
    return Headings(kept, shown, units, rest, tuple(personal), doubled)


def _ranks(columns: Sequence[Column]) -> dict[str, tuple[int, Column]]:
    """Every known spelling: its rank (0 is the column's own heading) and column."""
    ranks: dict[str, tuple[int, Column]] = {}
    for column in columns:
        for rank, alias in enumerate((column.heading, *column.aliases)):
            ranks.setdefault(normal(alias), (rank, column))
    return ranks


def _best(spellings: Sequence[str], ranks: Mapping[str, tuple[int, Column]]) -> tuple[int, Column] | None:
    for spelling in spellings:
        for key in (normal(spelling), bare(spelling)):
            if key in ranks:
                return ranks[key]
    return None


def _is_personal(spellings: Iterable[str], mobiles: bool) -> bool:
    words = [word for word in PERSONAL if not (mobiles and word in MOBILE)]
    return any(word in normal(spelling).upper() for spelling in spellings for word in words)


def _one_each(found: Mapping[int, tuple[int, Column]]) -> tuple[dict[int, Column], tuple[int, ...]]:
    """Of file columns that mean the same, the best known spelling, then the leftmost."""
    best: dict[str, tuple[int, int]] = {}
    for place, (rank, column) in found.items():
        best[column.heading] = min(best.get(column.heading, (rank, place)), (rank, place))
    kept = {place: column for place, (_, column) in found.items() if best[column.heading][1] == place}
    return kept, tuple(place for place in found if place not in kept)
