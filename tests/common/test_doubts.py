"""A doubt is asked once, and answered with a reason."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.doubts import Doubtful


class Sales(Doubtful, forms.Form):
    won = forms.IntegerField()

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return [f"{cleaned['won']}원은 너무 작습니다."] if cleaned["won"] < 1_000 else []


def form(**typed: str) -> Sales:
    data = QueryDict(mutable=True)
    data.update(typed)
    return Sales(data)


def seen(won: str) -> str:
    asked = form(won=won)
    assert not asked.is_valid()
    return str(asked.data["doubts_seen"])


def test_what_is_usual_is_not_asked_about() -> None:
    usual = form(won="84000000")
    assert usual.is_valid()
    assert usual.found_doubts == []
    assert usual.fields["change_reason"].widget.is_hidden


def test_a_doubt_is_shown_before_anything_is_saved() -> None:
    asked = form(won="84")
    assert not asked.is_valid()
    assert asked.found_doubts == ["84원은 너무 작습니다."]
    assert not asked.fields["change_reason"].widget.is_hidden


def test_a_reason_given_before_the_doubt_was_shown_does_not_count() -> None:
    assert not form(won="84", change_reason="맞음").is_valid()


def test_seen_and_reasoned_it_is_saved() -> None:
    assert form(won="84", doubts_seen=seen("84"), change_reason="맞음").is_valid()


def test_seen_without_a_reason_it_is_not() -> None:
    asked = form(won="84", doubts_seen=seen("84"), change_reason=" ")
    assert "change_reason" in asked.errors


def test_another_doubt_is_asked_anew() -> None:
    assert not form(won="85", doubts_seen=seen("84"), change_reason="맞음").is_valid()


def test_an_error_comes_before_any_doubt() -> None:
    wrong = form(won="많음")
    assert not wrong.is_valid()
    assert wrong.found_doubts == []
