"""How documents leave: one declared table or page, written as XLSX, CSV or HWPX.

Knows no app's model. Declare the columns once (``documents.table``), hand the rows in, choose the form::

    from documents.cells import DATE, WON
    from documents.responses import xlsx_response
    from documents.table import Column, Table

    LEDGER = [
        Column("교부일", "paid_on", DATE),
        Column("수령자", "recipient"),
        Column("금액", "amount", WON, parts=("국비", "시비", "구비"), sums=True),
        Column("국비", "national", WON, sums=True), ...
    ]
    return xlsx_response(Table("보조금 교부 내역", LEDGER, rows.iterator(), unit="원"), "보조금 교부 내역")
"""
