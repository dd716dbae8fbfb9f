"""Every kind of rows that can be imported, by its name."""

from common.importing import Kind
from enterprises.imports import KIND as ENTERPRISES
from markets.imports import DAYS, PARTICIPATIONS
from pledges.imports import RESULTS
from subsidies.imports import AWARDS, DISBURSEMENTS

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (ENTERPRISES, AWARDS, DISBURSEMENTS, DAYS, PARTICIPATIONS, RESULTS)
}

# Where each kind's register is downloaded as the sheet that imports unchanged.
DOWNLOADS = {
    "enterprises": "enterprises:export_xlsx",
    "awards": "subsidies:award_xlsx",
    "disbursements": "subsidies:disbursement_xlsx",
    "market-days": "markets:days_file",
    "participations": "markets:participations_file",
    "results": "pledges:results_xlsx",
}

__all__ = ["DOWNLOADS", "KINDS"]
