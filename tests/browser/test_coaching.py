"""Writing a note while the coach looks on: nothing that is typed is lost or moved."""

import pytest
from playwright.sync_api import expect

from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Hi Ines, we shared a table at RiverConf last week. Thank you for the rating curves of the Saône."
QUICKLY, SLOWLY = 30, 450  # milliseconds for a character: many between two questions to the coach, and one for each


@pytest.fixture
def pair():
    return MemberFactory(first_name="Ines", last_name="Moreau", handle="ines"), MemberFactory(first_name="Lina")


def test_the_lines_tick_while_one_types_and_not_a_character_is_lost(open_page, pair):
    page = open_page("/in/ines/connect/", as_=pair[1])
    note = page.get_by_label("Your note")
    where = note.bounding_box()
    note.press_sequentially(NOTE[:60], delay=QUICKLY)
    note.press_sequentially(NOTE[60:72], delay=SLOWLY)
    note.press_sequentially(NOTE[72:], delay=QUICKLY)
    expect(note).to_have_value(NOTE)
    expect(page.locator("#coach .ok")).to_have_count(5)
    assert note.bounding_box() == where
    assert page.evaluate("document.activeElement.id") == "id_note"
    expect(page.locator("#coach-name")).to_contain_text("You call Ines by name.")


def test_without_javascript_a_button_asks_the_coach_and_the_note_is_sent_from_there(open_page, pair):
    page = open_page("/in/ines/connect/", as_=pair[1], javascript=False)
    page.get_by_label("Met at an event").check()
    page.get_by_label("Your note").fill("Hi Ines, do you have time for a quick call?")
    page.get_by_role("button", name="Look at my note").click()
    expect(page.locator("#coach")).to_contain_text("quick call")
    page.get_by_label("Your note").fill(NOTE)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_text("Your request to Ines Moreau is sent.")).to_be_visible()
