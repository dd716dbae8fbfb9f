from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow
from common.history import changes
from common.voiding import void_view

from ..forms import ChannelForm
from ..models import OnlineChannel


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, OnlineChannel())


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(OnlineChannel.objects.live(), pk=pk))


def _form(request: HttpRequest, channel: OnlineChannel) -> HttpResponse:
    form = ChannelForm(request.POST or None, instance=channel)
    if request.method == "POST" and form.saves():
        messages.success(request, f"온라인 채널 ‘{channel.name}’을(를) 저장했습니다.")
        return redirect("markets:index")
    context = {"form": form, "channel": channel, "changes": changes(channel) if channel.pk else []}
    return render(request, "markets/channel.html", context)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(OnlineChannel.objects.live(), pk=pk)
    return void_view(request, channel, what=f"온라인 채널 {channel.name}", back=reverse("markets:index"))
