"""Small words of the card's page."""

from django.test import Client
from django.utils.html import strip_tags

from pledges.models import Pledge
from pledges.templatetags.card import box, status_ticks, ticks, ticks_in


def test_a_box_and_its_label_stay_on_one_line() -> None:
    assert box(True, "이행 후 지속추진") == '<span class="nowrap">☑ 이행 후 지속추진</span>'
    assert strip_tags(ticks("신규 계속", "계속")) == "☐ 신규 ☑ 계속"
    assert strip_tags(ticks_in("제도 재정 권한", ("재정", "제도"))) == "☑ 제도 ☑ 재정 ☐ 권한"
    assert strip_tags(status_ticks("보류")).endswith("☐ 일부추진 ☑ 보류")
    assert "&lt;b&gt;" in status_ticks("<b>")


def test_the_page_marks_an_adjusted_cost(seed: Pledge, staff: Client) -> None:
    """DOMAIN §4.5: four sources of 1.4 백만 make 6, so two of them are printed as 2."""
    parts = {f"cost_{source}": 1_400_000 for source in ("national", "city", "district", "other")}
    Pledge.objects.filter(pk=seed.pk).update(**parts)
    page = staff.get("/pledges/1-3/", {"as_of": "2024-03-31"}).content.decode()
    assert page.count("정확한 금액: 1,400,000원") == 2
    assert ">2*</abbr>" in page
