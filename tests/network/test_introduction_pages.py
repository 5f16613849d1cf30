"""The pages of introductions: forms, lists, numbers and what they cost; and the name in a request (§5)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from network.actions import connect_introduced, connect_members, set_introduction_aside
from network.models import ConnectionRequest, Introduction
from tests.factories import MemberFactory, allow, ask_through, connect, connect_all, crowd, introduce, request

pytestmark = pytest.mark.django_db

LISTS = 12
"""What the page costs: session, member, what waits in the header, the tabs, three lists, degrees, what is shared."""


@pytest.fixture
def lina(lina, tomasz) -> User:
    """Lina, who would like to meet Ines, and knows Tomasz, who knows Ines."""
    connect(lina, tomasz)
    return lina


# asking


@pytest.mark.usefixtures("unmailed")
def test_one_chooses_whom_to_ask_and_says_why(as_member, ines, tomasz, lina):
    client, address = as_member(lina), reverse("ask_for_introduction", args=["ines"])
    page = client.get(address).text
    assert f'value="{tomasz.pk}" checked' in page
    assert "you can ask 2 more times" in page
    answer = client.post(address, {"through": tomasz.pk, "reason": "We both read gauges.", "key": uuid4()})
    assert answer.url == reverse("profile", args=["ines"])
    asked = Introduction.objects.get()
    assert (asked.asker, asked.through, asked.to, asked.reason) == (lina, tomasz, ines, "We both read gauges.")
    assert "You asked Tomasz Wiśniewski for an introduction to Ines Moreau." in client.get(answer.url).text
    assert "It stays open until" in client.get(address).text


@pytest.mark.usefixtures("unmailed")
def test_what_was_typed_stays_and_says_what_is_wrong(as_member, ines, tomasz, lina):
    client, address = as_member(lina), reverse("ask_for_introduction", args=["ines"])
    other = MemberFactory()
    connect(other, ines)
    connect(other, lina)
    wrong = {
        "Choose whom you ask.": {"reason": "Rivers"},
        "Choose somebody who is connected with both of you.": {"through": ines.pk, "reason": "Rivers"},
        "Say why you would like to be introduced.": {"through": tomasz.pk, "reason": " "},
        "A reason has up to 300 characters; this one has 301.": {"through": tomasz.pk, "reason": "r" * 301},
    }
    for sentence, sent in wrong.items():
        answer = client.post(address, sent | {"key": uuid4()})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert sent["reason"].strip() in answer.text
        assert (f'value="{tomasz.pk}" checked' in answer.text) == (sent.get("through") == tomasz.pk)
    assert not Introduction.objects.exists()


@pytest.mark.usefixtures("unmailed")
def test_a_refusal_comes_back_with_the_page(as_member, ines, tomasz, lina):
    request(lina, ines)
    address = reverse("ask_for_introduction", args=["ines"])
    sent = {"through": tomasz.pk, "reason": "Rivers", "key": uuid4()}
    answer = as_member(lina).post(address, sent)
    assert answer.status_code == 422
    assert answer.text.count("You can ask Ines Moreau again from") == 1


@pytest.mark.usefixtures("unmailed")
def test_a_double_click_asks_once(as_member, ines, tomasz, lina):
    client, address = as_member(lina), reverse("ask_for_introduction", args=["ines"])
    sent = {"through": tomasz.pk, "reason": "Rivers", "key": uuid4()}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Introduction.objects.count() == 1


@pytest.mark.usefixtures("unmailed")
def test_who_finds_the_page_to_ask_on(as_member, ines, tomasz, amara, bill, visitor):
    address = reverse("ask_for_introduction", args=["ines"])
    assert "You share no connection yet" in as_member(amara).get(address).text
    assert as_member(tomasz).get(address).url == reverse("profile", args=["ines"])
    assert as_member(visitor).get(address).url.startswith("/accounts/login/")
    for member in (ines, bill):
        assert as_member(member).get(address).status_code == 404


@pytest.mark.usefixtures("unmailed")
def test_twenty_are_offered_the_newest_connection_first(as_member, ines, tomasz, lina, django_assert_max_num_queries):
    for number in range(25):
        somebody = MemberFactory(first_name=f"Friend{number:02}")
        connect_members(somebody, ines)
        connect_members(somebody, lina, at=timezone.now() + timedelta(minutes=number))
    client, address = as_member(lina), reverse("ask_for_introduction", args=["ines"])
    client.get(address)
    with django_assert_max_num_queries(16):
        page = client.get(address)
    offered = [person.first_name for person in page.context["people"]]
    assert offered == [f"Friend{number:02}" for number in range(24, 4, -1)]
    wanted = page.context["people"][7]
    chosen = client.get(address, {"through": wanted.handle}).text
    assert re.findall(r'value="(\d+)" checked', chosen) == [str(wanted.pk)]


# passing on


@pytest.mark.usefixtures("unmailed")
def test_a_line_of_ones_own_is_needed_to_pass_it_on(as_member, ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    client, address = as_member(tomasz), reverse("pass_introduction_on", args=[asked.pk])
    assert asked.reason in client.get(address).text
    for line, sentence in {
        "  ": "Write a line of your own.",
        "l" * 301: "A line has up to 300 characters; this one has 301.",
    }.items():
        answer = client.post(address, {"line": line})
        assert answer.status_code == 422
        assert sentence in answer.text
    answer = client.post(address, {"line": "Lina reads gauges."})
    assert answer.url == reverse("introductions")
    assert "You introduced Lina Svensson to Ines Moreau." in client.get(answer.url).text
    shown = as_member(ines).get(reverse("introductions")).text
    assert "Lina reads gauges." in shown
    assert asked.reason in shown
    assert "Lina reads gauges." not in as_member(lina).get(reverse("introductions")).text


# lists


@pytest.mark.usefixtures("unmailed")
def test_the_tab_counts_what_waits_for_the_reader(as_member, ines, tomasz, lina):
    def number(member: User) -> str:
        tabs = as_member(member).get(reverse("introductions")).context["tabs"]
        return next(tab.number for tab in tabs if tab.text == "Introductions")

    introduction = introduce(lina, ines, through=tomasz)
    amara = MemberFactory()
    connect(amara, ines)
    ask_through(ines, asker=amara, to=tomasz)
    assert (number(ines), number(tomasz), number(lina)) == ("2", "", "")
    set_introduction_aside(introduction, by=ines)
    assert number(ines) == "1"


@pytest.mark.usefixtures("unmailed")
def test_the_lists_cost_the_same_with_one_row_as_with_thirty(as_member, ines, tomasz, django_assert_num_queries):
    client, cost = as_member(ines), []
    for number in (1, 29):
        rows = []
        askers, others, thirds = (crowd(number) for _ in range(3))
        connect_all(tomasz, askers + thirds)
        connect_all(ines, others)
        for asker, other, third in zip(askers, others, thirds, strict=True):
            rows += [
                Introduction(asker=asker, through=tomasz, to=ines, reason="R", line="L", **_passed_on()),
                Introduction(asker=other, through=ines, to=tomasz, reason="R"),
                Introduction(asker=ines, through=tomasz, to=third, reason="R"),
            ]
        Introduction.objects.bulk_create(rows)
        client.get(reverse("introductions"))
        with django_assert_num_queries(LISTS):
            page = client.get(reverse("introductions"))
        cost.append([len(page.context[name].rows) for name in ("introduced", "asked_of", "mine")])
    assert cost == [[1, 1, 1], [20, 20, 20]]
    for name in ("introduced", "asked_of", "mine"):
        more = client.get(page.context[name].next_url, headers={"HX-Request": "true"})
        assert more.text.count('<li class="stack tight">') == 10
        assert "<html" not in more.text


def _passed_on() -> dict:
    now = timezone.now()
    return {"passed_on_at": now, "reached_at": now}


@pytest.mark.usefixtures("unmailed")
def test_an_empty_page_says_what_it_is_for(as_member, amara):
    client = as_member(amara)
    assert "No introductions yet" in client.get(reverse("introductions")).text
    assert "Nothing answered" in client.get(reverse("introductions_answered")).text


# the name in a request


@pytest.mark.usefixtures("unmailed")
def test_the_page_to_ask_on_offers_the_names_that_may_be_used_and_no_others(as_member, ines, tomasz, lina):
    client, address = as_member(lina), reverse("ask_to_connect", args=["ines"])
    assert "Whom do you name?" not in client.get(address).text
    allow(tomasz, asker=lina, to=ines)
    page = client.get(address)
    assert [name for _number, name in page.context["form"].fields["named"].choices] == ["Tomasz Wiśniewski", "Nobody"]
    forged = {"context": "introduced", "named": ines.pk, "key": uuid4()}
    answer = client.post(address, forged)
    assert answer.status_code == 422
    assert "Choose somebody who lets you use their name." in answer.text
    client.post(address, forged | {"named": tomasz.pk})
    assert ConnectionRequest.objects.get(sender=lina, recipient=ines).named == tomasz


@pytest.mark.usefixtures("unmailed")
def test_nobody_is_named_where_another_context_is_chosen(as_member, ines, tomasz, lina):
    allow(tomasz, asker=lina, to=ines)
    sent = {"context": "worked", "named": tomasz.pk, "key": uuid4()}
    as_member(lina).post(reverse("ask_to_connect", args=["ines"]), sent)
    assert ConnectionRequest.objects.get(sender=lina, recipient=ines).named is None


SAID = {allow: "Tomasz Wiśniewski lets Lina use their name.", introduce: "Introduced by Tomasz Wiśniewski."}


@pytest.mark.usefixtures("unmailed")
@pytest.mark.parametrize("way", [allow, introduce])
def test_the_recipient_reads_the_name_as_the_sites_own_word_where_they_may_see_it(as_member, ines, tomasz, lina, way):
    if way is allow:
        allow(tomasz, asker=lina, to=ines)
    else:
        introduce(lina, ines, through=tomasz)
    request(lina, ines, context="introduced", note="Hello Ines", named=tomasz)
    pages = [reverse("requests_received"), reverse("profile", args=["lina"]), reverse("notices")]
    for address in pages:
        assert SAID[way] in as_member(ines).get(address).text, address
    assert "You named Tomasz Wiśniewski." in as_member(lina).get(reverse("requests_sent")).text
    User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD)
    for address in pages:
        assert "Wiśniewski" not in as_member(ines).get(address).text, address
    User.objects.filter(pk=tomasz.pk).update(suspended_until=None)
    block_member(ines, by=tomasz)
    for address in pages:
        assert "Wiśniewski" not in as_member(ines).get(address).text, address
    assert "You named Tomasz Wiśniewski." in as_member(lina).get(reverse("requests_sent")).text


@pytest.mark.usefixtures("unmailed")
def test_a_note_that_claims_an_introduction_proves_nothing(as_member, ines, tomasz, lina):
    request(lina, ines, context="introduced", note="Introduced by Tomasz.")
    assert "Introduced by Tomasz Wiśniewski." not in as_member(ines).get(reverse("requests_received")).text


# letters


def test_each_letter_goes_to_whom_it_is_for_and_none_tells_of_silence(ines, tomasz, lina):
    mail.outbox.clear()
    introduction = introduce(lina, ines, through=tomasz)
    connect_introduced(introduction, by=ines)
    told = [(letter.to, letter.subject) for letter in mail.outbox]
    assert told == [
        ([tomasz.email], "Lina Svensson asks you for an introduction."),
        ([lina.email], "Tomasz Wiśniewski introduced you."),
        ([ines.email], "Tomasz Wiśniewski introduces somebody to you."),
        ([lina.email], "Ines Moreau connected with you after the introduction."),
    ]
    mail.outbox.clear()
