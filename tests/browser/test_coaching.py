"""Writing a note while the coach looks on: nothing that is typed is lost or moved, and whoever listens hears it."""

import time
from itertools import chain, repeat

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Attendance
from network.models import ConnectionRequest
from network.views import coaching
from tests.communities.breakers import event
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Hi Ines, we shared a table at RiverConf last week. Thank you for the rating curves of the Saône."
OPENER = "We were both at RiverConf 2026."
QUICKLY, PAUSE = 30, 430  # milliseconds: at 60 words a minute one types a character in 200, and pauses between thoughts
LATE = (1.2, 0.1, 0.9, 0.0)  # seconds that the first answers take: later ones overtake them


@pytest.fixture
def pair():
    return MemberFactory(first_name="Ines", last_name="Moreau", handle="ines"), MemberFactory(first_name="Lina")


@pytest.fixture
def met(pair):
    """Both were at RiverConf 2026, and say so."""
    conference = event(host=pair[0], title="RiverConf 2026")
    for member in pair:
        Attendance.objects.create(
            event=conference, member=member, answer="attending", seated_at=timezone.now(), confirmed_at=timezone.now()
        )


@pytest.fixture
def late(monkeypatch):
    """The coach answers late, and not in the order in which it was asked."""
    delays, judge = chain(LATE, repeat(0.2)), coaching.coach

    def slowly(note, **about):
        time.sleep(next(delays))
        return judge(note, **about)

    monkeypatch.setattr(coaching, "coach", slowly)


def test_not_a_character_is_lost_or_moved_while_answers_come_late_and_out_of_order(open_page, pair, late):
    page = open_page("/in/ines/connect/", as_=pair[1])
    note = page.get_by_label("Your note")
    where = note.bounding_box()
    page.evaluate("document.getElementById('id_note').kept = document.getElementById('coach').kept = true")
    rest = NOTE.replace("shared a table at RiverConf ", "")
    for start in range(0, len(rest), 12):  # a pause, in which the coach is asked, every dozen characters
        note.press_sequentially(rest[start : start + 12], delay=QUICKLY)
        page.wait_for_timeout(PAUSE)
    at = rest.index("last")
    note.evaluate("(field, at) => field.setSelectionRange(at, at)", at)
    note.press_sequentially("shared a table ", delay=QUICKLY)
    page.wait_for_timeout(PAUSE)  # asked again, in the middle of the text
    note.press_sequentially("at RiverConf ", delay=QUICKLY)
    expect(note).to_have_value(NOTE)
    expect(page.locator("#coach .ok")).to_have_count(5)
    expect(page.locator("#coach-name")).to_contain_text("You call Ines by name.")
    page.wait_for_timeout(1000 * max(LATE))  # nothing that comes later changes anything
    expect(page.locator("#coach .ok")).to_have_count(5)
    expect(note).to_have_value(NOTE)
    assert note.evaluate("field => [field.selectionStart, field.selectionEnd]") == [at + 28, at + 28]
    assert note.bounding_box() == where
    assert page.evaluate("document.activeElement.id") == "id_note"
    assert page.evaluate("document.getElementById('id_note').kept && document.getElementById('coach').kept")


def test_words_that_are_still_being_composed_are_left_alone(open_page, pair):
    page = open_page("/in/ines/connect/", as_=pair[1])
    note = page.get_by_label("Your note")
    note.press_sequentially("Hi Ines, ")
    keyboard = page.context.new_cdp_session(page)
    for composed in ("に", "にほ", "にほん"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": composed, "selectionStart": len(composed), "selectionEnd": len(composed)},
        )
        page.wait_for_timeout(PAUSE + 200)  # the coach is asked and answers meanwhile
    expect(page.locator("#coach-name .ok")).to_be_visible()
    keyboard.send("Input.insertText", {"text": "日本"})
    expect(note).to_have_value("Hi Ines, 日本")


def test_whoever_listens_hears_politely_what_changes_and_nothing_twice(open_page, pair):
    page = open_page("/in/ines/connect/", as_=pair[1])
    note, coach = page.get_by_label("Your note"), page.locator("#coach")
    assert coach.get_attribute("role") == "status", "which is polite"
    assert coach.get_attribute("aria-atomic") == "false", "so that only the line that changes is read"
    note.fill("Hi Ines, do you have time for a quick call?")
    expect(page.locator("#coach-no_pitch")).to_contain_text("Could be better:")
    page.evaluate(
        """() => {
            window.heard = new Set()
            new MutationObserver((changes) => changes.forEach(({ target }) => {
                const line = (target.nodeType === 1 ? target : target.parentElement).closest("#coach > * > *")
                window.heard.add(line?.id ?? target.nodeName)
            })).observe(document.getElementById("coach"), { subtree: true, childList: true, characterData: true })
        }"""
    )
    with page.expect_response("**/connect/note/"):
        note.press_sequentially(" ")
    page.wait_for_timeout(100)
    assert page.evaluate("[...window.heard]") == []
    note.fill("Hi Ines, do you have time?")
    expect(page.locator("#coach-no_pitch .ok")).to_be_visible()
    assert "coach-no_pitch" in page.evaluate("[...window.heard]")
    assert not {"coach-name", "coach-short"} & {*page.evaluate("[...window.heard]")}


def test_by_keyboard_alone_an_opener_goes_in_where_the_cursor_is_and_the_note_is_sent(open_page, pair, met):
    page = open_page("/in/ines/connect/", as_=pair[1])
    page.get_by_label("Met at an event").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Hi Ines, thank you for the rating curves.")
    for _letter in " thank you for the rating curves.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=OPENER)).to_be_focused()
    page.keyboard.press("Enter")
    note = page.get_by_label("Your note")
    expect(note).to_be_focused()
    expect(note).to_have_value(f"Hi Ines, {OPENER} thank you for the rating curves.")
    expect(page.locator("#notice-bar")).to_have_text("Added to your note. Go on in your own words.")
    expect(page.locator("[data-counter-for=id_note]")).to_have_text("73 of 300")
    expect(page.locator("#coach-who .ok")).to_be_visible()
    assert not ConnectionRequest.objects.exists()
    page.keyboard.type(" So,")
    expect(note).to_have_value(f"Hi Ines, {OPENER} So, thank you for the rating curves.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your request to Ines Moreau is sent.")).to_be_visible()


def test_without_javascript_buttons_ask_the_coach_and_add_an_opener_and_the_note_is_sent_from_there(
    open_page, pair, met
):
    page = open_page("/in/ines/connect/", as_=pair[1], javascript=False)
    page.get_by_label("Met at an event").check()
    page.get_by_label("Your note").fill("Hi Ines, do you have time for a quick call?")
    page.get_by_role("button", name="Look at my note").click()
    expect(page.locator("#coach")).to_contain_text("quick call")
    page.get_by_label("Your note").fill("Hi Ines, thank you for the rating curves.")
    page.get_by_role("button", name=OPENER).click()
    expect(page.get_by_label("Your note")).to_have_value(f"Hi Ines, thank you for the rating curves. {OPENER}")
    expect(page.get_by_label("Met at an event")).to_be_checked()
    assert not ConnectionRequest.objects.exists()
    page.get_by_label("Met at an event").press("Enter")  # presses what sends, and no opener
    expect(page.get_by_text("Your request to Ines Moreau is sent.")).to_be_visible()
