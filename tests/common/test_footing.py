from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.flow import Arc, Infeasible, circulate
from common.footing import Footed, Node, foot, tree
from common.money import round_to_step

SOURCES = ("국비", "시비", "구비", "기타")
YEARS = (2022, 2023, 2024, 2025, 2026)
ROWS = tree("총계", *SOURCES)
COLS = tree("계", tree("소계", *YEARS), "임기 후")
MILLION = 1_000_000
SEED = {
    ("국비", 2022): 196,
    ("국비", 2023): 358,
    ("국비", 2024): 7,
    ("시비", 2022): 70,
    ("시비", 2023): 99,
    ("시비", 2024): 1,
    ("구비", 2022): 109,
    ("구비", 2023): 253,
    ("구비", 2024): 27,
}


def in_won(table):
    return {cell: value * MILLION for cell, value in table.items()}


def line(footed, row, cols=("계", "소계", *YEARS, "임기 후")):
    return [footed.value(row, col) for col in cols]


def keys(node):
    return [node.key, *(key for child in node.children for key in keys(child))]


def leaves(node):
    return [key for child in node.children for key in leaves(child)] if node.children else [node.key]


def assert_foots(footed: Footed, rows: Node, cols: Node):
    for node, col in product(nodes(rows), keys(cols)):
        if node.children:
            assert footed.value(node.key, col) == sum(footed.value(child.key, col) for child in node.children)
    for row, node in product(keys(rows), nodes(cols)):
        if node.children:
            assert footed.value(row, node.key) == sum(footed.value(row, child.key) for child in node.children)


def nodes(node):
    return [node, *(each for child in node.children for each in nodes(child))]


def deviation(footed: Footed):
    return sum(abs(footed.values[cell] * footed.step - footed.exacts[cell]) for cell in footed.values)


# The office's table


def test_the_seed_is_printed_as_it_is():
    footed = foot(in_won(SEED), ROWS, COLS, MILLION)
    assert line(footed, "총계") == [1120, 1120, 375, 710, 35, 0, 0, 0]
    assert line(footed, "국비") == [561, 561, 196, 358, 7, 0, 0, 0]
    assert line(footed, "시비") == [170, 170, 70, 99, 1, 0, 0, 0]
    assert line(footed, "구비") == [389, 389, 109, 253, 27, 0, 0, 0]
    assert line(footed, "기타") == [0] * 8
    assert footed.adjusted_cells == []


def test_the_worked_payment_foots():
    cells = in_won(SEED)
    for source, won in (("국비", 7_115_250), ("시비", 1_660_225), ("구비", 711_525)):
        cells[source, 2024] += won
    footed = foot(cells, ROWS, COLS, MILLION)
    assert line(footed, "총계") == [1129, 1129, 375, 710, 44, 0, 0, 0]
    assert [footed.value(source, 2024) for source in SOURCES] == [14, 2, 28, 0]
    # 2.66 goes down rather than 27.71: the smaller deviation
    assert footed.adjusted_cells == [("시비", "계"), ("시비", "소계"), ("시비", 2024)]
    assert footed.exact("시비", 2024) == 2_660_225
    assert_foots(footed, ROWS, COLS)


def test_ties_go_to_the_newest_year():
    cells = {("국비", year): 500_000 for year in YEARS[:4]}
    rows, cols = tree("총계", "국비"), tree("계", *YEARS)
    footed = foot(cells, rows, cols, MILLION, newest=YEARS[::-1])
    assert [footed.value("국비", year) for year in YEARS] == [1, 1, 0, 0, 0]
    older = foot(cells, rows, cols, MILLION, newest=YEARS)
    assert [older.value("국비", year) for year in YEARS] == [0, 0, 1, 1, 0]


def test_without_an_order_the_last_column_is_the_newest():
    cells = {("국비", year): 500_000 for year in YEARS[:4]}
    rows, cols = tree("총계", "국비"), tree("계", *YEARS)
    assert foot(cells, rows, cols, MILLION) == foot(cells, rows, cols, MILLION, newest=YEARS[::-1])


def test_then_ties_go_to_the_lowest_row():
    cells = {("국비", 2024): 500_000, ("시비", 2024): 500_000}
    footed = foot(cells, ROWS, COLS, MILLION)
    assert footed.adjusted_cells == [("시비", "계"), ("시비", "소계"), ("시비", 2024)]


def test_minus_values_round_away_from_zero_and_foot():
    cells = {("국비", 2023): -1_500_000, ("구비", 2023): -600_000, ("구비", 2024): 2_400_000}
    footed = foot(cells, ROWS, COLS, MILLION)
    assert footed.value("총계", "계") == 0
    assert footed.value("국비", 2023) in (-2, -1)
    assert_foots(footed, ROWS, COLS)


def test_a_unit_with_decimals_works_by_its_step():
    footed = foot({("국비", 2023): 123_000_000, ("시비", 2023): 123_000_000}, ROWS, COLS, 10_000_000)
    assert footed.value("총계", "계") == 25
    assert sorted(footed.value(source, 2023) for source in ("국비", "시비")) == [12, 13]


def test_won_are_never_changed():
    cells = {("국비", 2023): 123, ("시비", 2026): -7, ("기타", "임기 후"): 10**15}
    footed = foot(cells, ROWS, COLS, 1)
    assert footed.values == footed.exacts
    assert footed.value("총계", "계") == 10**15 + 116


def test_an_empty_table_and_a_table_of_one_cell():
    assert set(foot({}, ROWS, COLS, MILLION).values.values()) == {0}
    assert foot({("합", "합"): 1_500_000}, Node("합"), Node("합"), MILLION).value("합", "합") == 2


def test_a_subtotal_of_a_table_of_one_row_counts_once():
    cells = {("계", "a"): 700, ("계", "b"): 600, ("계", "c"): 200}
    footed = foot(cells, Node("계"), tree("계", tree("소계", "a", "b"), "c"), 1_000)
    assert line(footed, "계", ("계", "소계", "a", "b", "c")) == [2, 2, 1, 1, 0]


@pytest.mark.parametrize(
    ("cells", "rows", "cols", "step"),
    [
        ({("총계", 2022): 1}, ROWS, COLS, 1),
        ({("국비", "소계"): 1}, ROWS, COLS, 1),
        ({("국비", 2030): 1}, ROWS, COLS, 1),
        ({}, tree("계", "국비", "국비"), COLS, 1),
        ({}, ROWS, tree("계", tree("계", 2022)), 1),
        ({}, ROWS, COLS, 0),
    ],
)
def test_tables_that_make_no_sense_are_refused(cells, rows, cols, step):
    with pytest.raises(ValueError):
        foot(cells, rows, cols, step)


def test_a_long_table_is_rounded_as_one():
    """A ledger of some thousand rows foots too, in a moment (with a path for each row it took ten times as long)."""
    cells = {(row, source): 1_400 + 37 * row % 1_000 for row in range(1_500) for source in SOURCES}
    rows = tree("총계", *range(1_500))
    footed = foot(cells, rows, tree("계", *SOURCES), 1_000)
    assert_foots(footed, rows, tree("계", *SOURCES))
    assert footed.value("총계", "계") == round_to_step(sum(cells.values()), 1_000)
    assert all(abs(footed.values[cell] * 1_000 - won) < 1_000 for cell, won in footed.exacts.items())


def test_flows_that_cannot_balance_are_refused():
    with pytest.raises(Infeasible):
        circulate([Arc("a", "b", 1), Arc("b", "a", 3, 0)])


# Any table

FLAT = [tree("총계", *range(n)) for n in (1, 2, 3, 5)] + [Node("총계")]
NESTED = [
    tree("계", "a", "b", "c"),
    tree("계", tree("소계", "a", "b", "c"), "d"),
    tree("계", tree("상", tree("가", "a", "b"), "c"), tree("하", "d", "e")),
    tree("계", tree("소계", "a")),
    Node("계"),
]


@st.composite
def tables(draw, rows=FLAT, cols=NESTED):
    down, across = draw(st.sampled_from(rows)), draw(st.sampled_from(cols))
    won = st.one_of(st.integers(-3_000, 3_000), st.sampled_from([0, 500, -500, 1_000, 1_500, 250]))
    return {cell: draw(won) for cell in product(leaves(down), leaves(across))}, down, across


@settings(deadline=None)
@given(tables(), st.booleans())
def test_every_table_foots_within_floor_and_ceiling(table, turned):
    cells, rows, cols = table
    if turned:
        cells, rows, cols = {(col, row): won for (row, col), won in cells.items()}, cols, rows
    footed = foot(cells, rows, cols, 1_000)
    assert_foots(footed, rows, cols)
    assert footed.value(rows.key, cols.key) == round_to_step(sum(cells.values()), 1_000)
    for cell, exact in footed.exacts.items():
        assert exact // 1_000 <= footed.values[cell] <= -(-exact // 1_000)
    shuffled = dict(sorted(cells.items(), key=lambda item: item[1]))
    assert foot(shuffled, rows, cols, 1_000) == footed


TINY_ROWS = [tree("총계", 1), tree("총계", 1, 2), tree("총계", 1, 2, 3), Node("총계")]
TINY_COLS = [
    tree("계", "a", "b", "c"),
    tree("계", tree("소계", "a", "b"), "c"),
    tree("계", tree("소계", "a")),
]


def brute_force(cells, rows, cols, step):
    """(deviation, adjusted cells by age of column) of the best tables, by trying them all."""
    choices = [sorted({won // step, -(-won // step)}) for won in cells.values()]
    totals = [(row, col) for row in nodes(rows) for col in nodes(cols)]
    parts = {(r.key, c.key): list(product(leaves(r), leaves(c))) for r, c in totals}
    exacts = {cell: sum(cells[leaf] for leaf in leaf_cells) for cell, leaf_cells in parts.items()}
    best = None
    for values in product(*choices):
        tried = dict(zip(cells, values, strict=True))
        table = {cell: sum(tried[leaf] for leaf in leaf_cells) for cell, leaf_cells in parts.items()}
        if table[rows.key, cols.key] != round_to_step(exacts[rows.key, cols.key], step):
            continue
        if any(not exacts[c] // step <= v <= -(-exacts[c] // step) for c, v in table.items()):
            continue
        score = judge(table, exacts, cols, step)
        best = score if best is None else min(best, score)
    return best


def judge(table, exacts, cols, step):
    adjusted = [col for (row, col), v in table.items() if v != round_to_step(exacts[row, col], step)]
    inner = [col for col in keys(cols) if col not in leaves(cols)]
    ages = [sum(col in inner for col in adjusted), *(adjusted.count(col) for col in leaves(cols))]
    return sum(abs(v * step - exacts[c]) for c, v in table.items()), ages


@settings(deadline=None, max_examples=60)
@given(tables(TINY_ROWS, TINY_COLS))
def test_no_other_table_is_better(table):
    cells, rows, cols = table
    footed = foot(cells, rows, cols, 1_000)
    assert judge(footed.values, footed.exacts, cols, 1_000) == brute_force(cells, rows, cols, 1_000)


@settings(deadline=None, max_examples=50)
@given(tables(NESTED, NESTED))
def test_with_both_sides_nested_only_subtotals_of_subtotals_may_stray(table):
    cells, rows, cols = table
    footed = foot(cells, rows, cols, 1_000)
    assert_foots(footed, rows, cols)
    assert footed.value(rows.key, cols.key) == round_to_step(sum(cells.values()), 1_000)
    groups = {node.key for tree_ in (rows, cols) for node in nodes(tree_)[1:] if node.children}
    for (row, col), exact in footed.exacts.items():
        if not (row in groups and col in groups):
            assert exact // 1_000 <= footed.value(row, col) <= -(-exact // 1_000)
