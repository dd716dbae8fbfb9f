"""Browsers of logged-in users."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from django.http import HttpResponseBase
from django.test import Client

from accounts.models import Role, User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Refused(Exception):
    """A page answered otherwise than it should."""


@dataclass
class People:
    """One browser per role, made when it is asked for."""

    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: Role) -> Client:
        if role not in self.clients:
            user, _ = User.objects.get_or_create(username=f"bench-{role.value}", defaults={"role": role})
            self.clients[role] = Client(headers={"host": "127.0.0.1"})
            self.clients[role].force_login(user, backend=BACKEND)
        return self.clients[role]

    def get(self, path: str, role: Role = Role.STAFF) -> HttpResponseBase:
        """The page at ``path``, read to its end; Refused unless it is there."""
        response = _expect(self.client(role).get(path), 200, path)
        if response.streaming:
            deque(response, maxlen=0)
        return response

    def post(self, path: str, values: dict[str, str], role: Role = Role.STAFF) -> HttpResponseBase:
        """Sends a form that should be saved; Refused if it comes back."""
        response = self.client(role).post(path, values)
        form = response.context and response.context.get("form")
        return _expect(response, 302, f"{path} {form.errors.as_text() if form else ''}")


def _expect(response: HttpResponseBase, status: int, where: str) -> HttpResponseBase:
    if response.status_code != status:
        raise Refused(f"{response.status_code} {where}")
    return response
