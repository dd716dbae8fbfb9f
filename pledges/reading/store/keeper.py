"""Saving rows with their history, their line of the document, and the database's own rules asked first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.utils import bulk_create_with_history

from pledges.reading.faults import Faults

M = TypeVar("M", bound=models.Model)
REASON_LENGTH = 100


class Keeper:
    """``origin`` says which document; every row keeps it in its history, and in its 출처 where it has one."""

    def __init__(self, origin: str, faults: Faults) -> None:
        self.origin = origin
        self.faults = faults

    def source(self, line: int) -> str:
        return f"{self.origin}, {line}번째 줄" if line else self.origin

    def save(self, row: M, line: int, where: str, also: Iterable[str] = ()) -> M | None:
        """Saves one row; None and an error with its line where a field or a rule refuses it."""
        if not self._passes(row, line, where, also):
            return None
        self._mark(row, line)
        row.save()
        return row

    def save_all(
        self, rows: Sequence[tuple[models.Model, int]], where: str, also: Iterable[str] = ()
    ) -> None:
        """Saves many rows of one table at once, with their history."""
        good = [row for row, line in rows if self._passes(row, line, where, also)]
        for row, line in rows:
            self._mark(row, line)
        if good and len(good) == len(rows):
            bulk_create_with_history(good, type(good[0]))

    def _mark(self, row: Any, line: int) -> None:
        row._change_reason = self.source(line)[:REASON_LENGTH]

    def _passes(self, row: models.Model, line: int, where: str, also: Iterable[str] = ()) -> bool:
        """``also``: fields whose list of choices the document need not keep to."""
        skip = {f.name for f in row._meta.fields if f.is_relation or f.generated} | {"detail", "title"}
        try:
            row.clean_fields(exclude=skip | set(also))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
                self.faults.error(line, f"{where} {label}: {' '.join(messages)}")
            return False
        return self._fits(row, line, where, skip | set(also))

    def _fits(self, row: models.Model, line: int, where: str, unchecked: set[str]) -> bool:
        """The length of texts that ``clean_fields`` was not asked about."""
        for name in unchecked:
            field = next((f for f in row._meta.fields if f.name == name), None)
            longest = getattr(field, "max_length", None)
            value = getattr(row, name, None) if field is not None and not field.is_relation else None
            if longest and isinstance(value, str) and len(value) > longest:
                self.faults.error(
                    line,
                    f"{where} {field.verbose_name}: {len(value)}자입니다. {longest}자 안으로 줄여 주십시오.",  # type: ignore[union-attr]
                )
                return False
        return True


def kept_or_warned(keeper: Keeper, row: models.Model, line: int, where: str, wanted: dict[str, Any]) -> None:
    """What is registered already stays; where the document says otherwise it is named."""
    for name, value in wanted.items():
        now = getattr(row, name)
        if value not in (None, "") and now != value:
            label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            keeper.faults.warn(
                line, f"{where} {label}: 문서 ‘{value}’, 등록된 값 ‘{now}’. 등록된 값을 그대로 두었습니다."
            )
