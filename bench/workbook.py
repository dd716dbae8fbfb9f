from django.urls import NoReverseMatch, reverse

from bench.card import busiest
from bench.people import People
from bench.registry import Call, NotThere, benchmark


@benchmark("card_xlsx", "카드 엑셀")
def card_xlsx(people: People) -> Call:
    path = f"/pledges/{busiest().number}/card.xlsx"
    return lambda: people.get(path)


@benchmark("ledger_xlsx", "교부 목록 엑셀")
def ledger_xlsx(people: People) -> Call:
    try:
        path = reverse("subsidies:disbursement_xlsx")
    except NoReverseMatch as error:
        raise NotThere("교부 목록 내려받기가 아직 없습니다") from error
    return lambda: people.get(path)
