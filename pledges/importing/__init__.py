"""Every kind of rows that can be imported, by its name."""

from common.importing import Kind
from enterprises.imports import KIND as ENTERPRISES
from markets.imports import DAYS, PARTICIPATIONS
from pledges.imports import RESULTS
from subsidies.imports import AWARDS, DISBURSEMENTS

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (ENTERPRISES, AWARDS, DISBURSEMENTS, DAYS, PARTICIPATIONS, RESULTS)
}

__all__ = ["KINDS"]
