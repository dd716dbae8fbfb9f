"""Online channels."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from markets.models import OnlineChannel

from . import factories as make

NEW = "/markets/channels/new/"


def typed(**changes: Any) -> dict[str, Any]:
    return {"market": make.market().pk, "name": "온라인 상점(예시)", "starts_on": "2023. 1. 2."} | changes


def test_a_channel_is_kept_changed_and_voided(staff: Client) -> None:
    assert staff.get(NEW).status_code == 200
    staff.post(NEW, typed())
    channel = OnlineChannel.objects.get()
    assert channel.starts_on == date(2023, 1, 2)
    url = f"/markets/channels/{channel.pk}/edit/"
    staff.post(url, typed(name="새 이름(예시)", revision=1))
    assert "먼저 고쳤습니다" in staff.post(url, typed(name="다른 이름", revision=1)).content.decode()
    assert "새 이름(예시)" in staff.get("/markets/").content.decode()
    staff.post(f"/markets/channels/{channel.pk}/void/", {"reason": "문 닫음"})
    assert list(staff.get("/markets/").context["channels"]) == []


def test_an_end_before_its_start_is_refused(staff: Client) -> None:
    response = staff.post(NEW, typed(ends_on="2022. 1. 1."))
    assert "종료일이 시작일보다 앞섭니다" in response.content.decode()
    assert not OnlineChannel.objects.exists()


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_only_staff_writes(client_as: Callable[[str], Client], role: str) -> None:
    assert client_as(role).post(NEW, typed()).status_code == 403


def test_unknown_ones_are_not_found(staff: Client) -> None:
    assert staff.get("/markets/channels/987654321/edit/").status_code == 404
    assert staff.get("/markets/channels/987654321/void/").status_code == 404
