"""How large a file may be. Far above any list that an office keeps, far below what would stop the server."""

MOST_BYTES = 30 * 1024 * 1024
# A web page is read by a slower reader.
MOST_WEB_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 60
MOST_ROWS = 300_000
MOST_COLUMNS = 200
# Cells of the rectangle around all values: it is held in memory.
MOST_CELLS = 6_000_000
MOST_ROW_BYTES = 4 * 1024 * 1024
MOST_CELL_TEXT = 32_767
