from bench.people import People
from bench.registry import Call, benchmark
from common.clock import today
from pledges.card import build_card
from pledges.models import Pledge


def busiest() -> Pledge:
    """The first pledge: the generator gives it an entrustment, a market and openings besides its programme."""
    return Pledge.objects.live().earliest("pk")


@benchmark("card_build", "카드 계산")
def card_build(people: People) -> Call:
    pk = busiest().pk
    return lambda: build_card(Pledge.objects.select_related("term", "goal", "department").get(pk=pk), today())


@benchmark("card_page", "카드 화면")
def card_page(people: People) -> Call:
    path = f"/pledges/{busiest().number}/"
    return lambda: people.get(path)


@benchmark("why_page", "이행률 풀이")
def why_page(people: People) -> Call:
    path = f"/pledges/{busiest().number}/why/"
    return lambda: people.get(path)
