"""The card of a post's first link: only what its author typed, and of the site's own only what the reader sees."""

import pytest
from django.conf import settings

from communities.actions import start_organization
from feed.showing.link_cards import card_inside, card_outside
from feed.showing.saying import say
from tests.cast import CAST
from tests.factories import post
from tests.feed.test_mentions import queries_of


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        (
            "See https://www.example.org/reports/floods-2026.html?a=b#c and x.org",
            "example.org",
            "reports › floods 2026",
        ),
        ("http://example.org/%D0%B2%D0%BE%D0%B4%D0%B0/a_b", "example.org", "вода › a b"),
        ("https://example.org/a/b/c/d/", "example.org", "b › c › d"),
        ("https://bank.example@evil.example/bank.example", "evil.example", "bank.example"),
        ("https://example.org/%E2%80%AEgpj.exe/%3Cscript%3E", "example.org", "gpj.exe › <script>"),
        ("https://example.org:8443/x", "example.org", "x"),
    ],
)
def test_of_a_strangers_place_says_what_its_address_tells(text, title, line):
    card = card_outside(say(text))
    assert (card.title, card.line, card.rel) == (title, line, "nofollow ugc noopener")


@pytest.mark.parametrize(
    "text", ["Nothing.", "ines@example.org", "#rivers @ines", "http://", "https://[bad/", "ftp://a.b", "example.org"]
)
def test_of_no_link_and_of_a_host_alone_there_is_no_card(text):
    assert card_outside(say(text)) is None


def test_no_address_breaks_the_page():
    assert card_outside('<a href="https://[bad/" rel="nofollow') is None


@pytest.mark.usefixtures("unmailed")
def test_of_the_sites_own_is_of_what_stands_there_only_for_who_may_see_it(cast):
    secret = post(cast["ines"], "For\nus.", audience="connections")
    organization = start_organization(by=cast["lina"], name="River Authority")
    seen = {
        path: {name for name in CAST if card_inside(say(settings.SITE_URL + path), viewer=cast[name])}
        for path in (f"/posts/{secret.pk}/", "/in/ines/", organization.get_absolute_url(), "/settings/", "/none/")
    }
    assert list(seen.values()) == [
        {"ines", "tomasz"},
        {"ines", "tomasz", "amara", "lina"},
        set(CAST) - {"visitor"},
        set(),
        set(),
    ]
    card = card_inside(say(f"{settings.SITE_URL}/posts/{secret.pk}/"), viewer=cast["tomasz"])
    assert (card.title, card.line) == ("A post by Ines Moreau", "For us.")


@pytest.mark.usefixtures("unmailed")
def test_costs_the_feed_nothing_and_the_posts_page_one_query(ines, lina, as_member):
    plain, linking = post(lina, "Nothing."), post(lina, f"{settings.SITE_URL}/in/ines/")
    client = as_member(lina)
    own = [queries_of(client, each.get_absolute_url()) for each in (plain, linking)]
    assert own[1] == own[0] + 1
    before = queries_of(client, "/")
    post(lina, "https://example.org/floods"), post(lina, f"{settings.SITE_URL}/in/lina/")
    assert queries_of(client, "/") == before
    page = client.get("/").text
    assert page.count('class="link-card"') == 1
    assert "Ines Moreau" in client.get(linking.get_absolute_url()).text
