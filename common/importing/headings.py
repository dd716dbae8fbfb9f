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
# Numbers of rows: of no use, and not worth a word.
NEUTRAL = ("연번", "순번", "번호", "no", "순서", "일련번호")
# What stands below the name of a whole group of money columns: 교부액 | 계 국비 시비 구비.
WHOLE = ("계", "합계", "소계", "총계", "금액", "액", "총액")
# A lower heading by itself is less sure than a whole one, unless the group above it is that of the amount.
UNDER_AMOUNT, UNDER = 100, 200
GUESSED = 1_000
LONGEST_GUESSED = 30
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
    guessed: tuple[int, ...] = ()

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
    known = _Known(columns)
    found: dict[int, tuple[int, Column]] = {}
    personal = [place for place, spellings in names.items() if _is_personal(spellings, mobiles)]
    rest = {place: spellings for place, spellings in names.items() if place not in personal}
    for place, spellings in rest.items():
        if chosen is not None and spellings[0] in chosen:
            wanted = next((column for column in columns if column.heading == chosen[spellings[0]]), None)
            if wanted:
                found[place] = (-1, wanted)
        elif best := known.best(spellings):
            found[place] = best
    left_out = {place for place, spellings in rest.items() if spellings[0] in (chosen or {})}
    guesses = known.guesses(
        {place: rest[place] for place in rest if place not in found.keys() | left_out}, found
    )
    kept, doubled = _one_each(found | guesses, columns)
    shown = {place: spellings[0] for place, spellings in names.items()}
    units = {
        place: unit for place, column in kept.items() if column.money and (unit := unit_of(shown[place]))
    }
    unknown = tuple(
        place
        for place in rest
        if place not in kept and place not in doubled and bare(shown[place]) not in NEUTRAL
    )
    guessed = tuple(place for place in kept if place in guesses)
    return Headings(kept, shown, units, unknown, tuple(personal), doubled, guessed)


class _Known:
    """Every known spelling: its rank (0 is the column's own heading) and column."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.ranks: dict[str, tuple[int, Column]] = {}
        for column in columns:
            for rank, alias in enumerate((column.heading, *column.aliases)):
                self.ranks.setdefault(normal(alias), (rank, column))

    def _rank(self, spelling: str) -> tuple[int, Column] | None:
        return self.ranks.get(normal(spelling)) or self.ranks.get(bare(spelling))

    def best(self, spellings: Sequence[str]) -> tuple[int, Column] | None:
        """The whole heading, else the lower one; that of a group of the amount before that of another group."""
        whole = self._rank(spellings[0])
        if len(spellings) < 2:
            return whole
        full, low = spellings
        group, lower = self._rank(full.removesuffix(low)), self._rank(low)
        if group and group[1].money and normal(low) in WHOLE:
            return group
        if whole or lower is None:
            return whole
        below = UNDER_AMOUNT if group and group[1].money and lower[1].money else UNDER
        return lower[0] + below, lower[1]

    def guesses(
        self, names: Mapping[int, Sequence[str]], found: Mapping[int, tuple[int, Column]]
    ) -> dict[int, tuple[int, Column]]:
        """By ``like``, for columns of ours that no known spelling stands for."""
        taken = {column.heading for _, column in found.values()}
        guesses = {}
        for place, spellings in names.items():
            for column in self.columns:
                if not column.like or column.stands_for or column.heading in taken:
                    continue
                if any(_alike(column.like, spelling) for spelling in spellings):
                    guesses[place] = (GUESSED, column)
                    break
        return guesses


def _alike(pattern: str, heading: str) -> bool:
    return len(heading) <= LONGEST_GUESSED and re.search(pattern, normal(heading)) is not None


def _is_personal(spellings: Iterable[str], mobiles: bool) -> bool:
    words = [word for word in PERSONAL if not (mobiles and word in MOBILE)]
    return any(word in normal(spelling).upper() for spelling in spellings for word in words)


def _one_each(
    found: Mapping[int, tuple[int, Column]], columns: Sequence[Column]
) -> tuple[dict[int, Column], tuple[int, ...]]:
    """Of file columns that mean the same, the best known spelling, then the leftmost; one more may be ``second``."""
    best: dict[str, tuple[int, int]] = {}
    for place, (rank, column) in found.items():
        best[column.heading] = min(best.get(column.heading, (rank, place)), (rank, place))
    kept = {place: column for place, (_, column) in found.items() if best[column.heading][1] == place}
    by_heading = {column.heading: column for column in columns}
    for place, (_, column) in found.items():
        second = by_heading.get(column.second)
        if place not in kept and second and second not in kept.values():
            kept[place] = second
    return kept, tuple(place for place in found if place not in kept)
