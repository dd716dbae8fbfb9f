from __future__ import annotations

from lxml import html

from documents.cells import WON, Cell
from documents.grid import Grid
from documents.html import grid_html, table_html
from documents.table import Column, Table


def test_merged_cells_borders_and_alignment_travel_with_the_cells() -> None:
    grid = Grid(
        [
            [Cell("구 분", head=True, rows=2), Cell("재원", head=True, cols=2)],
            [Cell("국비", head=True), Cell("구비", head=True)],
            [Cell("<b>가\n나"), Cell(-1200, WON), Cell(None, WON)],
        ],
        (1, 1, 1),
        head=2,
    )
    table = html.fromstring(grid_html(grid))
    heads = table.xpath("//th")
    assert [(th.text, th.get("rowspan"), th.get("colspan")) for th in heads[:2]] == [
        ("구 분", "2", None),
        ("재원", None, "2"),
    ]
    cells = table.xpath("//td")
    assert [td.text_content() for td in cells] == ["<b>가나", "△1,200", "-"]
    assert cells[0].find("br") is not None
    assert "text-align:right" in cells[1].get("style")
    assert all("border:1px solid" in cell.get("style") for cell in [*heads, *cells])


def test_a_declared_table() -> None:
    made = Table("내역", [Column("금액", "won", WON, sums=True)], [{"won": 5}], unit="원", notes=["<끝>"])
    text = table_html(made)
    assert "(단위: 원)" in text
    assert "※ &lt;끝&gt;" in text
    assert [td.text for td in html.fromstring(text).xpath("//td")] == ["계", "5", "1", "5"]


def test_nothing_to_show() -> None:
    assert "해당 없음" in table_html(Table("내역", [Column("금액", "won")], []))
