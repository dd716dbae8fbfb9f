"""Cards in bulk: one workbook with a summary first, or a zip of documents; made card by card, so that it can be told.

Cards are computed a few at a time: memory does not grow with the term, and the first is ready at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from common.money import MILLION
from documents.responses import file_name
from documents.xlsx import add_table
from documents.xlsx_book import Book
from documents.xlsx_page import add_page
from pledges.card import Card, build_cards
from pledges.card.files import card_hwpx
from pledges.card.paper import card_page
from pledges.models import Pledge, Term
from pledges.reports import overview
from pledges.reports.model import Question
from pledges.reports.money import with_adjustments

AT_ONCE = 5
# What the whole is packed in, by the format of the cards.
PACKED = {"xlsx": "xlsx", "hwpx": "zip"}


@dataclass(frozen=True)
class Made:
    """``done`` cards of ``total`` are made, the last is ``name``'s; ``content`` is the file once all are."""

    done: int
    total: int
    name: str
    content: bytes = b""


def bulk(form: str, term: Term, pledges: Sequence[Pledge], as_of: date) -> Iterator[Made]:
    """The cards of ``pledges`` (one term's) as ``xlsx`` or ``hwpx``; the last that comes has the file."""
    makers = {"xlsx": workbook, "hwpx": documents}
    return makers[form](term, pledges, as_of)


def cards_of(pledges: Sequence[Pledge], as_of: date) -> Iterator[Card]:
    for first in range(0, len(pledges), AT_ONCE):
        yield from build_cards(pledges[first : first + AT_ONCE], as_of)


def workbook(term: Term, pledges: Sequence[Pledge], as_of: date) -> Iterator[Made]:
    """One workbook: 공약 총괄표, then a sheet for each card."""
    book, target, name = Book(), BytesIO(), ""
    question = Question(term.starts_on, as_of, MILLION, {"term": term})
    add_table(book, with_adjustments(overview.summary_table(question, term, pledges)))
    for done, card in enumerate(cards_of(pledges, as_of), start=1):
        name = title_of(card)
        add_page(book, replace(card_page(card), title=name))
        yield Made(done, len(pledges), name)
    book.save(target)
    yield Made(len(pledges), len(pledges), name, target.getvalue())


def documents(term: Term, pledges: Sequence[Pledge], as_of: date) -> Iterator[Made]:
    """A zip with a document of 한글 for each card."""
    target, name = BytesIO(), ""
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for done, card in enumerate(cards_of(pledges, as_of), start=1):
            name = title_of(card)
            package.writestr(f"{done:02d} {file_name(name)}.hwpx", card_hwpx(card))
            yield Made(done, len(pledges), name)
    yield Made(len(pledges), len(pledges), name, target.getvalue())


def title_of(card: Card) -> str:
    return f"{card.header.number} {card.header.title}"
