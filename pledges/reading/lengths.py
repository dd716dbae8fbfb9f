"""Texts that are longer than the card has room for: they stay with the pledge as unplaced text, told by a warning."""

from __future__ import annotations

from typing import Any

from django.db import models

from pledges.models import Activity, Indicator, Officer, Pledge

from .reading import Reading

LONGEST_TITLE = Activity._meta.get_field("title").max_length or 120


def fit(reading: Reading) -> None:
    """Header, indicators and officers; the log moves a long title into its detail. Names stay: a pledge needs them."""
    card = reading.card
    for name in ("nature", "completion", "period", "host", "summary"):
        _fit(reading, card.header, name, Pledge, card.title_line)
    for indicator in card.indicators:
        for name in ("plan", "unit", "note"):
            _fit(reading, indicator, name, Indicator, indicator.line)
    for officer in card.officers:
        for name in ("role", "phone"):
            _fit(reading, officer, name, Officer, officer.line)
    for row in card.log:
        if len(row.title) > LONGEST_TITLE:
            row.title, row.detail = "", f"{row.title} {row.detail}".strip()


def _fit(reading: Reading, read: Any, name: str, model: type[models.Model], line: int) -> None:
    field, text = model._meta.get_field(name), getattr(read, name)
    longest = getattr(field, "max_length", None)
    if longest and len(text) > longest:
        label = getattr(field, "verbose_name", name)
        reading.faults.warn(
            line, f"{label}: {len(text)}자로 {longest}자를 넘어 카드에 넣지 않고 자리 없는 글로 남겼습니다."
        )
        reading.faults.leave(line, f"{label}: {text}")
        setattr(read, name, "")
