"""Public posts as Atom feeds: only what visitors see, valid, and sent once (product.md §8)."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from accounts.actions import block_member
from accounts.models import FormerHandle, User
from communities.actions import start_organization
from feed.actions import delete_post, edit_post
from feed.atom import MOST
from feed.models import Post
from tests.factories import MemberFactory, article, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

NS = {"atom": "http://www.w3.org/2005/Atom"}
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def open_ines(ines) -> User:
    User.objects.filter(pk=ines.pk).update(profile_audience="public")
    ines.refresh_from_db()
    return ines


def parsed(answer) -> ElementTree.Element:
    """The feed, after what RFC 4287 asks of every one of them was looked at."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert root.tag == f"{{{NS['atom']}}}feed"
    entries = root.findall("atom:entry", NS)
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"atom:{name}", NS)) == 1, name
        assert element.findtext("atom:id", "", NS).startswith("tag:testserver,2026:")
        assert DATE.fullmatch(element.findtext("atom:updated", "", NS))
        for link in element.findall("atom:link", NS):
            assert link.attrib["href"].startswith("http://testserver/")
    for entry in entries:
        assert entry.findtext("atom:author/atom:name", "", NS)
        content = entry.find("atom:content", NS)
        assert content is not None
        assert content.attrib["type"] == "html"
        assert not re.search(r'(href|src)="/', content.text or "")
    ids = [entry.findtext("atom:id", "", NS) for entry in entries]
    assert len(set(ids)) == len(ids)
    return root


def said(root: ElementTree.Element) -> list[str]:
    return [re.sub(r"<[^>]+>", "", entry.findtext("atom:content", "", NS)) for entry in root.findall("atom:entry", NS)]


def test_holds_only_what_visitors_see_whoever_fetches_it(cast, as_member):
    ines, tomasz = cast["ines"], cast["tomasz"]
    address = reverse("profile_atom", args=["ines"])
    for viewer in cast.values():
        assert as_member(viewer).get(address).status_code == 404, "the profile is for members"
    User.objects.filter(pk=ines.pk).update(profile_audience="public")
    for audience in ("public", "members", "connections"):
        post(ines, f"For {audience}.", audience=audience)
    post(ines, "Hidden.", audience="public", hidden_at=timezone.now())
    pass_on(ines, post(tomasz, "By somebody for members.", audience="public"), text="Look.")
    for name in ("ines", "tomasz", "amara", "lina", "visitor"):
        assert said(parsed(as_member(cast[name]).get(address))) == ["For public."], name
    for name in ("bill", "jorge"):
        assert as_member(cast[name]).get(address).status_code == 404, name


def test_names_nobody_from_whom_a_wall_keeps_who_fetches_it(open_ines, tomasz, lina, as_member, client):
    User.objects.filter(pk=tomasz.pk).update(profile_audience="public")
    article(open_ines, text="Thanks, @tomasz.", audience="public")
    post(open_ines, "Thanks, @tomasz.", audience="public")
    block_member(lina, by=tomasz)
    assert client.get("/in/ines/atom/").text.count("Wiśniewski") == 2
    answer = as_member(lina).get("/in/ines/atom/")
    assert "Wiśniewski" not in answer.text
    assert said(parsed(answer)) == ["Thanks, @tomasz."] * 2


def test_somebody_suspended_or_gone_has_none_and_a_former_handle_leads_to_it(open_ines, client):
    FormerHandle.objects.create(handle="ines-before", member=open_ines)
    assert client.get("/in/ines-before/atom/").url == "/in/ines/atom/"
    User.objects.filter(pk=open_ines.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=1))
    for handle in ("ines", "ines-before", "nobody"):
        assert client.get(f"/in/{handle}/atom/").status_code == 404


def test_is_valid_whatever_names_and_words_hold(open_ines, client):
    User.objects.filter(pk=open_ines.pk).update(first_name="I\x07nes", last_name="מורו <&> \ufffe")
    words = [
        "\x0b\x1f<script>alert(1)</script> & ]]>",
        "שלום عليكم",
        "😀 https://example.org/?a=1&b=2",
        "See #water",
        "\ud7ff",
    ]
    for text in words:
        post(open_ines, text, audience="public")
    root = parsed(client.get("/in/ines/atom/"))
    assert root.findtext("atom:entry/atom:author/atom:name", "", NS).startswith("Ines מורו <&>")
    contents = [entry.findtext("atom:content", "", NS) for entry in root.findall("atom:entry", NS)]
    assert "<script" not in "".join(contents)
    assert contents[-2].startswith('<div dir="auto">')
    assert 'href="http://testserver/tags/water/"' in contents[1]


def test_stays_the_same_until_something_changes_and_is_not_sent_twice(open_ines, client):
    address = "/in/ines/atom/"
    empty = client.get(address)
    assert client.get(address).content == empty.content
    first = post(open_ines, "First.", audience="public")
    one = client.get(address)
    assert one["ETag"] != empty["ETag"]
    again = client.get(address, headers={"If-None-Match": one["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", one["ETag"])
    before = parsed(one)
    edit_post(first, by=open_ines, text="First, told better.")
    after = client.get(address, headers={"If-None-Match": one["ETag"]})
    (was,), (now,) = (root.findall("atom:entry", NS) for root in (before, parsed(after)))
    for name in ("id", "published"):
        assert was.findtext(f"atom:{name}", "", NS) == now.findtext(f"atom:{name}", "", NS)
    assert was.findtext("atom:updated", "", NS) < now.findtext("atom:updated", "", NS)
    delete_post(first, by=open_ines)
    assert client.get(address, headers={"If-None-Match": after["ETag"]}).content == empty.content


def test_is_sent_anew_to_who_only_says_when_they_had_it_last(open_ines, client):
    """What is deleted, hidden or narrowed leaves the feed with an earlier moment of its last change."""
    post(open_ines, "Stays.", audience="public"), post(open_ines, "Goes.", audience="public")
    long_after = http_date((timezone.now() + timezone.timedelta(days=1)).timestamp())
    for change in (lambda goes: goes.update(hidden_at=timezone.now()), lambda goes: goes.delete()):
        change(Post.objects.filter(text="Goes."))
        answer = client.get("/in/ines/atom/", headers={"If-Modified-Since": long_after})
        assert said(parsed(answer)) == ["Stays."]
        assert "Last-Modified" not in answer


@pytest.mark.parametrize("many", [1, 25])
def test_costs_6_queries_and_holds_20_at_most(many, open_ines, client):
    for number in range(many):
        post(open_ines, str(number), audience="public")
    pass_on(open_ines, Post.objects.get(text="0"))
    client.get("/in/ines/atom/")
    with CaptureQueriesContext(connection) as queries:
        root = parsed(client.get("/in/ines/atom/"))
    assert len(queries) <= 6
    newest = [str(number) for number in range(many - 1, max(-1, many - 20), -1)]
    assert said(root)[: len(newest)] == newest
    assert len(said(root)) <= 20


def test_organizations_and_tags_have_one_each(open_ines, client, as_member):
    organization = start_organization(by=open_ines, name="River Office", audience="public")
    post(open_ines, "By the office. #Wäter", audience="public", organization=organization)
    post(open_ines, "By Ines. #water", audience="public")
    post(open_ines, "For members. #water", audience="members")
    post(MemberFactory(), "By somebody for members. #water", audience="public")
    for browser in (client, as_member(open_ines)):
        assert said(parsed(browser.get(f"/organizations/{organization.slug}/atom/"))) == ["By the office. #Wäter"]
        assert said(parsed(browser.get("/tags/water/atom/"))) == ["By Ines. #water", "By the office. #Wäter"]
    assert said(parsed(client.get("/tags/nobody/atom/"))) == []


def test_pages_lead_to_their_feed_where_there_is_one(open_ines, client, as_member, lina):
    for page in ("/in/ines/", "/in/ines/posts/"):
        link = '<link rel="alternate" type="application/atom+xml" title="Posts by Ines Moreau" href="/in/ines/atom/">'
        assert link in client.get(page).content.decode()
    assert "atom+xml" not in as_member(open_ines).get("/in/lina/").content.decode()
    assert 'href="/tags/water/atom/"' in client.get("/tags/water/").content.decode()


def test_what_somebody_only_passed_on_leaves_room_for_their_own_words(open_ines, client):
    post(open_ines, "Of my own.", audience="public")
    other = MemberFactory(profile_audience="public")
    for number in range(MOST + 1):
        pass_on(open_ines, post(other, f"Of another, {number}.", audience="public"))
    assert said(parsed(client.get(reverse("profile_atom", args=["ines"])))) == ["Of my own."]
