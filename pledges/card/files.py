"""The forms a card leaves in, by the name of their format."""

from collections.abc import Callable

from documents.hwpx import page_bytes as hwpx_bytes
from documents.xlsx_page import page_bytes as xlsx_bytes

from .model import Card
from .paper import card_page


def card_xlsx(card: Card) -> bytes:
    """The card as a workbook of one sheet, its sums and rates live."""
    return xlsx_bytes(card_page(card))


def card_hwpx(card: Card) -> bytes:
    """The card as a document of 한글."""
    return hwpx_bytes(card_page(card))


WRITERS: dict[str, Callable[[Card], bytes]] = {"xlsx": card_xlsx, "hwpx": card_hwpx}
