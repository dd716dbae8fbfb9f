from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from documents.csvfile import csv_bytes, guarded, unguarded
from documents.responses import csv_response, file_name, file_response, xlsx_response
from documents.table import Column, Table

COLUMNS = [Column("날", "day"), Column("수", "n"), Column("말", "word"), Column("계", "none", group="묶음")]
ROW = {"day": date(2024, 3, 31), "n": Decimal("-1.50"), "word": '=1+1, "가"\n나', "none": None}


def test_excel_reads_it_as_korean_and_runs_nothing() -> None:
    content = csv_bytes(Table("표", COLUMNS, [ROW], numbered=False))
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert head == ["날", "수", "말", "묶음/계"]
    assert row == ["2024-03-31", "-1.50", '\'=1+1, "가"\n나', ""]


@given(st.text() | st.text("'=-@"))
def test_guarded_text_is_harmless_and_can_be_had_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_downloads_have_korean_names() -> None:
    table = Table("표", COLUMNS, [ROW])
    for response in (csv_response(table, "교부 내역"), xlsx_response([table, table], "교부 내역")):
        assert "filename*=utf-8''%EA%B5%90%EB%B6%80%20" in response["Content-Disposition"]
        assert b"".join(response.streaming_content)
    assert file_response(b"x", "a/b", "hwpx")["Content-Disposition"] == 'attachment; filename="a b.hwpx"'
    assert file_name('..\\a:"b"') == "a b"
