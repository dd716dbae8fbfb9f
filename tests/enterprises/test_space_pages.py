from datetime import date

import pytest

from enterprises.models import Space, Tenancy, TenantOpening
from tests.enterprises import factories
from tests.enterprises.factories import SEED_DAY

URL = "/enterprises/spaces/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    made = factories.space("꿈터(예시)", area_m2=245, opened_on=date(2023, 8, 8), capacity=2)
    TenantOpening.objects.create(space=made, on=SEED_DAY, count=2)
    return made


@pytest.fixture
def tenancy(space):
    return Tenancy.objects.create(
        space=space, enterprise=factories.enterprise("나무(예시)"), starts_on=date(2023, 9, 1)
    )


def test_the_list_shows_tenants_beside_the_opening(staff, space, tenancy):
    html = staff.get(URL).content.decode()
    assert "꿈터(예시)" in html
    row = staff.get(URL).context["rows"][0][1]
    assert (row.value, row.itemised, row.remaining) == (2, 1, 1)
    assert "집계 불가" in staff.get(f"{URL}?as_of=2024-03-30").content.decode()


def test_an_empty_list_says_what_to_do(staff):
    assert "공간 등록’으로 시작" in staff.get(URL).content.decode()


def test_the_page_shows_the_tenants(staff, space, tenancy):
    html = staff.get(f"{URL}{space.pk}/").content.decode()
    assert "나무(예시)" in html
    assert "2023. 9. 1." in html


def test_a_space_is_made_and_changed(staff):
    data = {"name": "새터(예시)", "area_m2": "426.5", "opened_on": "2015. 2. 13.", "position": "3"}
    response = staff.post(f"{URL}new/", data)
    made = Space.objects.get()
    assert response.headers["Location"] == f"{URL}{made.pk}/"
    assert (str(made.area_m2), made.opened_on) == ("426.50", date(2015, 2, 13))
    staff.post(f"{URL}{made.pk}/edit/", data | {"name": "큰터(예시)", "revision": 1})
    late = staff.post(f"{URL}{made.pk}/edit/", data | {"name": "작은터(예시)", "revision": 1})
    assert "먼저 고쳤습니다" in late.content.decode()
    made.refresh_from_db()
    assert made.name == "큰터(예시)"


def test_a_second_space_of_one_name_is_refused(staff, space):
    response = staff.post(f"{URL}new/", {"name": "꿈터(예시)", "position": "0"})
    assert "이미 있습니다" in response.content.decode()


def test_a_tenant_is_added_and_counts(staff, space):
    firm = factories.enterprise()
    data = {"enterprise": firm.name, "starts_on": "2024. 4. 1.", "ends_on": "2026. 3. 31."}
    assert staff.post(f"{URL}{space.pk}/tenancies/new/", data).status_code == 302
    assert staff.get(URL).context["rows"][0][1].value == 3


@pytest.mark.parametrize(
    ("starts_on", "told"),
    [("2023. 8. 7.", "개소일(2023. 8. 8.)보다 앞섭니다"), ("2023. 9. 2.", "이미 입주해 있습니다")],
)
def test_odd_tenancies_are_asked_about(staff, space, tenancy, starts_on, told):
    data = {"enterprise": tenancy.enterprise.name, "starts_on": starts_on}
    url = f"{URL}{space.pk}/tenancies/new/"
    form = staff.post(url, data).context["form"]
    assert told in " ".join(form.found_doubts)
    staff.post(url, data | {"doubts_seen": form.data["doubts_seen"], "change_reason": "맞음"})
    assert Tenancy.objects.count() == 2


def test_a_full_space_is_asked_about(staff, space, tenancy):
    Tenancy.objects.create(space=space, enterprise=factories.enterprise(), starts_on=date(2023, 9, 1))
    data = {"enterprise": factories.enterprise().name, "starts_on": "2024. 4. 1."}
    assert "입주 가능 수(2)" in staff.post(f"{URL}{space.pk}/tenancies/new/", data).content.decode()


def test_the_same_stay_twice_is_refused(staff, space, tenancy):
    data = {"enterprise": tenancy.enterprise.name, "starts_on": "2023. 9. 1."}
    form = staff.post(f"{URL}{space.pk}/tenancies/new/", data).context["form"]
    staff.post(
        f"{URL}{space.pk}/tenancies/new/",
        data | {"doubts_seen": form.data.get("doubts_seen", ""), "change_reason": "맞음"},
    )
    assert Tenancy.objects.count() == 1


def test_a_tenancy_is_ended_and_voided(staff, tenancy):
    data = {
        "enterprise": tenancy.enterprise.name,
        "starts_on": "2023. 9. 1.",
        "ends_on": "2024. 5. 31.",
        "revision": 1,
    }
    staff.post(f"/enterprises/tenancies/{tenancy.pk}/edit/", data)
    tenancy.refresh_from_db()
    assert tenancy.ends_on == date(2024, 5, 31)
    staff.post(f"/enterprises/tenancies/{tenancy.pk}/void/", {"reason": "잘못 입력"})
    tenancy.refresh_from_db()
    assert tenancy.is_void


def test_a_space_in_use_is_not_voided(staff, space):
    response = staff.post(f"{URL}{space.pk}/void/", {"reason": "폐쇄"})
    assert response.status_code == 409
    TenantOpening.objects.update(voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못")
    assert staff.post(f"{URL}{space.pk}/void/", {"reason": "폐쇄"}).status_code == 302
    space.refresh_from_db()
    assert space.is_void


@pytest.mark.parametrize("path", ["spaces/new/", "spaces/{s}/edit/", "spaces/{s}/void/", "spaces/{s}/tenancies/new/",
                                  "tenancies/{t}/edit/", "tenancies/{t}/void/"])  # fmt: skip
def test_wrong_roles_numbers_and_methods_are_refused(staff, auditor, space, tenancy, path):
    url = "/enterprises/" + path.format(s=space.pk, t=tenancy.pk)
    assert auditor.get(url).status_code == 403
    assert auditor.post(url).status_code == 403
    assert staff.get(url).status_code == 200 or "void" in url
    assert staff.delete(url).status_code == 405
    if "{" in path:
        assert staff.get("/enterprises/" + path.format(s=987654321, t=987654321)).status_code == 404


def test_everybody_reads(auditor, space):
    assert auditor.get(URL).status_code == 200
    assert auditor.get(f"{URL}{space.pk}/").status_code == 200
    assert auditor.get(f"{URL}987654321/").status_code == 404
    assert auditor.post(URL).status_code == 405
    assert auditor.get(f"{URL}?day=2024-01-01").status_code == 400


def test_queries_do_not_grow_with_the_rows(staff, space, django_assert_max_num_queries):
    def count(url):
        with django_assert_max_num_queries(25) as found:
            staff.get(url)
        return len(found)

    factories.space()
    few = count(URL), count(f"{URL}{space.pk}/")
    Tenancy.objects.create(space=space, enterprise=factories.enterprise(), starts_on=date(2023, 9, 1))
    one = count(f"{URL}{space.pk}/")
    for n in range(9):
        factories.space()
        Tenancy.objects.create(space=space, enterprise=factories.enterprise(), starts_on=date(2023, 9, 2 + n))
    assert (count(URL), count(f"{URL}{space.pk}/")) == (few[0], one)


def test_a_tenant_is_written_by_its_name(staff, space):
    firm = factories.enterprise(name="㈜나무 누리(예시)")
    page = staff.get(f"{URL}{space.pk}/tenancies/new/").content.decode()
    assert f'<option value="㈜나무 누리(예시) [{firm.pk}]">' in page
    url = f"{URL}{space.pk}/tenancies/new/"
    assert "기업을 먼저 등록하세요" in staff.post(url, {"enterprise": "없는 곳"}).content.decode()
    staff.post(url, {"enterprise": "나무누리(예시)", "starts_on": "2024. 4. 1."})
    assert Tenancy.objects.get(enterprise=firm).space == space
