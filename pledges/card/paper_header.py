"""The card's head: every checkbox of the office's form, ticked or not, 총사업비, 사업담당."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from documents.cells import Cell, adjusted_note
from documents.grid import Grid
from documents.page import Text
from pledges.card.model import Card, MoneyRow, OfficerPart
from pledges.card.paper_words import adjusted_cells, center, head, money, summed, text

SOURCES = {"national": "국비", "city": "시비", "district": "구비", "other": "기타"}
# 보류 and 폐기 stand on the form only where they are ticked (DOMAIN §8).
STATUSES = ("완료", "이행 후 지속추진", "정상추진", "일부추진")


def boxes(options: Sequence[str], ticked: Collection[str]) -> str:
    """``☐ 신규 ☑ 계속``; what is ticked and not among the options stands after them."""
    all_options = [*options, *(word for word in ticked if word and word not in options)]
    return " ".join(f"{'☑' if option in ticked else '☐'} {option}" for option in all_options)


def header_table(card: Card) -> Grid:
    """Eight columns; label columns 1, 3 and 7 as on the form."""
    top = card.header
    rows = [
        [
            head("사업성격"),
            center(boxes(("신규", "계속"), (top.nature,))),
            head("완료시기"),
            center(boxes(("임기 내", "임기 후"), (top.completion,)), cols=3),
            head("사업기간"),
            center(top.period),
        ],
        [
            head("중앙정부 도움필요성"),
            center(_help(card), cols=5),
            head("사업주체"),
            center(boxes(("국가", "서울시", "자치구"), (top.host,))),
        ],
        *_costs(card),
        [head("사업담당"), text(officers_line(card.officers), cols=7)],
    ]
    return Grid(rows, (10, 14, 8, 8, 8, 8, 9, 27), head=0)


def _help(card: Card) -> str:
    top = card.header
    kinds = boxes(("제도", "재정", "권한"), top.help_kinds)
    answer = "도움필요" if top.help_needed else "해당없음"
    return f"{boxes(('해당없음', '도움필요'), (answer,))} ({kinds})"


def _costs(card: Card) -> list[list[Cell]]:
    amounts = [row for row in (("총사업비", card.cost), ("확보액", card.secured)) if row[1] is not None]
    label = f"총사업비\n({card.cost.unit})"
    status = status_boxes(card.header.status)
    deep = len(amounts) + 1
    names = [head(words) for words in ("계", *SOURCES.values())]
    if len(amounts) == 1:
        return [
            [head(label, rows=2), *names, head("추진상황", rows=2), text(status, rows=2)],
            _amounts("cost", card.cost),
        ]
    first = [head(f"구 분\n({card.cost.unit})"), *names, head("추진상황", rows=deep), text(status, rows=deep)]
    return [first, *([head(words), *_amounts(words, row)] for words, row in amounts if row is not None)]


def _amounts(name: str, row: MoneyRow) -> list[Cell]:
    values = {source: getattr(row, source) for source in SOURCES}
    shape = money([row.total, *values.values()])
    parts = {(name, source): value for source, value in values.items()}
    return [
        summed(row.total, shape, parts, (name, "total")),
        *(
            Cell(value, shape, key=(name, source), note=_note(row, source))
            for source, value in values.items()
        ),
    ]


def adjusted_costs(card: Card) -> Iterator[Text]:
    """What was adjusted in 총사업비 and 확보액."""
    for name, row in (("총사업비", card.cost), ("확보액", card.secured)):
        exact = row.exact if row else {}
        yield from adjusted_cells({f"{name} {SOURCES[source]}": won for source, won in exact.items()})


def _note(row: MoneyRow, source: str) -> str:
    return adjusted_note(row.exact[source]) if source in row.exact else ""


def status_boxes(status: str) -> str:
    """추진상황, two boxes on a line as on the form; a state that the form has no box for comes last."""
    options = [*STATUSES, *([status] if status and status not in STATUSES else [])]
    return "\n".join(
        boxes(options[at : at + 2], {status} & set(options[at : at + 2])) for at in range(0, len(options), 2)
    )


def officers_line(officers: Sequence[OfficerPart]) -> str:
    """``팀장: 박○○(☎5751) 담당: 이○○(☎5753), 김○○(☎5754)``: a role once for those who share it."""
    return " ".join(
        f"{role}: " + ", ".join(f"{o.name}(☎{o.phone})" if o.phone else o.name for o in members)
        for role, members in groupby(officers, lambda officer: officer.role)
    )
