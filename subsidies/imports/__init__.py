"""Importing the ledger and the awards: parse (subsidies.columns) → check → save."""

from subsidies.imports.awards import AWARDS
from subsidies.imports.disbursements import DISBURSEMENTS

__all__ = ["AWARDS", "DISBURSEMENTS"]
