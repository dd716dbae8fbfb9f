"""Importing the ledger and the awards: parse (subsidies.columns) → check → save."""

from subsidies.imports.disbursements import DISBURSEMENTS

__all__ = ["DISBURSEMENTS"]
