from datetime import date

import pytest

from common.voiding import void
from subsidies.models import Program, SupportOpening
from subsidies.support import support_table
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
SEED_DAY = date(2024, 3, 31)


@pytest.fixture
def programs():
    """The three lines of the seed card's 지원현황."""
    jobs = make.program("일자리창출사업", position=1)
    experts = make.program("전문인력지원", position=2)
    development = make.program("사업개발비", position=3, counts_people=False)
    make.year(jobs)
    make.year(experts)
    make.year(development, ratio="0:0:100", planned_amount=80_000_000, planned_note="지원예정 미정")
    make.opening(jobs, 2024, SEED_DAY, 2, 3, 3_709_000)
    make.opening(experts, 2024, SEED_DAY, 4, 4, 5_778_000)
    return list(Program.objects.order_by("position"))


def figures(cell):
    return cell.ratio, cell.enterprises, cell.headcount, cell.amount, cell.planned_amount, cell.note


def test_the_seed_card(programs):
    (row,) = support_table(programs, range(2022, 2027), SEED_DAY)
    assert row.year == 2024
    assert [figures(cell) for cell in row.cells] == [
        ("75:17.5:7.5", 2, 3, 3_709_000, None, ""),
        ("75:17.5:7.5", 4, 4, 5_778_000, None, ""),
        ("전액 구비", None, None, None, 80_000_000, "지원예정 미정"),
    ]
    assert (row.enterprises, row.headcount, row.amount) == (6, 7, 9_487_000)
    assert row.distinct is None


def test_a_later_award_adds_and_an_earlier_one_itemises(programs):
    known, new = make.enterprise(), make.enterprise()
    make.award(programs[0], known, 1_000_000, decided_on=date(2024, 2, 1), headcount=1)
    make.award(programs[0], new, 2_000_000, decided_on=date(2024, 4, 25), headcount=2)
    (row,) = support_table(programs, range(2022, 2027), date(2024, 6, 30))
    cell = row.cells[0]
    assert (cell.enterprises, cell.headcount, cell.amount) == (3, 5, 5_709_000)
    assert (cell.itemised, cell.unitemised) == (1, 1)


def test_a_firm_of_the_opening_awarded_again_is_not_a_new_firm(programs):
    firm = make.enterprise()
    make.award(programs[0], firm, decided_on=date(2024, 2, 1))
    make.award(programs[0], firm, 500_000, decided_on=date(2024, 5, 1))
    (row,) = support_table(programs, [2024], date(2024, 6, 30))
    assert (row.cells[0].enterprises, row.cells[0].amount) == (2, 4_209_000)


def test_an_award_does_not_count_before_its_day(programs):
    make.award(programs[0], make.enterprise(), decided_on=date(2024, 4, 25))
    (row,) = support_table(programs, [2024], date(2024, 4, 24))
    assert row.cells[0].enterprises == 2


def test_before_the_opening_of_a_begun_year_nothing_is_known(programs):
    (row,) = support_table(programs, range(2022, 2027), date(2024, 3, 30))
    assert row.cells[0].unknown
    assert (row.cells[0].enterprises, row.enterprises, row.amount) == (None, None, None)
    assert row.cells[2].planned_amount == 80_000_000


def test_years_to_come_and_empty_years_are_absent(programs):
    assert support_table(programs, range(2022, 2027), date(2023, 12, 31)) == []


def test_a_year_that_had_ended_is_known_from_a_later_opening(programs):
    make.opening(programs[0], 2022, SEED_DAY, 9, None, 44_600_000)
    (row,) = support_table(programs, range(2022, 2024), date(2023, 6, 30))
    assert (row.cells[0].enterprises, row.cells[0].headcount) == (9, None)


def test_awards_alone_make_a_year_and_an_undated_one_counts(programs):
    make.award(programs[0], make.enterprise(), 700_000, year=2023, decided_on=None, headcount=1)
    (row,) = support_table(programs, [2023], SEED_DAY)
    assert (row.enterprises, row.headcount, row.amount, row.distinct) == (1, 1, 700_000, 1)


def test_totals_repeat_a_firm_per_programme_and_distinct_counts_it_once(programs):
    firm = make.enterprise()
    for program in programs[:2]:
        make.award(program, firm, year=2025, decided_on=date(2025, 2, 1))
    (row,) = support_table(programs, [2025], date(2025, 3, 1))
    assert (row.enterprises, row.distinct) == (2, 1)


def test_the_latest_opening_replaces_the_earlier(programs):
    make.opening(programs[0], 2024, date(2024, 6, 30), 5, 6, 8_000_000)
    before, after = (
        support_table(programs, [2024], day)[0] for day in (date(2024, 6, 29), date(2024, 6, 30))
    )
    assert (before.cells[0].enterprises, after.cells[0].enterprises) == (2, 5)


def test_a_voided_award_and_programmes_outside_the_table_do_not_count(programs):
    make.award(make.program("민간위탁", in_support_table=False), make.enterprise())
    void(make.award(programs[0], make.enterprise(), decided_on=SEED_DAY), make.user(), "두 번 입력")
    (row,) = support_table(Program.objects.order_by("position", "pk"), [2024], SEED_DAY)
    assert (len(row.cells), row.cells[0].itemised) == (3, 0)


def test_the_number_of_queries_does_not_grow(programs, django_assert_num_queries):
    for _ in range(5):
        make.award(programs[0], make.enterprise(), decided_on=date(2024, 5, 1))
    with django_assert_num_queries(3):
        support_table(programs, range(2022, 2027), date(2024, 12, 31))


def test_a_closed_figure_is_where_later_days_start_and_hides_no_earlier_ones():
    program = make.program()
    make.award(program, make.enterprise(), 1_000, year=2025, decided_on=date(2025, 2, 1))
    SupportOpening.objects.create(
        program=program,
        year=2025,
        on=date(2025, 3, 31),
        enterprises=5,
        headcount=5,
        amount=5_000,
        closed=True,
    )
    before, after = (support_table([program], [2025], day)[0] for day in (date(2025, 3, 1), date(2025, 4, 1)))
    assert (before.enterprises, after.enterprises, after.amount) == (1, 5, 5_000)


def test_on_one_day_the_closed_figure_wins(programs):
    SupportOpening.objects.create(
        program=programs[0], year=2024, on=SEED_DAY, enterprises=3, headcount=3, amount=4_000_000, closed=True
    )
    (row,) = support_table(programs, [2024], SEED_DAY)
    assert row.cells[0].enterprises == 3
