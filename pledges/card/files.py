"""The forms a card leaves in, by the name of their format."""

from collections.abc import Callable

from .model import Card

WRITERS: dict[str, Callable[[Card], bytes]] = {}
