"""Imports as a whole: read → check → save in one transaction, kept as batches, undone as a whole."""

from accounts.importing.reading import Preview, Source, look
from accounts.importing.saving import NotReady, commit, source_of, take_turn
from accounts.importing.undoing import CannotUndo, undo

__all__ = ["CannotUndo", "NotReady", "Preview", "Source", "commit", "look", "source_of", "take_turn", "undo"]
