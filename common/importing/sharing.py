"""Equal values as one object: a long file says the same few things in many rows."""

from __future__ import annotations

from typing import Any

# Of more different values than these few come again, and remembering all would cost more than it saves.
MOST = 5_000


class Shared:
    """``shared(value)`` is an equal value that was met before, else ``value``. For values that never change."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, value: Any) -> Any:
        if len(self._known) < MOST:
            return self._known.setdefault(value, value)
        return self._known.get(value, value)
