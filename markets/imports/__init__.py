"""Importing market days and who took part: parse (markets.columns) → check → save."""

from markets.imports.days import DAYS
from markets.imports.participations import PARTICIPATIONS

__all__ = ["DAYS", "PARTICIPATIONS"]
