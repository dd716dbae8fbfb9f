"""Storing what a card says: one transaction, every row with its history and the line it came from."""

from .pledge import store

__all__ = ["store"]
