"""Recommendations, reported by those who read them and hidden by operators."""

import pytest
from django.urls import reverse

from moderation.models import Case
from network.models import Recommendation
from tests.factories import recommend

pytestmark = pytest.mark.django_db

TEXT = "Ines sells gauges at www.gauges.example, buy two of them and pay for three, today only."


@pytest.fixture
def written(tomasz, ines) -> Recommendation:
    return recommend(tomasz, ines, TEXT)


def test_its_subject_reports_one_that_waits_and_an_operator_hides_it(
    desk, as_member, written, ines, tomasz, amara, mailoutbox
):
    report = reverse("report", args=["recommendation", written.pk])
    assert as_member(amara).get(report).status_code == 404  # nobody else reads it yet
    page = as_member(ines).get(report)
    assert "Report a recommendation by Tomasz Wiśniewski" in page.text
    as_member(ines).post(report, {"reason": "spam"})
    case = Case.objects.get()
    assert (case.member, case.reports.get().evidence) == (tomasz, TEXT)
    mailoutbox.clear()
    desk.post(reverse("admin:moderation_case_decide", args=[case.pk, "hide"]), {"why": "An advertisement"})
    written.refresh_from_db()
    assert written.hidden_at
    assert not Recommendation.objects.received_by(ines).exists()
    assert "An operator hid it" in as_member(tomasz).get(reverse("recommendations_written")).text
    assert {letter.to[0] for letter in mailoutbox} == {ines.email, tomasz.email}
    told = next(
        letter.message().get_body(("plain",)).get_content() for letter in mailoutbox if letter.to == [tomasz.email]
    )
    assert "has hidden a recommendation that you wrote" in told


def test_an_operator_reads_hides_and_restores_one_and_never_a_silent_answer(desk, written, ines, lina):
    Recommendation.objects.update(set_aside_at=written.written_at)
    page = reverse("admin:network_recommendation_change", args=[written.pk])
    read = desk.get(page).text
    assert TEXT in read
    assert "set_aside" not in read
    assert desk.get(reverse("admin:network_recommendation_changelist"), {"q": "tomasz"}).status_code == 200
    Recommendation.objects.update(set_aside_at=None, approved_at=written.written_at)
    for act, seen in (("hide", False), ("restore", True)):
        desk.post(reverse("admin:network_recommendation_decide", args=[written.pk, act]), {"why": "An advertisement"})
        assert Recommendation.objects.visible_to(lina).exists() is seen
    assert desk.get(page).text.count("An advertisement") == 2
    assert desk.get(reverse("admin:network_recommendation_add")).status_code == 403
