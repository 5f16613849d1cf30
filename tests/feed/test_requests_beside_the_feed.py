"""The newest requests that wait stand beside the feed, with their answers."""

import re

import pytest

from network.models import Connection, ConnectionRequest
from tests.factories import MemberFactory, connect, request

pytestmark = pytest.mark.django_db


def beside(client) -> str:
    """What is read when it comes into sight."""
    return client.get("/network/beside/", headers={"HX-Request": "true"}).content.decode()


def forms_beside(client) -> dict[str, str]:
    """The addresses of the answers' forms and what each form holds."""
    html = beside(client)
    return dict(re.findall(r'<form method="post" action="(/network/requests/[^"]+)">(.*?)</form>', html, re.DOTALL))


def sent_from(form: str) -> dict[str, str]:
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_a_request_is_answered_beside_the_feed(as_member, ines, lina, answer, htmx):
    asked, client = request(lina, ines, note="Hello"), as_member(ines)
    address = f"/network/requests/{asked.pk}/{answer}/"
    form = forms_beside(client)[address]
    assert "hx-" not in form  # an ordinary form, with JavaScript as without: it ends on the feed
    response = client.post(address, sent_from(form), headers={"HX-Request": "true"} if htmx else {})
    assert (response.status_code, response["Location"]) == (302, "/")
    after = client.get("/").content.decode()
    assert address not in beside(client)
    assert ("You and Lina Svensson are connected." if answer == "accept" else "Lina will not be told.") in after
    assert Connection.objects.filter(member=ines, other=lina).exists() == (answer == "accept")
    assert ConnectionRequest.objects.set_aside_by(ines).exists() == (answer == "decline")


def test_a_token_stands_in_each_of_the_forms(ines, lina):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ines, backend="accounts.backends.MemberBackend")
    asked = request(lina, ines)
    address = f"/network/requests/{asked.pk}/accept/"
    form = forms_beside(client)[address]
    assert client.post(address).status_code == 403
    assert client.post(address, sent_from(form)).status_code == 302


def test_they_stand_in_the_order_of_the_requests_page(as_member, ines):
    plain, noted, near = (MemberFactory(first_name=name) for name in ("Plain", "Noted", "Near"))
    between = MemberFactory()
    connect(between, ines)
    connect(between, near)
    request(near, ines)
    request(noted, ines, note="Hello Ines")
    request(plain, ines)
    html = beside(as_member(ines))
    places = [html.index(f'<span class="visually-hidden">: {name} Example') for name in ("Near", "Noted", "Plain")]
    assert places == sorted(places)


def test_on_the_phone_the_bar_leads_to_them_with_their_number(as_member, ines, lina):
    request(lina, ines)
    html = as_member(ines).get("/").content.decode()
    places = html[html.index('id="places"') : html.index("</nav>", html.index('id="places"'))]
    assert 'href="/network/"' in places
    assert re.search(r"href=\"/network/\".*?>1<", places, re.DOTALL)


def test_until_it_is_read_and_without_javascript_a_link_leads_to_them(as_member, ines, lina):
    assert "Waiting for you</a>" not in as_member(ines).get("/").content.decode()
    request(lina, ines)
    assert '<a href="/network/">Waiting for you</a>' in as_member(ines).get("/").content.decode()
