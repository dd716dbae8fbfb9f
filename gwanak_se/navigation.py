"""The main menu as data: what each role finds where."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.models import Office
from accounts.permissions import can
from common.clock import today


@dataclass(frozen=True)
class Item:
    """One line of the menu; `verb` is the permission that shows it, `path` its address."""

    label: str
    path: str
    verb: str = "view"


MENU: tuple[Item, ...] = (
    Item("현황판", "/"),
    Item("공약", "/pledges/"),
    Item("보조금 집행", "/subsidies/disbursements/"),
    Item("기업", "/enterprises/"),
    Item("시장", "/markets/"),
    Item("의회·보고", "/reports/"),
    Item("가져오기", "/imports/", verb="import_rows"),
    Item("관리", "/admin/", verb="admin"),
)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The items that the user of `request` may open, the one that holds the page marked `current`."""
    shown = [item for item in MENU if can(request.user, item.verb)]
    here = max((item.path for item in shown if _holds(item.path, request.path)), key=len, default="")
    return [{"label": item.label, "path": item.path, "current": item.path == here} for item in shown]


def _holds(path: str, address: str) -> bool:
    # "보조금 집행" leads to the ledger, yet stands for all of /subsidies/.
    area = "/" + path.strip("/").split("/")[0] + "/" if path != "/" else "/"
    return address == "/" if path == "/" else address.startswith(area)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of templates/base.html: the service's name, the menu, and the day that a printed list holds for."""
    shown = menu(request) if request.user.is_authenticated else []
    return {"service_name": service_name(), "menu": shown, "today": today()}


def service_name() -> str:
    """Name of the service in the office's own words, e.g. `관악구청 사회적경제 공약 이행관리`."""
    office = Office.current()
    return f"{office.name} {office.word('social_economy')} {office.word('system')}"
