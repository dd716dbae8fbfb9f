from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Sends settings.CONTENT_SECURITY_POLICY with every answer: no inline script, nothing from outside."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        rules = settings.CONTENT_SECURITY_POLICY.items()
        self.policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
