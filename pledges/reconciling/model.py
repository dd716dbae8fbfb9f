"""What the reconciliation says: a finding with both figures, the gap, and where to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from common.fields import plain
from common.money import NONE, signed
from pledges.models import ReconcileNote

Value = Decimal | int | str | None


class Severity(StrEnum):
    """중대 must be fixed or explained before a quarter is closed; 주의 should be looked at; 참고 is for knowing."""

    SERIOUS = "중대"
    WARNING = "주의"
    NOTE = "참고"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Amount:
    """One of the two figures: its name, its value (words where it is none) and unit. Money is in won."""

    label: str
    value: Value
    unit: str = "원"

    @property
    def text(self) -> str:
        """``120,550,000원``; words stand without a unit, nothing is ``-``."""
        return in_unit(self.value, self.unit)


def in_unit(value: Value, unit: str) -> str:
    if value is None or value == "":
        return NONE
    if isinstance(value, str):
        return value
    return f"{signed(value) if isinstance(value, int) else plain(value)}{unit}"


@dataclass(frozen=True)
class Finding:
    """Something that does not add up.

    code: the check. key: stays the same while the finding stands, so that its explanation stays with it.
    where: the table or row, in Korean. what: what is wrong. todo: how to put it right, at ``link``.
    """

    code: str
    key: str
    severity: Severity
    where: str
    what: str
    left: Amount
    right: Amount
    todo: str
    link: str

    @property
    def gap(self) -> Decimal | int | None:
        """left − right, where both are figures of one unit."""
        left, right = self.left.value, self.right.value
        if isinstance(left, Decimal | int) and isinstance(right, Decimal | int) and self._one_unit:
            return left - right
        return None

    @property
    def _one_unit(self) -> bool:
        return self.left.unit == self.right.unit

    @property
    def gap_text(self) -> str:
        return in_unit(self.gap, self.left.unit)

    @property
    def difference(self) -> str:
        """What an explanation explains: the gap; where there is none, both figures, cut to what a note keeps."""
        words = self.gap_text if self.gap is not None else f"{self.left.text} / {self.right.text}"
        return words[: ReconcileNote.GAP_LENGTH]


@dataclass(frozen=True)
class Line:
    """A finding with its explanation, if it has one."""

    finding: Finding
    note: ReconcileNote | None = None

    @property
    def is_explained(self) -> bool:
        """Explained, and the difference is still the one that was explained."""
        if self.note is None:
            return False
        # Notes of findings without a gap once kept nothing of the figures.
        kept_none = self.note.gap == NONE and self.finding.gap is None
        return kept_none or self.note.gap == self.finding.difference

    @property
    def is_outdated(self) -> bool:
        """Explained once, but the difference is another by now."""
        return self.note is not None and not self.is_explained

    @property
    def blocks(self) -> bool:
        """Keeps a quarter from being closed without a word."""
        return self.finding.severity is Severity.SERIOUS and not self.is_explained
