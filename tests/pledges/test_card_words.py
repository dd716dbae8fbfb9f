from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from accounts.models import Office
from pledges.card import build_card
from pledges.card.files import WRITERS
from pledges.models import Pledge
from pledges.models.reconcile import ReconcileNote
from pledges.reconciling import findings


def test_policy_language_is_a_setting(seed: Pledge) -> None:
    """사회적경제 may become 사회연대경제 (DOMAIN §2): page, sheet and paper say the office's word."""
    Office.objects.filter(pk=1).update(words={"social_economy": "사회연대경제"})
    card = build_card(seed, date(2024, 3, 31))
    sheet = load_workbook(BytesIO(WRITERS["xlsx"](card))).worksheets[0]
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert card.header.social_economy == "사회연대경제"
    assert "○ 관내 사회연대경제기업: 233개" in words


def test_explanations_meant_for_print_stand_below_the_card(seed: Pledge) -> None:
    """대사: an explained difference is printed as a footnote where the office wishes it."""
    day = date(2024, 3, 31)
    serious = findings(seed, day)[0]
    ReconcileNote.objects.create(
        pledge=seed, key=serious.key, text="위탁금은 다음 판에 반영(예시)", printed=True, gap=serious.difference
    )
    card = build_card(seed, day)
    assert card.footnotes == (f"※ {serious.where}: 위탁금은 다음 판에 반영(예시)",)
    sheet = load_workbook(BytesIO(WRITERS["xlsx"](card))).worksheets[0]
    assert card.footnotes[0] in {cell.value for row in sheet.iter_rows() for cell in row}
