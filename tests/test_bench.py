"""Every benchmark still measures something: nothing here looks at how long it takes."""

import pytest

from bench import report
from bench.measure import Measured, measure
from bench.people import People
from bench.registry import Benchmark, NotThere, benchmarks
from pledges.seeding.district import Size, generate


@pytest.mark.any_database
@pytest.mark.django_db
def test_each_benchmark_runs(pin_today) -> None:
    pin_today(2026, 6, 30)
    generate(Size(pledges=3, years=2, disbursements=60, enterprises=10))
    people = People()
    results = [measure(one, people, rounds=1) for one in benchmarks()]
    broken = {
        result.name: result.missing
        for result in results
        if result.missing and "아직 없습니다" not in result.missing
    }
    assert broken == {}
    assert all(result.queries for result in results if not result.missing)


@pytest.mark.django_db
def test_a_page_that_answers_otherwise_is_reported_and_not_timed() -> None:
    gone = Benchmark("gone", "없는 화면", lambda people: lambda: people.get("/no-such-page/"))
    assert measure(gone, People(), rounds=1) == Measured("gone", "없는 화면", missing="404 /no-such-page/")


def test_what_is_not_built_is_reported() -> None:
    def prepare(people: People) -> None:
        raise NotThere("아직 없습니다")

    assert measure(Benchmark("later", "나중", prepare), People(), rounds=1).missing == "아직 없습니다"


def test_the_table_sets_sizes_side_by_side() -> None:
    def run(size: int, ms: float) -> report.Run:
        result = {"name": "a", "title": "대시보드", "queries": 9, "ms": ms, "cpu": ms / 2, "missing": ""}
        return {"disbursements": size, "generate_seconds": 1.0, "results": [result]}

    lines = report.table("SQLite", [run(10, 2.0), run(100, 5.0)]).splitlines()
    assert lines[1] == "SQLite (자료 만들기: 10건 1.0초, 100건 1.0초)"
    assert lines[3].split() == ["대시보드", "9", "9", "2.0", "5.0", "1.0", "2.5", "2.5"]
