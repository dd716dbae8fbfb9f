from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Due:
    """Something that falls due: its day, what, by which rule, and where to deal with it. Sorts by day."""

    on: date
    title: str
    rule: str
    url: str
