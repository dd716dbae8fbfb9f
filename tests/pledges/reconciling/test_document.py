"""What the imported document printed otherwise."""

from pledges.models import DocumentNote

from .conftest import Clean, Found, told


def test_a_printed_figure_that_differs(clean: Clean, found: Found) -> None:
    DocumentNote.objects.create(
        pledge=clean.pledge, kind="differs", place="총 이행률", printed="82.9", computed="82.5"
    )
    (one,) = found()
    assert (one.code, one.where, told(one)) == ("document", "문서 총 이행률", ("주의", "82.9", "82.5", "-"))


def test_text_without_a_place_is_no_difference(clean: Clean, found: Found) -> None:
    DocumentNote.objects.create(pledge=clean.pledge, kind="unplaced", text="자리 없는 글")
    assert found() == []
