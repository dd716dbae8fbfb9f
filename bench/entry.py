from itertools import count

from bench.people import People
from bench.registry import Call, NotThere, benchmark
from common.clock import today
from subsidies.models import Entrustment

PATH = "/subsidies/disbursements/new/"


@benchmark("entry_form", "교부 입력 화면")
def entry_form(people: People) -> Call:
    return lambda: people.get(PATH)


@benchmark("entry", "교부 저장")
def entry(people: People) -> Call:
    """Each call pays another sum, or the form would ask whether it is entered twice."""
    agreement = Entrustment.objects.order_by("pk").first()
    if agreement is None:
        raise NotThere("협약이 없습니다")
    values = {
        "program": str(agreement.program_id),
        "recipient": f"entrustment:{agreement.pk}",
        "fiscal_year": str(today().year),
        "paid_on": today().isoformat(),
        "installment": "추가",
    }
    amounts = count(1_000_000, 1_000)
    return lambda: people.post(PATH, values | {"amount": str(next(amounts))})
