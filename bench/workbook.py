from django.urls import reverse

from bench.card import busiest
from bench.people import People
from bench.registry import Call, benchmark


@benchmark("card_xlsx", "카드 엑셀")
def card_xlsx(people: People) -> Call:
    path = f"/pledges/{busiest().number}/card.xlsx"
    return lambda: people.get(path)


@benchmark("ledger_xlsx", "교부 목록 엑셀")
def ledger_xlsx(people: People) -> Call:
    path = reverse("subsidies:disbursement_xlsx")
    return lambda: people.get(path)
