"""/subsidies/disbursements/new/: the main job. Today is 2024-04-01 unless pinned."""

from datetime import date

import pytest

from subsidies import questions
from subsidies.models import Disbursement
from subsidies.splits import Shares
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
NEW = "/subsidies/disbursements/new/"
PREVIEW = "/subsidies/disbursements/preview/"


@pytest.fixture(autouse=True)
def no_question(monkeypatch):
    """What the office counts is decided above this app; here nothing asks unless a test says so."""
    monkeypatch.setattr(questions, "_rules", {})


@pytest.fixture
def jobs():
    program = make.program("일자리창출사업")
    make.year(program)
    return program


@pytest.fixture
def firm(jobs):
    firm = make.enterprise("㈜가나다")
    make.award(jobs, firm, 20_000_000)
    return firm


@pytest.fixture
def typed(jobs, firm):
    """What an officer types, nothing doubtful in it."""
    return {
        "program": jobs.pk,
        "recipient": f"enterprise:{firm.pk}",
        "paid_on": "2024. 3. 25.",
        "amount": "9,487천 원",
    }


def errors(response):
    return dict(response.context["form"].errors)


def test_a_payment_is_recorded(staff, typed, jobs, firm):
    response = staff.post(NEW, typed)
    row = Disbursement.objects.get()
    assert response.headers["Location"] == f"/subsidies/disbursements/{row.pk}/"
    assert (row.program, row.enterprise, row.fiscal_year) == (jobs, firm, 2024)
    assert (row.paid_on, row.shares) == (date(2024, 3, 25), Shares(7_115_250, 1_660_225, 711_525))
    assert row.log_text == "- 2024년 일자리창출사업 지원금 교부(㈜가나다, 9,487천 원)"
    assert (row.needs_check, row.in_opening) == ("", None)


def test_the_page_opens_filled_in_by_a_link(staff, jobs, firm):
    page = staff.get(f"{NEW}?program={jobs.pk}&recipient=enterprise:{firm.pk}").content.decode()
    assert f'<option value="enterprise:{firm.pk}" selected>' in page


def test_saving_and_going_on_keeps_programme_and_day(staff, typed, jobs):
    response = staff.post(NEW, {**typed, "again": "1"})
    assert response.headers["Location"] == f"{NEW}?program={jobs.pk}&paid_on=2024-03-25"


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_who_enters_no_figures_is_refused(client_as, role, typed):
    client = client_as(role)
    assert [client.get(NEW).status_code, client.post(NEW, typed).status_code] == [403, 403]
    assert not Disbursement.objects.exists()


def test_other_methods_are_refused(staff):
    assert [staff.put(NEW).status_code, staff.get(PREVIEW).status_code] == [405, 405]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("paid_on", "2024. 2. 30."),
        ("paid_on", "어제"),
        ("amount", "구백만x"),
        ("amount", "24.394"),
        ("amount", "0"),
        ("amount", "-"),
        ("amount", "△1,000"),
        ("amount", "10조원"),
        ("recipient", "enterprise:987654321"),
        ("recipient", "user:1"),
        ("recipient", ""),
        ("program", "987654321"),
        ("fiscal_year", "이천"),
        ("fiscal_year", "24"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_stays_typed(staff, typed, field, value):
    response = staff.post(NEW, {**typed, field: value})
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert response.context["form"][field].value() == value
    assert not Disbursement.objects.exists()


def test_every_field_says_what_it_lacks(staff):
    assert set(errors(staff.post(NEW, {}))) == {"program", "recipient", "paid_on", "amount"}


def test_sources_typed_by_hand_need_the_sum_and_a_reason(staff, typed):
    response = staff.post(NEW, {**typed, "national": "7,115,250", "district": "2,371,751"})
    assert "금액보다 1원 많습니다" in errors(response)["district"][0]
    by_hand = {**typed, "national": "7,115,250", "district": "2,371,750"}
    assert list(errors(staff.post(NEW, by_hand))) == ["split_reason"]
    staff.post(NEW, {**by_hand, "split_reason": "시비 미교부로 구비 선집행"})
    row = Disbursement.objects.get()
    assert (row.shares, row.split_reason) == (Shares(7_115_250, 0, 2_371_750), "시비 미교부로 구비 선집행")


def test_sources_as_the_ratio_says_need_no_reason(staff, typed):
    staff.post(
        NEW, {**typed, "national": "7,115,250", "city": "1,660,225", "district": "711,525", "other": "-"}
    )
    assert Disbursement.objects.get().split_reason == ""


def test_without_a_ratio_the_sources_are_typed(staff, typed, firm, jobs):
    make.award(jobs, firm, 20_000_000, year=2025, decided_on=date(2024, 3, 1))
    other_year = {**typed, "fiscal_year": "2025", "check_reason": "이월 사업"}
    response = staff.post(NEW, other_year)
    assert "분담률이 없어" in errors(response)["district"][0]
    assert f"/subsidies/programs/{jobs.pk}/" in response.content.decode()
    staff.post(NEW, {**other_year, "district": "9,487,000"})
    assert Disbursement.objects.get().shares == Shares(district=9_487_000)


def test_a_doubt_is_asked_about_and_saved_with_a_reason(staff, typed):
    doubtful = {**typed, "paid_on": "2024. 5. 2."}
    response = staff.post(NEW, doubtful)
    assert list(errors(response)) == ["check_reason"]
    assert "아직 오지 않은 날" in response.content.decode()
    staff.post(NEW, {**doubtful, "check_reason": "예정 지급일 확인", "confirm": "future"})
    row = Disbursement.objects.get()
    assert ("아직 오지 않은 날" in row.needs_check, row.check_reason) == (True, "예정 지급일 확인")


def test_a_doubt_that_was_not_shown_is_not_confirmed_unseen(staff, typed, firm):
    make.disbursement(make.program("다른 사업"), 9_487_000, enterprise=firm, paid_on=date(2024, 5, 2))
    doubtful = {**typed, "paid_on": "2024. 5. 2.", "check_reason": "맞음", "confirm": "future"}
    response = staff.post(NEW, doubtful)
    assert "더 생겼습니다" in errors(response)["check_reason"][0]
    assert response.context["form"]["confirm"].value() == "future,duplicate"


def test_a_plain_payment_keeps_no_reason(staff, typed):
    staff.post(NEW, {**typed, "check_reason": "혹시 몰라"})
    assert Disbursement.objects.get().check_reason == ""


def test_a_closed_quarter_takes_the_payment_as_unreflected(staff, typed):
    make.office(closed_through=date(2024, 3, 31))
    staff.post(NEW, {**typed, "check_reason": "뒤늦게 확인"})
    assert "마감 뒤 입력(미반영)" in Disbursement.objects.get().needs_check


def test_an_office_that_blocks_refuses_above_the_budget(staff, typed, jobs):
    make.budget(jobs.years.get(), 1_000_000)
    make.office(blocks_over_budget=True)
    response = staff.post(NEW, {**typed, "check_reason": "급함"})
    assert "8,487,000원 많습니다" in errors(response)["amount"][0]
    assert not Disbursement.objects.exists()


def test_the_question_must_be_answered_and_is_kept(staff, typed, jobs, firm):
    asked = []
    questions.register(lambda *about: asked.append(about) or True)
    assert list(errors(staff.post(NEW, typed))) == ["in_opening"]
    assert asked[0] == (jobs, firm, date(2024, 3, 25), None)
    staff.post(NEW, {**typed, "in_opening": "no"})
    assert Disbursement.objects.get().in_opening is False
    staff.post(NEW, {**typed, "amount": "1,000,000", "in_opening": "yes"})
    assert Disbursement.objects.latest("pk").in_opening is True


def test_a_programme_of_agreements_pays_no_firm(staff, typed, firm):
    trust = make.program("민간위탁", pays_enterprises=False)
    response = staff.post(NEW, {**typed, "program": trust.pk, "district": "9,487,000"})
    assert "협약·계약 상대" in errors(response)["recipient"][0]
    options = str(response.context["form"]["recipient"])
    assert "기업" not in options.replace(firm.name, "").replace("고른", "")


def test_an_agreement_of_another_programme_is_refused(staff, typed):
    other = make.entrustment(make.program("민간위탁", pays_enterprises=False))
    response = staff.post(NEW, {**typed, "recipient": f"entrustment:{other.pk}"})
    assert "다른 사업" in errors(response)["recipient"][0]


def test_an_entrustments_instalment(staff):
    trust = make.program("위탁", pays_enterprises=False, log_phrase="민간위탁금 교부", log_noun="민간위탁금")
    make.year(trust, ratio="0:0:100")
    agreement = make.entrustment(trust)
    staff.post(
        NEW,
        {
            "program": trust.pk,
            "recipient": f"entrustment:{agreement.pk}",
            "paid_on": "2024-03-29",
            "amount": "53,495,000",
            "installment": "2분기",
        },
    )
    row = Disbursement.objects.get()
    assert (row.entrustment, row.log_title) == (agreement, "민간위탁금 교부")
    assert row.log_text == "- 2024년도 2분기 민간위탁금 교부(53,495천 원)"


def test_the_sentence_may_be_edited_or_left_out(staff, typed):
    staff.post(NEW, {**typed, "log_title": "지원금", "log_text": "- 손으로 쓴 문구"})
    row = Disbursement.objects.get()
    assert (row.log_title, row.log_text) == ("지원금", "- 손으로 쓴 문구")
    staff.post(NEW, {**typed, "amount": "1,000,000", "log_skip": "on"})
    assert Disbursement.objects.latest("pk").log_text == ""


def test_the_award_must_be_the_firms_own(staff, typed, jobs):
    other = make.award(jobs, make.enterprise())
    assert list(errors(staff.post(NEW, {**typed, "award": other.pk}))) == ["award"]


def test_a_voided_firm_is_not_paid(staff, typed, firm):
    from common.voiding import void

    void(firm, make.user(), "중복 등록")
    assert list(errors(staff.post(NEW, typed))) == ["recipient"]


# While it is being typed


def test_the_preview_says_what_is_known_and_accuses_nothing(staff, typed):
    page = staff.post(PREVIEW, typed).content.decode()
    assert "일금 구백사십팔만칠천원" in page
    assert 'data-national="7,115,250"' in page
    assert "예산 미등록(제한 없음)" in page
    assert "필수 항목" not in page
    assert not Disbursement.objects.exists()


def test_the_preview_of_a_bare_programme(staff, jobs):
    page = staff.post(PREVIEW, {"program": jobs.pk, "changed": "program"}).content.decode()
    assert "교부일을 적으면" in page
    assert 'id="recipient-field" hx-swap-oob="true"' in page
    assert "has-error" not in page


def test_the_preview_tells_an_amount_it_cannot_read(staff, jobs):
    page = staff.post(PREVIEW, {"program": jobs.pk, "amount": "24.394"}).content.decode()
    assert "금액(원): " in page


def test_the_preview_finds_a_recipient_by_name(staff, jobs, firm):
    make.enterprise("나무 협동조합")
    page = staff.post(PREVIEW, {"program": jobs.pk, "recipient_q": "(주)가 나다", "changed": "recipient_q"})
    assert f'data-only="enterprise:{firm.pk}"' in page.content.decode()
    assert "나무 협동조합" not in page.content.decode()


def test_the_preview_shows_the_budget_left(staff, typed, jobs):
    make.budget(jobs.years.get(), 20_000_000)
    page = staff.post(PREVIEW, typed).content.decode()
    assert "20,000,000" in page
    assert "10,513,000" in page


def test_the_preview_names_the_instalments_left(staff):
    trust = make.program("위탁", pays_enterprises=False)
    make.year(trust, ratio="0:0:100")
    agreement = make.entrustment(trust)
    for label in ("1분기", "2분기"):
        agreement.instalments.create(year=2024, label=label, amount=60_000_000)
    make.disbursement(trust, 60_000_000, entrustment=agreement, installment="1분기")
    typed = {"program": trust.pk, "recipient": f"entrustment:{agreement.pk}", "paid_on": "2024-03-29"}
    page = staff.post(PREVIEW, typed).content.decode()
    assert "2024년 2분기 60,000,000원" in page
    assert "2024년 1분기" not in page


def test_without_script_the_page_shows_itself_again(staff, typed):
    response = staff.post(NEW, {**typed, "look": "1"})
    assert "일금 구백사십팔만칠천원" in response.content.decode()
    assert not Disbursement.objects.exists()


def test_the_page_costs_the_same_queries_however_many_firms(staff, jobs, django_assert_max_num_queries):
    for _ in range(30):
        make.enterprise()
    with django_assert_max_num_queries(16):
        staff.get(f"{NEW}?program={jobs.pk}")


# Correcting


@pytest.fixture
def row(staff, typed):
    staff.post(NEW, typed)
    return Disbursement.objects.get()


def edit(row):
    return f"/subsidies/disbursements/{row.pk}/edit/"


def test_a_payment_is_corrected_and_split_anew(staff, typed, row):
    staff.post(edit(row), {**typed, "amount": "1,000,000", "revision": 1, "log_text": row.log_text})
    row.refresh_from_db()
    assert (row.shares, row.revision) == (Shares(750_000, 175_000, 75_000), 2)
    assert row.history.count() == 2


def test_the_second_saver_is_told_and_nothing_is_overwritten(staff, typed, row):
    staff.post(edit(row), {**typed, "note": "먼저", "revision": 1})
    response = staff.post(edit(row), {**typed, "note": "나중", "revision": 1})
    page = response.content.decode()
    assert "먼저 고쳤습니다" in page
    assert "나중" in page
    row.refresh_from_db()
    assert row.note == "먼저"
    staff.post(edit(row), {**typed, "note": "나중", "revision": 2})
    row.refresh_from_db()
    assert row.note == "나중"


def test_the_edit_page_shows_what_was_saved(staff, row):
    form = staff.get(edit(row)).context["form"]
    assert form["amount"].value() == "9,487,000"
    assert form["recipient"].value() == f"enterprise:{row.enterprise_id}"
    assert form["national"].value() is None


def test_the_sentence_follows_a_corrected_amount_unless_it_was_edited(staff, typed, row):
    sent = {
        **typed,
        "amount": "1,000,000",
        "log_title": row.log_title,
        "log_text": row.log_text,
        "revision": 1,
    }
    staff.post(edit(row), sent)
    row.refresh_from_db()
    assert row.log_text == "- 2024년 일자리창출사업 지원금 교부(㈜가나다, 1,000천 원)"
    staff.post(edit(row), {**sent, "log_text": "- 손으로 쓴 문구", "revision": 2})
    staff.post(edit(row), {**sent, "amount": "2,000,000", "log_text": "- 손으로 쓴 문구", "revision": 3})
    row.refresh_from_db()
    assert (row.log_text, row.amount) == ("- 손으로 쓴 문구", 2_000_000)


def test_a_later_ratio_asks_nothing_of_an_old_split(staff, typed, row, jobs):
    jobs.years.update(national=50, city=25, district=25)
    sources = {"national": "7,115,250", "city": "1,660,225", "district": "711,525"}
    staff.post(edit(row), {**typed, **sources, "note": "적요만 고침", "revision": 1})
    row.refresh_from_db()
    assert (row.note, row.shares) == ("적요만 고침", Shares(7_115_250, 1_660_225, 711_525))


def test_what_only_a_document_names_stays(staff, jobs):
    row = make.disbursement(jobs, 44_600_000, recipient_text="9개 기업", district=44_600_000)
    typed = {
        "program": jobs.pk,
        "recipient": "text",
        "paid_on": "2024-03-05",
        "amount": "44,600,000",
        "district": "44,600,000",
        "note": "문서 확인",
        "revision": 1,
        "log_skip": "on",
    }
    staff.post(edit(row), typed)
    row.refresh_from_db()
    assert (row.recipient_text, row.note) == ("9개 기업", "문서 확인")


def test_a_number_that_is_not_there(staff):
    assert staff.get("/subsidies/disbursements/987654321/edit/").status_code == 404
    assert staff.post(f"{PREVIEW}?row=987654321").status_code == 404
