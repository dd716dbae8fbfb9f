"""Readers of cells, one for each kind of column. All refuse with NotationError: what was seen, the rule, the remedy.

A cell is what Excel holds (text, number, day, truth) or what was typed into the preview (text).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from common.names import business_number
from common.notation import (
    NotationError,
    Period,
    read_date,
    read_days,
    read_money,
    read_number,
    read_period,
    read_quarter,
)

Cell = Any
# Excel counts days from 1899-12-30; these stand for 1954 to 2119 and are no year, month or money that a date column
# could hold.
EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
BLANKS = frozenset(
    {
        *("", "-", "--", "–", "—", "ㅡ", "−", "―", "·", "*", "**", "***", "n/a", "N/A", "nan", "null"),
        *(
            "없음",
            "해당없음",
            "해당 없음",
            "해당사항없음",
            "해당사항 없음",
            "미상",
            "미등록",
            "미기재",
            "비공개",
        ),
    }
)
REFER = "값을 확인하여 고쳐 주십시오."


class Broken(str):
    """What a cell holds instead of a value: an error of Excel's, or a formula that was saved without its value.

    A text that merely begins with = is a ``str``.
    """


def is_blank(cell: Cell) -> bool:
    """Nothing, blanks only, or a sign that officials write for nothing (-, 없음)."""
    if cell is None or cell == "":
        return True
    return isinstance(cell, str) and (len(cell) < 10 or cell.isspace()) and one_line(cell) in BLANKS


def as_text(cell: Cell) -> str:
    """The cell as one would read it: whole numbers without .0, days as 2024-01-02."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(" ")
        )
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def one_line(cell: Cell) -> str:
    """Text with line breaks, odd spaces and full-width forms of Latin letters and digits made plain."""
    text = as_text(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace(" ", " ").replace("　", " ").replace("​", ""))
    return " ".join(text.split())


def text(longest: int) -> Callable[[Cell, str], str]:
    """One line of at most ``longest`` characters; errors and formulas of Excel are refused."""

    def read(cell: Cell, unit: str) -> str:
        line = one_line(cell)
        if isinstance(cell, Broken) or line.upper() in ERRORS:
            raise _broken(line)
        if len(line) > longest:
            raise NotationError(
                line, f"글자가 너무 많습니다({len(line)}자).", f"{longest}자 안으로 줄여 주십시오."
            )
        return line

    return read


def name(longest: int) -> Callable[[Cell, str], str]:
    """A line of text without the marks of footnotes around it (㈜나무*, ※나무)."""
    line = text(longest)

    def read(cell: Cell, unit: str) -> str:
        found = line(cell, unit)
        return found.strip(" *※†‡") or found

    return read


def _broken(line: str) -> NotationError:
    if line.startswith("="):
        remedy = "엑셀에서 ‘값 붙여넣기’를 한 뒤 다시 가져와 주십시오."
        return NotationError(line, "값이 아니라 수식입니다.", remedy)
    return NotationError(line, "엑셀의 오류 값입니다.", "엑셀에서 수식을 고친 뒤 다시 가져와 주십시오.")


def money(cell: Cell, unit: str) -> int | None:
    """Won. A number in the cell is in the table's unit; a text is read as officials write money."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 and (not unit or unit == "원"):
        return int(cell)
    if isinstance(cell, bool | date | timedelta):
        raise NotationError(as_text(cell), "금액이 아닙니다.", REFER)
    return read_money(_number_text(cell), unit=unit or None)


def _number_text(cell: Cell) -> str:
    """A float as digits: Excel's own 15, without exponent."""
    if isinstance(cell, float) and not cell.is_integer():
        return format(Decimal(format(cell, ".15g")), "f")
    return as_text(cell)


def day(cell: Cell, unit: str) -> date:
    """One day: a date of Excel, its serial number, or a date as officials write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    found = str(cell).strip()
    if len(found) == 5 and found.isdigit():
        return _serial(int(found))
    return read_date(found)


def _serial(number: float) -> date:
    whole = int(number)
    if whole in SERIALS:
        return EPOCH + timedelta(days=whole)
    return read_date(as_text(float(number)))


def day_or_period(cell: Cell, unit: str) -> date | Period:
    """A day; or, where a list puts 2023. 10. 18.~2026. 10. 17. under 지정일, the whole range."""
    try:
        return day(cell, unit)
    except NotationError:
        try:
            found = period(cell, unit)
        except NotationError:
            found = None
        if found is None or found.end == found.start:
            raise
        return found


def phone(longest: int) -> Callable[[Cell, str], str]:
    """A line of text; nine or ten digits get back the zero that Excel took from them."""
    line = text(longest)

    def read(cell: Cell, unit: str) -> str:
        found = line(cell, unit)
        return f"0{found}" if re.fullmatch(r"(?:2\d{8}|[3-6]\d{8,9}|70\d{8})", found) else found

    return read


def days(cell: Cell, unit: str) -> list[date]:
    """The days that a cell names: one, a list or a range."""
    if isinstance(cell, str) and not (len(cell.strip()) == 5 and cell.strip().isdigit()):
        return read_days(cell)
    return [day(cell, unit)]


def period(cell: Cell, unit: str) -> Period:
    """A day or a range (유효기간)."""
    if not isinstance(cell, str):
        only = day(cell, unit)
        return Period(only, only)
    return read_period(cell)


def whole(*units: str, least: int = 0, most: int = 10**9) -> Callable[[Cell, str], int]:
    """A whole number from ``least`` through ``most``; one of ``units`` may stand behind it (3명)."""

    def read(cell: Cell, unit: str) -> int:
        value = _decimal(cell, units)
        if value != value.to_integral_value() or not least <= value <= most:
            raise NotationError(
                as_text(cell), f"{least}부터 {most:,}까지의 정수가 아닙니다.", "정수로 적어 주십시오."
            )
        return int(value)

    return read


def number(*units: str) -> Callable[[Cell, str], Decimal]:
    """A number with decimals; one of ``units`` may stand behind it."""

    def read(cell: Cell, unit: str) -> Decimal:
        return _decimal(cell, units)

    return read


def _decimal(cell: Cell, units: Collection[str]) -> Decimal:
    if isinstance(cell, bool | date | timedelta):
        raise NotationError(as_text(cell), "숫자가 아닙니다.", REFER)
    if isinstance(cell, int | float):
        return Decimal(format(cell, ".15g"))
    return read_number(cell, units=units)


def year(cell: Cell, unit: str) -> int:
    """A calendar or fiscal year: 2024, 2024년, 2024년도, ’24, FY2024; a day gives its year."""
    if isinstance(cell, date):
        return cell.year
    found = re.fullmatch(
        r"(?:FY)?['’‘]?(\d{2}|\d{4})\.?(?:년|년도|회계연도|학년도)?", one_line(cell).replace(" ", "")
    )
    value = int(found[1]) if found else 0
    value += 2000 if found and len(found[1]) == 2 else 0
    if not 1950 <= value <= 2100:
        raise NotationError(as_text(cell), "연도가 아닙니다.", "2024처럼 네 자리로 적어 주십시오.")
    return value


def quarter(cell: Cell, unit: str) -> int:
    """1 to 4: 1, 1분기, 1/4. A date that Excel made of 1/4 is read back."""
    if isinstance(cell, date):
        if cell.day == 4 and cell.month <= 4:
            return cell.month
        raise NotationError(as_text(cell), "분기가 아닙니다.", "1~4로 적어 주십시오.")
    return read_quarter(as_text(cell))


def numbering(cell: Cell, unit: str) -> str:
    """A number like 1-3 or 가-1, of which Excel may have made the third of January."""
    return f"{cell.month}-{cell.day}" if isinstance(cell, date) else text(20)(cell, unit)


def firm_number(cell: Cell, unit: str) -> str:
    """The ten digits of a 사업자등록번호; the check digit is looked at elsewhere."""
    seen = as_text(cell)
    if seen.isdigit() and len(seen) == 9 and not isinstance(cell, str):
        raise NotationError(
            seen,
            "사업자등록번호가 9자리입니다(앞의 0이 지워진 듯합니다).",
            "셀 서식을 ‘텍스트’로 하고 앞의 0을 적어 주십시오.",
        )
    try:
        digits = business_number(seen)
        # 000-00-00000 stands for none.
        return "" if digits == "0" * 10 else digits
    except ValueError:
        raise NotationError(
            seen, "사업자등록번호는 숫자 10자리입니다.", "000-00-00000처럼 적거나, 모르면 비워 주십시오."
        ) from None


def choice(values: Mapping[str, str], what: str) -> Callable[[Cell, str], str]:
    """One of ``values`` (as written without spaces → stored); more may stand behind it (대면 행사)."""

    def read(cell: Cell, unit: str) -> str:
        written = re.sub(r"\s", "", one_line(cell))
        written = next((known for known in values if written.startswith(known)), written)
        if written not in values:
            raise NotationError(
                as_text(cell), f"모르는 {what}입니다.", f"{'·'.join(values)} 가운데 하나로 적어 주십시오."
            )
        return values[written]

    return read
