"""Every email as it arrives by SMTP: its parts, headers and links, and nobody else's address in any of it."""

import re
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import Community, User
from notifications import outbox
from notifications.kinds import emailed
from notifications.models import Email
from notifications.numbers import is_ours
from tests.factories import MemberFactory
from tests.notifications.happenings import HAPPENINGS, wants_everything
from tests.notifications.letters import LETTERS
from tests.notifications.smtp import Post, free_port, open_post_office

pytestmark = pytest.mark.django_db
PEOPLE = ("Reader", "Other", "Third")
SITE = "http://testserver"


class Page(HTMLParser):
    """The links of a page, and whether each tag that opens is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.images: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag in ("img", "link", "script"):
            self.images.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def posted(settings, worker, happen) -> list[tuple[list[str], EmailMessage]]:
    """What arrives at a mail server after something happened."""
    port, office = free_port(), Post()
    settings.MAILERS = settings.MAILERS | {
        "delivery": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    with open_post_office(office, port):
        happen()
        worker()
        worker()
    return office.arrived


def text_and_html(message: EmailMessage) -> tuple[str, str]:
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content_charset() == html.get_content_charset() == "utf-8"
    return text.get_content(), html.get_content()


def assert_well_made(recipients: list[str], message: EmailMessage, *, but: str = "") -> None:
    """What holds for every email; `but` is an address that its reader may read in it beside their own."""
    text, html = text_and_html(message)
    page = Page(html)
    assert page.open == []
    assert page.images == []  # nothing is fetched when it is opened, so nobody learns when that is
    assert not message.defects
    (to,) = recipients
    assert message["To"] == to
    assert message["Cc"] is message["Bcc"] is message["Reply-To"] is None
    assert message["From"] == "Acquaint <acquaint@example.org>"
    assert message["Date"].datetime
    assert is_ours(message["Message-ID"], to=to)
    assert message["Auto-Submitted"] == "auto-generated"
    assert "\n" not in message["Subject"]
    assert len(text.strip()) > 20
    for whole in (message.as_string(), text, html):
        others = set(re.findall(r"[\w.+-]+@example\.(?:com|net)", whole)) - {to, but}
        assert others == set()
    assert not re.search(r"\{\{|\{%|&amp;amp;|None\b", text + html)


def assert_links_answer(member: User, message: EmailMessage) -> None:
    """Each link leads to a page of this site that its reader sees; those in the text and the HTML are the same."""
    text, html = text_and_html(message)
    links = set(Page(html).links) - {SITE}
    assert links == set(re.findall(r"https?://[^\s<>]+", text)) - {SITE}
    browser = Client()
    browser.force_login(member, backend="accounts.backends.MemberBackend")
    for link in links:
        assert link.startswith(f"{SITE}/")
        assert browser.get(link.removeprefix(SITE), follow=True).status_code == 200, link


def assert_stops_with_one_click(message: EmailMessage) -> None:
    stop = re.fullmatch(rf"<({SITE}/unsubscribe/[^>]+)>", message["List-Unsubscribe"])[1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"]
    signed_out = Client(enforce_csrf_checks=True)
    assert signed_out.get(urlsplit(stop).path).status_code == 200
    assert signed_out.post(urlsplit(stop).path, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("slug", [kind.slug for kind in emailed()])
def test_an_email_of_a_kind(slug, settings, worker):
    reader, other, third = (MemberFactory(first_name=name, handle=name.lower()) for name in PEOPLE)
    wants_everything(reader)
    Email.objects.all().delete()

    def happen() -> None:
        made = HAPPENINGS[slug](reader, other, third)
        if slug == "digest":
            outbox.write_telling(reader, kind=slug, actor=None, subject_id=made.pk)
        DBTaskResult.objects.update(run_after=get_date_max())  # also what waits for a while

    arrived = posted(settings, worker, happen)
    host = f"<{slug.replace('_', '-')}.testserver>"
    [(recipients, message), *again] = [one for one in arrived if one[0] == [reader.email] and one[1]["List-Id"] == host]
    assert again == []
    assert_well_made(recipients, message)
    assert "You get this" in text_and_html(message)[0]
    assert "You get this" in text_and_html(message)[1]
    assert_links_answer(reader, message)
    assert_stops_with_one_click(message)


@pytest.mark.parametrize("about", LETTERS)
def test_a_letter_about_an_account_always_comes_and_is_no_list(about, settings, worker):
    Community.objects.get_or_create(pk=1)
    member, operator = MemberFactory(first_name="Reader"), MemberFactory(first_name="Olga", is_staff=True)
    arrived = posted(settings, worker, lambda: LETTERS[about](member, operator))
    [(recipients, message)] = [one for one in arrived if one[0] in ([member.email], ["new@example.net"])]
    assert_well_made(recipients, message)
    assert message["List-Unsubscribe"] is message["List-Id"] is None
    text, html = text_and_html(message)
    assert "ou get this" in text
    assert "ou get this" in html
    assert not re.search(r"\b[ap]\.m\.|\.\.", text)
    links = set(re.findall(r"https?://[^\s<>]+", text)) - {SITE}
    assert set(Page(html).links) - {SITE} == links
    for link in links:
        assert Client().get(link.removeprefix(SITE), follow=True).status_code == 200, link


def test_a_letter_says_by_the_clocks_of_its_reader_when_something_was_done(mailoutbox):
    with time_machine.travel("2026-03-02 21:30+00:00", tick=False):
        LETTERS["codes were switched on"](MemberFactory(time_zone="Asia/Tokyo"), None)
    text = mailoutbox[0].message().get_body(("plain",)).get_content()
    assert "When: 3 March 2026, 06:30, Tokyo time (UTC+9)\nFrom: 127.0.0.1\nWith: A browser\n" in text.replace(
        "\r\n", "\n"
    )


def test_a_suspension_says_by_the_clocks_of_its_reader_until_when(mailoutbox):
    with time_machine.travel("2026-03-02 21:30+00:00", tick=False):
        LETTERS["a suspension"](MemberFactory(time_zone="America/Bogota"), MemberFactory(is_staff=True))
    text = mailoutbox[0].message().get_body(("plain",)).get_content()
    assert "until 3 March 2026, 16:30, Bogota time (UTC−5)." in text


def test_a_letter_greets_also_whom_it_can_not_call_by_a_name(mailoutbox):
    named, nameless = MemberFactory(first_name="Reader"), MemberFactory(first_name="", welcomed_at=None)
    for member, greeting in ((named, "Hello Reader,"), (nameless, "Hello,")):
        LETTERS["keeping the account"](member, None)
        text = mailoutbox[-1].message().get_body(("plain",)).get_content()
        assert text.startswith(f"{greeting}\r\n\r\nYour account"), text


@pytest.mark.parametrize("about", ["joining", "a further address", "a new password"])
def test_a_letter_with_a_link_says_how_long_it_works(about, mailoutbox):
    LETTERS[about](MemberFactory(), None)
    assert "The link works for 3 days." in mailoutbox[0].message().get_body(("plain",)).get_content()
