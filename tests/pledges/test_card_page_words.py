"""Small words of the card's page."""

from django.utils.html import strip_tags

from pledges.templatetags.card import box, status_ticks, ticks, ticks_in


def test_a_box_and_its_label_stay_on_one_line() -> None:
    assert box(True, "이행 후 지속추진") == '<span class="nowrap">☑ 이행 후 지속추진</span>'
    assert strip_tags(ticks("신규 계속", "계속")) == "☐ 신규 ☑ 계속"
    assert strip_tags(ticks_in("제도 재정 권한", ("재정", "제도"))) == "☑ 제도 ☑ 재정 ☐ 권한"
    assert strip_tags(status_ticks("보류")).endswith("☐ 일부추진 ☑ 보류")
    assert "&lt;b&gt;" in status_ticks("<b>")
