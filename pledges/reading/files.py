"""The text of a card from a file on disk."""

from __future__ import annotations

from pathlib import Path

from documents.reading.card_file import TOO_LARGE, document_text
from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_BYTES


class CardFileError(ValueError):
    """A file that is not read; the message says what to do, in Korean."""


def card_text(name: str, path: Path) -> tuple[str, list[str]]:
    """(the file's text in the form that ``parse.read_card`` reads, warnings). CardFileError with the reason."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(TOO_LARGE)
        return document_text(name, path.read_bytes())
    except OSError as error:
        raise CardFileError(f"{name}: 파일을 열 수 없습니다. 파일 이름을 확인해 주십시오.") from error
    except Unreadable as error:
        raise CardFileError(f"{name}: {error}") from error
