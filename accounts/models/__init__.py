"""Users with one role each, departments, the office's own words, and the access log."""

from .deadlines import DeadlineRule
from .imports import BatchState, ColumnMapping, ImportBatch, ImportFile, ImportTurn
from .office import Department, Office
from .users import AccessLog, Role, User

__all__ = [
    "AccessLog",
    "BatchState",
    "ColumnMapping",
    "DeadlineRule",
    "Department",
    "ImportBatch",
    "ImportFile",
    "ImportTurn",
    "Office",
    "Role",
    "User",
]
