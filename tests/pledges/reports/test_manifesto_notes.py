from django.test import Client

from pledges.models import Pledge


def test_a_cell_moved_so_that_the_table_foots_is_marked_and_named_with_its_exact_won(
    seed: Pledge, staff: Client
) -> None:
    """DOMAIN §4.5: 1.4 + 1.4 + 1.4 + 1.4 백만 make 6, so two cells cannot be their nearest."""
    parts = {f"cost_{source}": 1_400_000 for source in ("national", "city", "district", "other")}
    Pledge.objects.filter(pk=seed.pk).update(**parts)
    page = staff.get("/reports/manifesto/", {"unit": "백만원"}).content.decode()
    assert "합계를 맞추려고 반올림을 조정한 칸: 구비 계획(총사업비) 2(1,400,000원)" in page
    assert page.count("2(1,400,000원)") == 2
    exact = "합계가 맞도록 단수를 조정한 칸입니다. 정확한 금액: 1,400,000원"
    assert f'<abbr class="adjusted" title="{exact}">2*</abbr>' in page
