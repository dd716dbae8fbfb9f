from __future__ import annotations

from django.db import models


class Source(models.TextChoices):
    """재원: where money comes from."""

    NATIONAL = "national", "국비"
    CITY = "city", "시비"
    DISTRICT = "district", "구비"
    OTHER = "other", "기타"


SOURCES: tuple[str, ...] = tuple(Source.values)
