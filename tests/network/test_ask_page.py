"""The page to ask on: what it says beforehand, and how it takes what was typed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Community, User
from network.actions import withdraw_request
from network.models import Connection, ConnectionRequest
from tests.factories import connect, request

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESS = "/in/lina/connect/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asker(as_member, ines):
    return as_member(ines)


def filled_in(**fields) -> dict:
    return {"context": "event", "note": "Hello Lina", "key": str(uuid4())} | fields


def test_it_says_when_one_can_ask_again_and_how_often(asker, lina):
    assert "ask again from 20 February 2027, 2 more times" in asker.get(ADDRESS).text


def test_a_request_goes_off_with_its_context_and_note(asker, ines, lina):
    answer = asker.post(ADDRESS, filled_in(note="Hello Lina,\r\nit was good to meet."))
    assert answer.url == "/in/lina/"
    sent = ConnectionRequest.objects.get(sender=ines, recipient=lina)
    assert (sent.context, sent.note) == ("event", "Hello Lina,\nit was good to meet.")
    assert "You asked Lina to connect on 22 November 2026" in asker.get("/in/lina/").text


def test_a_replayed_form_asks_once(asker, lina):
    form = filled_in()
    assert [asker.post(ADDRESS, form).url for _ in range(2)] == ["/in/lina/"] * 2
    assert ConnectionRequest.objects.count() == 1


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(asker, lina):
    answer = asker.post(ADDRESS, {"note": "x" * 301, "key": str(uuid4())})
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert "A note has up to 300 characters; this one has 301." in answer.text
    assert "Choose how you know each other." in answer.text


def test_a_line_break_counts_as_one_character(asker, lina):
    assert asker.post(ADDRESS, filled_in(note="a\r\n" * 149 + "bc")).status_code == 302


def test_a_required_note_is_said_beforehand(asker, lina):
    User.objects.filter(pk=lina.pk).update(note_required=True)
    assert "Lina asks for a note with every request" in asker.get(ADDRESS).text
    answer = asker.post(ADDRESS, filled_in(note=" "))
    assert (answer.status_code, "Write a note to Lina." in answer.text) == (422, True)


def test_asking_again_wants_a_new_note(as_member, ines, lina, clock):
    request(ines, lina, note="Hello Lina")
    clock.move_to(NOW + timedelta(days=90))
    asker = as_member(ines)
    assert "needs a note, and a new one" in asker.get(ADDRESS).text
    assert "You have sent this note before" in asker.post(ADDRESS, filled_in(note="hello, LINA!")).text
    assert asker.post(ADDRESS, filled_in(note="We met again")).status_code == 302


def test_too_early_it_says_from_when_and_how_often(asker, ines, lina):
    withdraw_request(request(ines, lina), by=ines)
    page = asker.get(ADDRESS).text
    assert "You can ask Lina Svensson again from 20 February 2027." in page
    assert "You can ask Lina 2 more times." in page
    assert 'id="ask"' not in page


@pytest.mark.parametrize("door", [User.Door.NOBODY, User.Door.MUTUAL])
def test_a_closed_door_has_no_form_but_a_neutral_sentence_and_the_open_ways(asker, lina, door):
    User.objects.filter(pk=lina.pk).update(door=door)
    for address in (ADDRESS, "/in/lina/"):
        page = asker.get(address).text
        assert "Lina Svensson can&#x27;t be asked to connect at the moment." in page
        assert 'id="ask"' not in page
        assert ">Connect</a>" not in page
        assert "Follow" in page
    assert asker.post(ADDRESS, filled_in()).status_code == 422
    assert not ConnectionRequest.objects.exists()


def test_a_mutual_connection_opens_the_door_for_those_who_have_one(asker, lina, tomasz):
    User.objects.filter(pk=lina.pk).update(door=User.Door.MUTUAL)
    connect(lina, tomasz)
    assert 'id="ask"' in asker.get(ADDRESS).text
    assert ">Connect</a>" in asker.get("/in/lina/").text


def test_where_the_address_must_be_known_every_failure_reads_alike(asker, lina):
    User.objects.filter(pk=lina.pk).update(door=User.Door.EMAIL)
    key = uuid4()
    wrong = [asker.post(ADDRESS, filled_in(key=key, email="lina@elsewhere.example")) for _ in range(10)]
    too_often = asker.post(ADDRESS, filled_in(key=key, email=lina.email))
    errors = {str(answer.context["form"].errors) for answer in [*wrong, too_often]}
    assert len(errors) == 1
    assert "tries a day" in errors.pop()
    assert not ConnectionRequest.objects.exists()


def test_whoever_knows_the_address_may_ask(asker, lina):
    User.objects.filter(pk=lina.pk).update(door=User.Door.EMAIL)
    assert asker.post(ADDRESS, filled_in(email=lina.email.upper())).status_code == 302


def test_a_full_quota_is_said_before_one_writes(asker, ines, tomasz, lina):
    Community.objects.update_or_create(pk=1, defaults={"requests_in_7_days": 0})
    page = asker.get(ADDRESS).text
    assert "You have sent 0 requests in 7 days." in page
    assert 'id="ask"' not in page


def test_asking_somebody_who_asked_first_connects(asker, ines, lina):
    request(lina, ines)
    assert "Lina asked you first" in asker.get(ADDRESS).text
    asker.post(ADDRESS, filled_in())
    assert Connection.objects.filter(member=ines, other=lina).exists()


def test_whoever_asks_to_be_followed_first_has_follow_as_the_main_button(asker, lina):
    User.objects.filter(pk=lina.pk).update(follow_first=True)
    standing = asker.get("/in/lina/").context["standing"]
    assert (standing.main, standing.may_ask) == ("follow", True)
    asker.post(reverse("follow", args=["lina"]))
    standing = asker.get("/in/lina/").context["standing"]
    assert (standing.main, standing.may_ask) == ("", True)


def test_declining_where_one_stands_leads_back_there(as_member, ines, lina):
    sent = request(lina, ines, note="Hello Ines")
    client = as_member(ines)
    assert "Hello Ines" in client.get("/in/lina/").text
    address = reverse("decline_request", args=[sent.pk])
    assert client.post(address, {"next": "/in/lina/", "look": "header"}).url == "/in/lina/"


def test_pressing_twice_is_no_error(as_member, ines, lina):
    sent = request(lina, ines)
    client = as_member(ines)
    for name in ("accept_request", "accept_request", "decline_request"):
        assert client.post(reverse(name, args=[sent.pk])).status_code == 302
    assert Connection.objects.filter(member=ines, other=lina).exists()


def test_a_name_is_never_read_as_html(asker, lina):
    User.objects.filter(pk=lina.pk).update(door=User.Door.EMAIL, first_name="<b id=bold>Lina</b>")
    page = asker.get(ADDRESS).text
    assert "is asked by people who know their email address" in page
    assert "<b id=bold>" not in page


def test_a_full_quota_tells_nobody_that_an_address_was_right(asker, ines, lina):
    """Its owner would never hear of the try."""
    Community.objects.update_or_create(pk=1, defaults={"requests_in_7_days": 0})
    User.objects.filter(pk=lina.pk).update(door=User.Door.EMAIL)
    key = uuid4()
    answers = [asker.post(ADDRESS, filled_in(key=key, email=email)) for email in (lina.email, "wrong@example.com")]
    right, wrong = [str(answer.context["form"].errors) for answer in answers]
    assert right == wrong
    assert "You have sent 0 requests in 7 days." in right
