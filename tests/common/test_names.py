import pytest

from common.names import (
    business_number,
    business_number_ok,
    mask_person,
    mask_phone,
    name_key,
    show_business_number,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "나무와숲",
        "㈜나무와숲",
        "(주)나무와숲",
        "( 주 ) 나무와 숲",
        "（주） 나무와숲",
        "나무와숲(주)",
        "나무와숲㈜",
        "주식회사 나무와숲",
        "주식회사나무와숲",
        "나무와숲 주식회사",
        "나무와숲주식회사",
        "(사)나무와숲",
        "㈔나무와숲",
        "사단법인 나무와숲",
        "(유)나무와숲",
        "유한회사 나무와숲",
        "(재)나무와숲",
        "나무-와-숲",
        "나무·와·숲",
        "나무와\n숲",
        "나무와\u00a0숲 ",
    ],
)
def test_spellings_of_one_enterprise_match(spelling):
    assert name_key(spelling) == "나무와숲"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("나무협동조합", "나무"),
        ("나무협동조합", "나무사회적협동조합"),
        ("나무 협동조합", "㈜나무"),
        ("관악봉사단법인", "관악봉"),
        ("관악봉사단법인", "관악봉사"),
        ("1.5도씨", "15도씨"),
        ("1-2카페", "12카페"),
        ("A&B", "AB"),
        ("나무 2호점", "나무"),
        ("주민기업", "민기업"),
        ("유한마루", "마루"),
    ],
)
def test_different_enterprises_stay_different(one, other):
    assert name_key(one) != name_key(other)


def test_width_and_case_do_not_matter():
    assert name_key("ＡＢＣ　Studio") == name_key("(주)abc studio") == "abcstudio"
    assert name_key("나무 협동조합") == name_key("나무협동조합")


def test_a_name_of_nothing_but_a_form_keeps_it():
    assert name_key("주식회사") == "주식회사"
    assert name_key(" ") == ""


@pytest.mark.parametrize("text", ["124-81-00998", "1248100998", " 124 81 00998", "１２４－８１－００９９８"])
def test_business_number_is_ten_digits(text):
    assert business_number(text) == "1248100998"


@pytest.mark.parametrize("text", ["", "124-81-0099", "12481009980", "124-81-0099A", "1248100998.0"])
def test_other_business_numbers_are_refused(text):
    with pytest.raises(ValueError, match="10자리"):
        business_number(text)


def test_check_digit():
    # a number printed in public filings; every other last digit is wrong
    assert business_number_ok("1248100998")
    assert [last for last in range(10) if business_number_ok(f"124810099{last}")] == [8]
    assert business_number_ok("0000000000")
    assert not business_number_ok("124810099")


def test_show_business_number():
    assert show_business_number("1248100998") == "124-81-00998"
    assert show_business_number("12") == "12"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍○○"),
        ("홍길", "홍○"),
        (" 남궁길동 ", "남○○○"),
        ("Jo Han", "J○ ○○○"),
        ("홍", "홍"),
        ("", ""),
    ],
)
def test_mask_person(name, masked):
    assert mask_person(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("010-1234-5678", "010-****-5678"),
        ("01012345678", "010****5678"),
        ("02-879-6671", "02-***-6671"),
        ("031) 879 6671", "031) *** 6671"),
        ("879-6671", "***-6671"),
        ("5751", "****"),
        ("", ""),
    ],
)
def test_mask_phone(phone, masked):
    assert mask_phone(phone) == masked
