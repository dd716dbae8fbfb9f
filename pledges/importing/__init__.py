"""Every kind of rows that can be imported, by its name."""

from common.importing import Kind
from enterprises.imports import KIND as ENTERPRISES
from subsidies.imports import DISBURSEMENTS

KINDS: dict[str, Kind] = {kind.code: kind for kind in (ENTERPRISES, DISBURSEMENTS)}

__all__ = ["KINDS"]
