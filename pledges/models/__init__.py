"""Pledges: terms, goals, the card's own text, indicators with targets and results, openings, closings."""

from .closings import ClosedCard, ClosedResult, Closing
from .corrections import CorrectionRequest, RequestState, UnlockGrant
from .indicators import (
    Aggregation,
    CountingRule,
    ExecutionOpening,
    Indicator,
    IndicatorOpening,
    Measure,
    Result,
    ResultState,
    Target,
)
from .log import Activity, DocumentNote, Engagement
from .plans import ChangedLine, ChangeKind, PlanChange
from .pledge import Goal, Officer, Pledge, PrintedUnit, Section, SectionKind, SecuredFunds, Status, Term
from .reconcile import ReconcileNote
from .requests import CouncilRequest, RequestStatus, SentFile, Submission

__all__ = [
    "Activity",
    "Aggregation",
    "ChangeKind",
    "ChangedLine",
    "ClosedCard",
    "ClosedResult",
    "Closing",
    "CorrectionRequest",
    "CouncilRequest",
    "CountingRule",
    "DocumentNote",
    "Engagement",
    "ExecutionOpening",
    "Goal",
    "Indicator",
    "IndicatorOpening",
    "Measure",
    "Officer",
    "PlanChange",
    "Pledge",
    "PrintedUnit",
    "ReconcileNote",
    "RequestState",
    "RequestStatus",
    "Result",
    "ResultState",
    "Section",
    "SectionKind",
    "SecuredFunds",
    "SentFile",
    "Status",
    "Submission",
    "Target",
    "Term",
    "UnlockGrant",
]
