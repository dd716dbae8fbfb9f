"""The text of a card from a file: plain text, our XLSX, or a HWPX; whatever else comes is refused with the remedy."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 50 * 1024 * 1024


class CardFileError(ValueError):
    """A file that is not read; the message says what to do, in Korean."""


def card_text(name: str, path: Path) -> str:
    """The file's text in the form that ``parse.read_card`` reads. CardFileError for what cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CardFileError(f"‘{name}’을(를) 열 수 없습니다. 파일 이름을 확인해 주십시오.") from error
    return content.decode("utf-8")
