"""The council's reports (의회 요구자료·업무보고): tables as data, one module a report, printed from one model."""

from __future__ import annotations

from pledges.reports import (
    budgets,
    committees,
    disbursements,
    enterprises,
    entrustments,
    history,
    manifesto,
    markets,
    overview,
    settlements,
    spaces,
)
from pledges.reports.model import Question, Report, ReportFilters

REPORTS: dict[str, Report] = {
    report.slug: report
    for report in (
        overview.REPORT,
        manifesto.REPORT,
        disbursements.REPORT,
        budgets.REPORT,
        enterprises.REPORT,
        history.REPORT,
        markets.REPORT,
        entrustments.REPORT,
        committees.REPORT,
        spaces.REPORT,
        settlements.REPORT,
    )
}

__all__ = ["REPORTS", "Question", "Report", "ReportFilters"]
