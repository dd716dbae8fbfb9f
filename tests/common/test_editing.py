"""The second saver is told, nothing is overwritten, what was typed stays."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from accounts.models import User
from common.editing import DASHES, VersionedForm, last_change, name_the_blank
from common.voiding import void
from enterprises.models import Designation, Enterprise


class EnterpriseForm(VersionedForm):
    class Meta:
        model = Enterprise
        fields = ("name", "industry", "representative")


@pytest.fixture
def row(db: None) -> Enterprise:
    return Enterprise.objects.create(name="가온협동조합(예시)", industry="돌봄")


def typed(row: Enterprise, revision: int | str | None = None, **changed: str) -> EnterpriseForm:
    """The form as somebody sends it who opened the page at `revision`."""
    values = {"name": row.name, "industry": row.industry, "representative": row.representative, **changed}
    opened_at = row.revision if revision is None else revision
    return EnterpriseForm({**values, "revision": opened_at}, instance=Enterprise.objects.get(pk=row.pk))


def by(user: User | None) -> Any:
    """As if a request of `user` were under way, for the history's author."""
    request = RequestFactory().post("/")
    request.user = user
    HistoricalRecords.context.request = request
    return request


@pytest.fixture(autouse=True)
def _no_request_left() -> Any:
    yield
    if hasattr(HistoricalRecords.context, "request"):
        del HistoricalRecords.context.request


def test_a_save_bumps_the_revision_and_writes_history(row: Enterprise) -> None:
    assert typed(row, industry="급식").saves()
    row.refresh_from_db()
    assert (row.industry, row.revision) == ("급식", 2)
    assert [record.industry for record in row.history.all()] == ["급식", "돌봄"]


def test_the_page_carries_the_revision(row: Enterprise) -> None:
    assert f'name="revision" value="{row.revision}"' in str(EnterpriseForm(instance=row)["revision"])


def test_a_new_row_starts_at_one(db: None) -> None:
    form = EnterpriseForm({"name": "새 기업(예시)", "industry": "", "representative": "", "revision": "0"})
    assert form.saves(), form.errors
    assert form.instance.revision == 1


def test_the_second_saver_is_told_who_when_and_what(row: Enterprise, users: dict[str, User]) -> None:
    users["staff"].full_name = "김담당(예시)"
    users["staff"].save()
    by(users["staff"])
    assert typed(row, revision=1, industry="급식").saves()

    second = typed(row, revision=1, industry="청소", representative="홍길동(예시)")
    assert not second.saves()
    (told,) = second.non_field_errors()
    assert "김담당(예시)님이" in told
    assert "업종(저장된 값 급식)" in told
    assert "대표자(저장된 값 -)" in told
    assert "기업명" not in told
    assert Enterprise.objects.get(pk=row.pk).industry == "급식"


def test_what_was_typed_stays_and_may_then_be_saved_knowingly(row: Enterprise) -> None:
    assert typed(row, revision=1, industry="급식").saves()
    second = typed(row, revision=1, industry="청소")
    assert not second.saves()
    assert second["industry"].value() == "청소"
    assert second["revision"].value() == "2"
    assert typed(row, revision=second["revision"].value(), industry="청소").saves()
    assert Enterprise.objects.get(pk=row.pk).revision == 3


@pytest.mark.parametrize("revision", ["", "99", "x"])
def test_a_form_without_a_right_revision_saves_nothing(row: Enterprise, revision: str) -> None:
    assert not typed(row, revision=revision, industry="급식").saves()
    assert Enterprise.objects.get(pk=row.pk).industry == "돌봄"


def test_a_voided_row_is_not_edited(row: Enterprise, users: dict[str, User]) -> None:
    void(row, users["staff"], "중복")
    form = typed(row, industry="급식")
    assert not form.saves()
    assert "무효 처리된 자료" in form.non_field_errors()[0]


def test_a_wrong_field_saves_nothing(row: Enterprise) -> None:
    form = typed(row, name="")
    assert not form.saves()
    assert "name" in form.errors
    assert Enterprise.objects.get(pk=row.pk).revision == 1


def test_the_reason_goes_into_the_history(row: Enterprise) -> None:
    form = typed(row, industry="급식")
    form.change_reason = "정정"
    assert form.saves()
    assert row.history.first().history_change_reason == "정정"


def test_a_row_without_history_was_changed_by_somebody(row: Enterprise) -> None:
    row.history.all().delete()
    assert last_change(row) == "다른 사람이"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told() -> None:
    row = Enterprise.objects.create(name="가온협동조합(예시)")
    together, results = threading.Barrier(2), []

    def save(industry: str) -> None:
        try:
            form = typed(row, revision=1, industry=industry)
            together.wait(timeout=10)
            results.append(form.saves())
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(industry,)) for industry in ("급식", "청소")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == [False, True]
    assert Enterprise.objects.get(pk=row.pk).revision == 2


def test_an_empty_choice_says_what_it_means(db: None) -> None:
    class KindForm(VersionedForm):
        class Meta:
            model = Designation
            fields = ("kind", "enterprise")

    form = KindForm()
    assert form.fields["kind"].empty_label == "선택하세요"
    form.fields["kind"].required = False
    form.fields["kind"].empty_label = DASHES
    name_the_blank(form.fields["kind"])
    assert "선택 안 함" in str(form["kind"])
    assert DASHES not in str(form)
