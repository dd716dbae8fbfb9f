"""공약카드: one model that every output reads, so that page, JSON, XLSX, HWPX and print cannot differ.

``build`` makes it from the database as of a day, ``contract`` writes the JSON of the contract, and
``closed`` (pledges.closing) keeps it as it was published.
"""

from .build import build_card, build_cards, printed_execution
from .contract import contract_form
from .model import Card

__all__ = ["Card", "build_card", "build_cards", "contract_form", "printed_execution"]
