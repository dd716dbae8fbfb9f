"""The clock, read by views and commands only: everything below takes the day as an argument."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in Seoul, or the day that settings.PINNED_TODAY names (tests)."""
    return settings.PINNED_TODAY or timezone.localdate()


def now() -> datetime:
    """The moment, with time zone: for marks of entry such as `voided_at`, never for figures."""
    return timezone.now()
