"""Every letter has an HTML part that says what its text says and looks like the site."""

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail

from accounts.models import Community
from notifications.dressing import preview
from notifications.palette import colours_for_mail
from tests.design.test_contrast import clipped, tokens

pytestmark = pytest.mark.django_db
LETTER = """Hello <Ines>,

this is about "you" & yours:

Confirm it: http://testserver/confirm/1/

http://testserver/other/

Somebody says: https://elsewhere.example/
https://elsewhere.example/

--
You get this because.

Acquaint
"""


@pytest.fixture
def letter(mailoutbox):
    send_mail("Confirm it", LETTER, None, ["a@example.org"])
    return mailoutbox[0].message()


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


def test_it_has_both_parts_and_the_text_comes_first(letter):
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER


def test_the_html_says_the_same_with_the_reason_at_its_foot(letter):
    html = html_of(letter)
    assert "Hello &lt;Ines&gt;," in html
    sheet, foot = html.split('<div class="foot">')
    assert "You get this because." in foot
    assert "<h1>Confirm it</h1>" in sheet


def test_only_addresses_of_this_site_become_links(letter):
    links = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', html_of(letter))
    assert links == [("http://testserver/confirm/1/", "Confirm it"), ("http://testserver/other/", "Open the link")]
    assert 'href="https://elsewhere' not in html_of(letter)


def test_it_says_that_nobody_wrote_it_by_hand_and_belongs_to_no_list(letter):
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert letter["Message-ID"].endswith("@testserver>")
    assert letter["List-Unsubscribe"] is letter["List-Id"] is None


def test_what_came_with_html_or_headers_of_its_own_keeps_them(mailoutbox):
    message = EmailMultiAlternatives("Hello", "text", to=["a@example.org"], headers={"Message-ID": "<1@x.example>"})
    message.attach_alternative("<p>Own</p>", "text/html")
    message.send()
    sent = mailoutbox[0].message()
    assert (sent["Message-ID"], html_of(sent).strip()) == ("<1@x.example>", "<p>Own</p>")
    assert sent["Auto-Submitted"] == "auto-generated"


def test_it_has_the_colour_and_the_name_of_the_community(mailoutbox):
    Community.objects.create(name="Danube Society", hue=30)
    EmailMessage("Hello", "text", to=["a@example.org"]).send()
    html = html_of(mailoutbox[0].message())
    assert '<a href="http://testserver">Danube Society</a>' in html
    assert colours_for_mail(30)["light"]["accent"] in html
    assert colours_for_mail(30)["dark"]["accent"] in html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hue", [165, 30])
def test_its_colours_are_those_of_the_style_sheet(scheme, hue):
    for name, colour in colours_for_mail(hue)[scheme].items():
        lightness, chroma, angle = tokens[name.replace("_", "-")][scheme].replace("var(--hue)", str(hue)).split()
        linear = clipped(float(lightness.rstrip("%")) / 100, float(chroma), float(angle))
        shown = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        decoded = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shown]
        assert decoded == pytest.approx(linear, abs=0.01), name


def test_every_letter_stands_on_the_one_base():
    folder = Path(__file__).parents[2] / "templates"
    letters = [file for file in folder.glob("*/email*/*.txt") if not file.name.endswith("_subject.txt")]
    bases = ('{% extends "emails/letter.txt" %}', '{% extends "account/email/base_')
    assert len(letters) > 20
    assert [file for file in letters if file.parent.parent.name and not file.read_text().startswith(bases)] == []


def test_lists_of_mail_show_its_first_words_without_links_beside_the_subject(letter):
    [shown] = re.findall(r'<div class="preview">(.*?)</div>', html_of(letter))
    assert shown.startswith("Hello &lt;Ines&gt;, this is about &quot;you&quot; &amp; yours: Somebody says:")
    assert "http://testserver" not in shown
    assert ".preview { display: none" in html_of(letter)


def test_what_is_shown_beside_a_subject_is_short():
    assert preview("Word " * 50) == f"{'Word ' * 24}…"
    assert preview("", "two\nlines") == "two lines"
    assert preview() == ""
