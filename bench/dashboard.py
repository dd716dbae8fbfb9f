from bench.people import People
from bench.registry import Call, benchmark


@benchmark("dashboard", "대시보드")
def dashboard(people: People) -> Call:
    return lambda: people.get("/")


@benchmark("reconcile", "대사(기관 전체)")
def reconcile(people: People) -> Call:
    return lambda: people.get("/pledges/reconcile/")


@benchmark("pledges", "공약 목록")
def pledges(people: People) -> Call:
    return lambda: people.get("/pledges/")
