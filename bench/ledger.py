from bench.people import People
from bench.registry import Call, benchmark
from enterprises.models import Enterprise

LIST = "/subsidies/disbursements/"


@benchmark("ledger_list", "교부 목록 첫 쪽")
def ledger_list(people: People) -> Call:
    return lambda: people.get(LIST)


@benchmark("ledger_last", "교부 목록 마지막 쪽")
def ledger_last(people: People) -> Call:
    return lambda: people.get(f"{LIST}?page=last")


@benchmark("ledger_search", "교부 목록 검색")
def ledger_search(people: People) -> Call:
    name = Enterprise.objects.earliest("pk").name[:4]
    return lambda: people.get(f"{LIST}?q={name}")


@benchmark("register", "기업 목록")
def register(people: People) -> Call:
    return lambda: people.get("/enterprises/")


@benchmark("firm", "기업 이력")
def firm(people: People) -> Call:
    pk = Enterprise.objects.filter(disbursements__isnull=False).earliest("pk").pk
    return lambda: people.get(f"/enterprises/{pk}/")
