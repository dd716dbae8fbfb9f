"""Duplicate enterprises: which there are, merging two of them, and parting them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import allow
from enterprises.merging import CannotMerge, duplicates, merge, part
from enterprises.models import Enterprise
from enterprises.referring import references


class MergeForm(forms.Form):
    """Which record stays, which goes into it, and why they are one."""

    target = forms.CharField(label="남길 기업", help_text="기업 번호나 사업자등록번호, 또는 정확한 기업명")
    source = forms.CharField(
        label="합쳐질 기업", help_text="이 기업의 기록이 모두 남길 기업으로 옮겨 갑니다."
    )
    reason = forms.CharField(label="사유", max_length=200, help_text="예: 같은 기업을 표기만 달리 두 번 등록")

    def clean_target(self) -> Enterprise:
        return self._find("target")

    def clean_source(self) -> Enterprise:
        return self._find("source")

    def _find(self, name: str) -> Enterprise:
        written = self.cleaned_data[name].strip()
        digits = "".join(sign for sign in written if sign.isdecimal())
        live = Enterprise.objects.live()
        found = live.filter(name=written)
        if written.isdecimal() and len(written) < 10:
            found = live.filter(pk=int(written))
        elif len(digits) == 10:
            found = live.filter(business_number=digits)
        if len(found) != 1:
            raise ValidationError(
                "그런 기업을 하나로 찾지 못했습니다. 아래 목록의 기업 번호로 적어 주십시오."
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("target") and cleaned.get("target") == cleaned.get("source"):
            raise ValidationError("서로 다른 두 기업을 고르세요.")
        return cleaned


@allow("edit_registers")
@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest) -> HttpResponse:
    """Asks which two, shows what will move, then merges."""
    given = {name: request.GET[name] for name in ("target", "source") if name in request.GET}
    form = MergeForm(request.POST or None, initial=given)
    moving: list[str] = []
    if request.method == "POST" and form.is_valid():
        source, target = form.cleaned_data["source"], form.cleaned_data["target"]
        if "sure" in request.POST:
            return _merge(request, form)
        moving = references(source)
        form.sure = f"‘{source}’({source.pk})의 기록을 ‘{target}’({target.pk})으로 옮깁니다."  # type: ignore[attr-defined]
    merged = Enterprise.objects.filter(merged_into__isnull=False).select_related("merged_into")[:50]
    context = {"form": form, "groups": duplicates(), "merged": merged, "moving": moving}
    return render(request, "enterprises/merge.html", context)


def _merge(request: HttpRequest, form: MergeForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        done = merge(told["source"], told["target"], request.user, told["reason"])
    except CannotMerge as refusal:
        messages.error(request, str(refusal))
        return redirect("enterprises:merge")
    doubled = f", 겹치는 기록 {done.doubled}건은 무효 처리" if done.doubled else ""
    messages.success(request, f"‘{told['source']}’을(를) 합쳤습니다: 기록 {done.moved}건을 옮김{doubled}.")
    return redirect("enterprises:detail", told["target"].pk)


@allow("edit_registers")
@require_POST
def part_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a merge back."""
    source = get_object_or_404(Enterprise, pk=pk, merged_into__isnull=False)
    try:
        returned = part(source, request.user)
    except CannotMerge as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"‘{source}’을(를) 다시 나누었습니다: 기록 {returned}건을 돌려줌.")
    return redirect("enterprises:merge")
