"""Which unit a table's amounts are read in: as printed over it, or as the officer chose (``--table-unit``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from common.money import UNITS as PRINTED
from common.money import unit as money_unit
from common.notation import NotationError, read_unit
from common.notation.money import UNITS

from .faults import Faults
from .source import key


class UnitChoiceError(ValueError):
    """A choice that cannot be read; the message is for the officer."""


def parse_choice(text: str) -> tuple[str, str]:
    """``TITLE=UNIT`` or ``TITLE/PART=UNIT`` as (title or title/part, unit). UnitChoiceError otherwise."""
    place, equals, unit = text.rpartition("=")
    name = "".join(unit.split())
    if not equals or not place.strip() or name not in UNITS:
        raise UnitChoiceError(
            f"‘{text}’: 표의 단위는 ‘표 제목=단위’ 또는 ‘표 제목/부분=단위’로 적고,"
            f" 단위는 {'·'.join(UNITS)} 가운데 하나입니다."
        )
    return place.strip(), name


@dataclass
class Units:
    """The choices, and the tables that were met (for choosing on the page, and for naming a wrong title)."""

    faults: Faults
    choices: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    met: dict[str, str] = field(default_factory=dict)
    default: str = ""

    def of_table(self, title: str, printed: str, line: int, also: str = "") -> str:
        """The unit of the table ``title`` (``also`` by its general name)."""
        unit = self._chosen(title) or self._chosen(also) or self._printed(title, printed, line)
        self.met[title] = unit
        self.default = self.default or unit
        return unit

    def of_part(self, title: str, part: str, unit: str, also: str = "") -> str:
        """The unit of one programme or row of the table; the table's own unless chosen otherwise."""
        chosen = self._chosen(f"{title}/{part}") or (self._chosen(f"{also}/{part}") if also else "")
        self.met[f"{title}/{part}"] = chosen or unit
        return chosen or unit

    def report_unused(self) -> None:
        """A title that names no table is an error: the officer meant something."""
        tables = ", ".join(f"‘{name}’" for name in self.met if "/" not in name) or "없음"
        for place in self.choices:
            if key(place) not in self.used:
                self.faults.error(0, f"단위를 고른 표 ‘{place}’이(가) 문서에 없습니다. 금액 표: {tables}")

    def _chosen(self, name: str) -> str:
        for place, unit in self.choices.items():
            if name and key(place) == key(name):
                self.used.add(key(place))
                return unit
        return ""

    def _printed(self, title: str, printed: str, line: int) -> str:
        try:
            return read_unit(printed)
        except NotationError:
            pass
        if self.default:
            self.faults.warn(
                line,
                f"{title}: 금액 단위가 적혀 있지 않아 문서의 다른 표처럼 {self.default}(으)로 읽었습니다."
                f" 다르면 ‘{title}=단위’로 정해 주십시오.",
            )
            return self.default
        self.faults.error(
            line, f"{title}: 금액 단위가 적혀 있지 않습니다. ‘{title}=백만원’처럼 단위를 정해 주십시오."
        )
        return "백만원"


def printing_unit(unit: str) -> str:
    """The unit a card prints in; 만원 and 천만원 are not among them."""
    return unit if unit in PRINTED else {"만원": "천원", "천만원": "백만원"}[unit]


def in_unit(won: int, unit: str) -> str:
    """Won in a table's unit, exact, as an office prints it."""
    value = Decimal(won) / UNITS[unit]
    return f"{value.normalize():,f}".replace("-", "△")


def likely_unit(won: int, unit: str, limit: int) -> str:
    """The largest smaller unit in which the same figure stays within ``limit`` won; "" if there is none."""
    figure = Fraction(won, UNITS[unit])
    smaller = sorted(
        (scale, name) for name, scale in UNITS.items() if scale < UNITS[unit] and name in PRINTED
    )
    return next((name for scale, name in reversed(smaller) if figure * scale <= limit), "")


def label_of_unit(unit: str) -> str:
    return money_unit(unit).label if unit in PRINTED else unit
