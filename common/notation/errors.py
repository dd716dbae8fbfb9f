"""How the readers say no: what was seen, why it is refused, what to do."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SEEN_LENGTH = 60


class NotationError(ValueError):
    """A text that is not read: `seen` (shortened), `reason` and `remedy`, all in Korean, for the officer."""

    def __init__(self, seen: str, reason: str, remedy: str) -> None:
        # The three arguments stay in `args`, so that the error survives pickling (pytest-xdist, workers).
        super().__init__(shorten(seen), reason, remedy)
        self.seen, self.reason, self.remedy = self.args

    def __str__(self) -> str:
        return f"‘{self.seen}’: {self.reason} {self.remedy}"


class Refused(Exception):
    """Raised inside the package, where only a fragment is at hand; readers turn it into NotationError."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
        self.reason, self.remedy = reason, remedy


def explained(reader: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """Make a reader's refusals NotationErrors which show the whole text that was given."""

    @wraps(reader)
    def wrapper(text: str, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return reader(text, *args, **kwargs)
        except Refused as refusal:
            raise NotationError(text, refusal.reason, refusal.remedy) from None

    return wrapper


def shorten(text: str) -> str:
    """The text on one line, cut at SEEN_LENGTH characters."""
    line = " ".join(text[: SEEN_LENGTH * 4].split())
    return line if len(line) <= SEEN_LENGTH else line[: SEEN_LENGTH - 1] + "…"
