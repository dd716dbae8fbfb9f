import pytest

from enterprises.models import Center

URL = "/enterprises/centers/"
DATA = {
    "name": "지원센터(예시)",
    "role": "중간지원 조직",
    "staff": "3",
    "organisation": "센터장 1명, 팀장 2명",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def center():
    return Center.objects.create(name="지원센터(예시)", staff=3, organisation="센터장 1명, 팀장 2명")


def test_the_page_shows_organisation_and_place(auditor, center):
    html = auditor.get(URL).content.decode()
    assert "3명(센터장 1명, 팀장 2명)" in html
    assert "고치기" not in html
    assert auditor.post(URL).status_code == 405


def test_without_a_centre_it_says_what_to_do(staff):
    assert "지원센터 등록’으로 시작" in staff.get(URL).content.decode()


def test_a_centre_is_made_changed_and_voided(staff):
    assert staff.post(f"{URL}new/", DATA).headers["Location"] == URL
    center = Center.objects.get()
    staff.post(f"{URL}{center.pk}/edit/", DATA | {"staff": "4", "revision": 1})
    late = staff.post(f"{URL}{center.pk}/edit/", DATA | {"staff": "5", "revision": 1})
    assert "저장된 값 4" in late.content.decode()
    staff.post(f"{URL}{center.pk}/void/", {"reason": "통합"})
    center.refresh_from_db()
    assert (center.staff, center.is_void) == (4, True)


def test_what_is_wrong_is_told_beside_the_field(staff):
    form = staff.post(f"{URL}new/", DATA | {"staff": "셋"}).context["form"]
    assert list(form.errors) == ["staff"]


@pytest.mark.parametrize("path", ["new/", "{c}/edit/", "{c}/void/"])
def test_wrong_roles_numbers_and_methods_are_refused(staff, auditor, center, path):
    url = URL + path.format(c=center.pk)
    assert auditor.get(url).status_code == 403
    assert auditor.post(url).status_code == 403
    assert staff.get(url).status_code == 200
    assert staff.delete(url).status_code == 405
    if "{" in path:
        assert staff.get(URL + path.format(c=987654321)).status_code == 404
