"""Users with one role each, departments, the office's own words, and the access log."""

from .deadlines import DeadlineRule
from .office import Department, Office
from .users import AccessLog, Role, User

__all__ = ["AccessLog", "DeadlineRule", "Department", "Office", "Role", "User"]
