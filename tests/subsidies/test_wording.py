import pytest

from subsidies.wording import (
    LogLine,
    Wording,
    payment_noun,
    returned,
    thousands,
    to_contractor,
    to_enterprise,
    to_trustee,
)

TRUST = Wording("통합지원센터 민간위탁", "사회적경제 통합지원사업 민간위탁금 교부", "민간위탁금")


@pytest.mark.parametrize(
    ("won", "text"),
    [(53_495_000, "53,495천 원"), (9_487_123, "9,487,123원"), (1_000, "1천 원"), (999, "999원")],
)
def test_thousands_only_where_exact(won, text):
    assert thousands(won) == text


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("일자리창출사업", "일자리창출사업 지원금"),
        ("전문인력지원", "전문인력지원금"),
        ("사업개발비", "사업개발비"),
        ("민간위탁금", "민간위탁금"),
    ],
)
def test_what_a_programme_pays(name, noun):
    assert payment_noun(name) == noun


def test_the_seeds_sentence_of_an_entrustment():
    assert to_trustee(TRUST, 2024, "2분기", 53_495_000) == LogLine(
        "사회적경제 통합지원사업 민간위탁금 교부", "- 2024년도 2분기 민간위탁금 교부(53,495천 원)"
    )


def test_an_entrustment_without_instalment_or_words():
    assert to_trustee(Wording("센터 운영"), 2024, "", 1_000) == LogLine(
        "센터 운영 교부", "- 2024년도 민간위탁금 교부(1천 원)"
    )


def test_an_enterprise():
    line = to_enterprise(Wording("일자리창출사업"), 2024, "", 9_487_000, "㈜가나다")
    assert line == LogLine(
        "일자리창출사업 지원금 교부", "- 2024년 일자리창출사업 지원금 교부(㈜가나다, 9,487천 원)"
    )


def test_an_enterprises_instalment_stands_behind_the_noun():
    words = Wording("사업개발비", noun="사업개발비 지원금")
    assert to_enterprise(words, 2022, "2차", 500_001, "나무(예시)").text == (
        "- 2022년 사업개발비 지원금 2차 교부(나무(예시), 500,001원)"
    )


def test_a_contract_is_paid_and_its_year_not_said_twice():
    words = Wording("꿈시장 운영")
    assert to_contractor(words, 2024, "1차", 43_560_000, "2024년 꿈시장 운영 및 관리 용역") == LogLine(
        "꿈시장 운영 지급", "- 2024년 꿈시장 운영 및 관리 용역 대금 1차 지급(43,560천 원)"
    )
    assert to_contractor(words, 2024, "", 1_000, "운영 용역").text == "- 2024년 운영 용역 대금 지급(1천 원)"


def test_a_return():
    assert returned(Wording("일자리창출사업"), 2024, 1_200_000, "㈜가나다") == LogLine(
        "일자리창출사업 지원금 반납", "- 2024년 일자리창출사업 지원금 반납(㈜가나다, 1,200천 원)"
    )
