"""What public pages say of themselves to programs: only to visitors, only what they see, and what engines may list."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from communities.models import Opening
from feed.models import Post
from search import sitemaps
from tests.factories import MemberFactory, post
from tests.world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def metas(html: str) -> dict[str, str]:
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html))
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    assert len(canonical) <= 1
    return found | ({"canonical": canonical[0]} if canonical else {})


def data(html: str) -> dict:
    (block,) = LD.findall(html) or ["{}"]
    return json.loads(block)


def test_the_table_of_public_pages_and_what_they_say(client, as_member):
    world = build_world()
    User.objects.update(engines_may_list=True)
    pages = {
        "/": ("website", "WebSite"),
        "/in/ines/": ("profile", "ProfilePage"),
        world.post.get_absolute_url(): ("article", "SocialMediaPosting"),
        world.article.article.get_absolute_url(): ("article", "Article"),
        world.organization.get_absolute_url(): ("website", "Organization"),
        world.event.get_absolute_url(): ("website", "Event"),
        world.opening.get_absolute_url(): ("website", "JobPosting"),
        "/tags/%D0%B2%D0%BE%D0%B4%D0%B0/": ("website", None),
        "/in/ines/posts/": ("website", None),
    }
    for address, (kind, type_) in pages.items():
        html = client.get(address).content.decode()
        said = metas(html)
        assert said["canonical"] == said["og:url"] == f"http://testserver{address}"
        assert said["og:type"] == kind, address
        assert said["description"] == said["og:description"] != "", address
        assert said["og:title"] in html
        assert said["og:image"].startswith("http://testserver/") if "og:image" in said else True
        assert data(html).get("@type") == type_, address
        html = as_member(world.ines).get(address).content.decode()
        assert not {"canonical", "og:url", "description"} & set(metas(html)), "members' pages are for nobody else"
        assert not LD.search(html)
    assert metas(client.get(world.post.get_absolute_url()).content.decode())["og:image"].endswith("/1280/")
    event = data(client.get(world.event.get_absolute_url()).content.decode())
    assert event["location"]["name"] == "Лион"
    assert "example.com" not in json.dumps(event), "the link is for those with a seat"
    person = data(client.get("/in/ines/").content.decode())["mainEntity"]
    assert "Речное управление" in {each["name"] for each in person["worksFor"]}
    assert person["sameAs"] == ["https://example.com/"]
    assert "+33" not in json.dumps(person)


def test_who_does_not_want_to_be_found_is_described_to_no_search_engine(client):
    member = MemberFactory(public=True, engines_may_list=False, headline="Hydrologist")
    said = post(member, "The gauges agree.", audience="public")
    for address in (member.get_absolute_url(), said.get_absolute_url()):
        answer = client.get(address)
        html = answer.content.decode()
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert not LD.search(html)
        assert metas(html)["canonical"] == f"http://testserver{address}"
    assert said.get_absolute_url() not in whole_sitemap(client)


def test_a_tag_has_one_address_however_it_is_spelled(client):
    said = {metas(client.get(f"/tags/{name}/").content.decode())["canonical"] for name in ("Rhône", "rhone", "RHÔNE")}
    assert said == {"http://testserver/tags/rhone/"}


def test_an_opening_is_listed_as_long_as_one_can_apply(client):
    opening = build_world().opening
    assert opening.get_absolute_url() in whole_sitemap(client)
    assert "X-Robots-Tag" not in client.get(opening.get_absolute_url())
    Opening.objects.update(closed_at=timezone.now())
    assert opening.get_absolute_url() not in whole_sitemap(client)
    answer = client.get(opening.get_absolute_url())
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert not LD.search(answer.text)


def test_nothing_that_is_said_ends_the_block_it_stands_in(client):
    member = MemberFactory(public=True, engines_may_list=True, headline="</script><script>alert(1)</script>\u2028&amp;")
    html = client.get(member.get_absolute_url()).content.decode()
    assert data(html)["mainEntity"]["description"] == member.headline
    assert "<script>alert" not in html
    words = '"><img src=x onerror=alert(1)> & more'
    html = client.get(post(member, words, audience="public").get_absolute_url()).content.decode()
    assert data(html)["articleBody"] == words
    assert "<img src=x" not in html


def test_a_page_of_search_or_a_list_has_words_for_a_preview_too(client):
    for address in ("/directory/", "/events/", "/search/", "/accounts/login/"):
        said = metas(client.get(address).content.decode())
        assert said["description"]
        assert "canonical" not in said


@pytest.mark.parametrize("name", ["/", "/in/{}/"])
def test_describing_asks_nothing_twice(name, client):
    member = MemberFactory(public=True, engines_may_list=True)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get(name.format(member.handle))
    asked = [query["sql"] for query in queries]
    assert len(asked) == len(set(asked))


def whole_sitemap(client) -> str:
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    pages = [element.text.removeprefix("http://testserver") for element in index.iter() if element.tag.endswith("loc")]
    assert pages
    for page in pages:
        ElementTree.fromstring(client.get(page).content)  # noqa: S314
    return "".join(client.get(page).content.decode() for page in pages)


def test_the_sitemap_lists_everything_once_whatever_ranges_its_pages_span(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "RANGE", 3)
    members = [MemberFactory(public=True, engines_may_list=n % 3 != 1) for n in range(8)]
    posts = [post(member, "Hello.", audience="public") for member in members]
    listed = whole_sitemap(client)
    for member, said in zip(members, posts, strict=True):
        for thing in (member, said):
            times = listed.count(f"<loc>http://testserver{thing.get_absolute_url()}</loc>")
            assert times == int(member.engines_may_list)
    assert "<lastmod>" in listed
    for wrong in ("/sitemap-people.xml?p=x", "/sitemap-people.xml?p=-1", "/sitemap-nothing.xml"):
        assert client.get(wrong).status_code == 404
    assert client.get("/sitemap-people.xml?p=999999").status_code == 200


def test_a_page_of_the_sitemap_reads_its_range_along_the_index_and_nothing_before_it(client):
    said = post(MemberFactory(public=True, engines_may_list=True), "Hello.", audience="public")
    page = said.pk // sitemaps.RANGE
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/sitemap-posts.xml?p={page}")
    (read,) = [query["sql"] for query in queries if '"feed_post"."posted_at"' in query["sql"]]
    assert "OFFSET" not in read
    assert f'"feed_post"."id" >= {page * sitemaps.RANGE}' in read
    assert Post.objects.count() == 1
