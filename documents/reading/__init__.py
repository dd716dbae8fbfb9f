"""How spreadsheets are read: safety first, then sheets of cells, then tables with known columns. No app's model."""

from documents.reading.book import Book, Sheet, open_book, paste
from documents.reading.errors import Unreadable
from documents.reading.table import Layouts, Table
from documents.reading.tables import Found, find_tables

__all__ = ["Book", "Found", "Layouts", "Sheet", "Table", "Unreadable", "find_tables", "open_book", "paste"]
