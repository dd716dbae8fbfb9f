"""국비·시비·구비 against the ratio of their year."""

from subsidies.models import Disbursement, ProgramYear

from .conftest import Clean, Found, told


def test_shares_that_are_not_the_ratios(clean: Clean, found: Found) -> None:
    ProgramYear.objects.filter(program=clean.grants).update(national=75, city="17.5", district="7.5")
    (one,) = found()
    assert (one.code, told(one)[0]) == ("split", "주의")
    assert one.left.text == "구비 3,000,000원"
    assert one.right.text == "국비 2,250,000 시비 525,000 구비 225,000원"
    assert "75:17.5:7.5" in one.what


def test_with_a_reason_they_stand(clean: Clean, found: Found) -> None:
    ProgramYear.objects.filter(program=clean.grants).update(national=75, city="17.5", district="7.5")
    Disbursement.objects.update(split_reason="교부결정의 비율")
    assert found() == []


def test_shares_cut_to_the_programmes_unit_are_the_ratios(clean: Clean, found: Found) -> None:
    ProgramYear.objects.filter(program=clean.grants).update(national=75, city="17.5", district="7.5")
    clean.grants.split_unit = 1000
    clean.grants.save()
    shares = {"national": 2_250_000, "city": 525_000, "district": 225_000}
    Disbursement.objects.filter(pk=clean.grant.pk).update(**shares)
    assert found("split") == []


def test_a_year_of_payments_without_a_ratio(clean: Clean, found: Found) -> None:
    ProgramYear.objects.filter(program=clean.centre.program).update(
        voided_at="2024-01-01T00:00:00Z", void_reason="잘못"
    )
    (one,) = found()
    assert (one.code, one.where, told(one)[:3]) == (
        "no_ratio",
        "센터 위탁(예시) 2024 회계연도",
        ("주의", "20,000,000원", "없음"),
    )
