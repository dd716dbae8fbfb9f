"""Programmes, ratios and budgets; awards, agreements and contracts; the ledger of money handed out."""

from .contracts import Entrustment, Instalment, RenewalWord, ServiceContract
from .ledger import Disbursement, LedgerKind, Settlement, UpwardReturn
from .programs import Award, Budget, BudgetKind, Program, ProgramGroup, ProgramYear, Receipt, SupportOpening
from .sources import SOURCES, Source

__all__ = [
    "SOURCES",
    "Award",
    "Budget",
    "BudgetKind",
    "Disbursement",
    "Entrustment",
    "Instalment",
    "LedgerKind",
    "Program",
    "ProgramGroup",
    "ProgramYear",
    "Receipt",
    "RenewalWord",
    "ServiceContract",
    "Settlement",
    "Source",
    "SupportOpening",
    "UpwardReturn",
]
