"""The coach on the page for asking: with htmx the five lines, without JavaScript the page with what was typed (§4)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Attendance
from network.models import ConnectionRequest
from tests.communities.breakers import event

pytestmark = pytest.mark.usefixtures("unmailed")

HTMX = {"HX-Request": "true"}
GOOD = "Hi Ines, we shared a table at RiverConf last week. Thank you for the rating curves of the Saône."


@pytest.fixture
def ask(lina, as_member):
    """Lina, a stranger, asks the coach about a note to Ines."""
    return lambda note, context="event", **options: as_member(lina).post(
        reverse("coach_note", args=["ines"]), {"note": note, "context": context}, **options
    )


def test_an_empty_note_is_told_what_makes_a_good_one(ines, lina, as_member):
    html = as_member(lina).get(reverse("ask_to_connect", args=["ines"])).content.decode()
    assert html.count('id="coach-') == 6, "five lines under their heading"
    assert "Could be better" not in html


def test_a_good_note_ticks_all_five_lines(ines, ask):
    html = ask(GOOD, headers=HTMX).content.decode()
    assert html.count("Good:") == 5
    assert "<main" not in html


def test_what_fails_says_why_and_by_which_words(ines, ask):
    html = ask("Hi Ines, do you have time for a quick call?", headers=HTMX).content.decode()
    assert "Could be better:" in html
    assert "quick call" in html[html.index("<q>") :]


def test_without_javascript_the_page_keeps_what_was_typed_and_finds_no_fault_with_the_form(ines, ask):
    answer = ask(GOOD)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert GOOD in html
    assert 'value="event"' in html
    assert "checked" in html
    assert "errorlist" not in html
    assert html.count("Good:") == 5


def test_it_never_sends_anything_and_never_blocks(ines, lina, ask, as_member):
    ask("buy now!!!")
    assert not ConnectionRequest.objects.exists()
    form = {"context": "other", "note": "buy now!!!", "key": "0b0f4a52-7a2c-4f8e-9a55-0d7a1e3c1f10"}
    assert as_member(lina).post(reverse("ask_to_connect", args=["ines"]), form).status_code == 302
    assert ConnectionRequest.objects.get().note == "buy now!!!"


def test_an_event_that_both_confirmed_says_enough_about_how_they_know_each_other(ines, lina, ask):
    note = "Hi Ines, congratulations on the gauge atlas."
    assert ask(note, headers=HTMX).content.decode().count("Good:") == 4
    met = event(host=ines)
    for member in (ines, lina):
        Attendance.objects.create(
            event=met, member=member, answer="attending", seated_at=timezone.now(), confirmed_at=timezone.now()
        )
    assert ask(note, headers=HTMX).content.decode().count("Good:") == 5
    assert ask(note, context="worked", headers=HTMX).content.decode().count("Good:") == 4


@pytest.mark.parametrize("note", ["", " \r\n", "\0", "<script>alert(1)</script>", "x" * 100_000, "‮" * 900])
def test_hostile_input_is_answered(ines, ask, note):
    answer = ask(note, context="<b>", headers=HTMX)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_whoever_may_not_ask_gets_no_coach(ines, bill, tomasz, as_member):
    address = reverse("coach_note", args=["ines"])
    assert as_member(bill).post(address, {"note": GOOD}).status_code == 404
    assert as_member(tomasz).post(address, {"note": GOOD}).status_code == 302
