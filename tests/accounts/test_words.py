"""What members write, on the page: escaped, in paragraphs, with links that lend nobody weight."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.words import as_html, beginning
from tests.factories import MemberFactory, comment, post

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "data:text/html,<script>alert(1)</script>",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>alert(1)</script>",
    "www.example.org/'><b>",
    'www.example.com"onclick="alert(1)',
    "java\nscript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "http://javascript:alert(1)@example.org",
    "vbscript:x.com",
    "{{ request.user.password }}",
]
OURS = re.compile(r'<(?:p|/p|br|/a|a href="(?:https?://|mailto:)[^"<>]*" rel="nofollow ugc noopener")>')


def nothing_but_ours(html: str) -> bool:
    return not re.search(r"[<>]", OURS.sub("", html))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_member_writes_becomes_markup(attack):
    assert nothing_but_ours(as_html(attack))


@given(st.text(alphabet=st.sampled_from("<>\"'&;:/.@ \nahtpsw-()[]"), max_size=80))
def test_no_text_at_all_becomes_markup(text):
    assert nothing_but_ours(as_html(text))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_word_is_lost(attack):
    shown = unescape(re.sub(r"<[^>]*>", " ", as_html(attack)))
    assert re.sub(r"\W", "", shown) == re.sub(r"\W", "", attack)


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("See https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&amp;c=2"),
        ("(http://example.org)", "http://example.org"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("example.com", "https://example.com"),
        ("ask@example.org", "mailto:ask@example.org"),
    ],
)
def test_addresses_become_links(text, href):
    assert f'<a href="{href}" rel="nofollow ugc noopener">' in as_html(text)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://example.org/x", "file:///etc/passwd", "tel:112", "data:x.com"]
)
def test_nothing_else_becomes_a_link(text):
    assert "<a " not in as_html(text)


def test_paragraphs_and_line_breaks_stay():
    assert as_html("One\r\ntwo\r\n\r\nthree\n\n\n\nfour") == "<p>One<br>two</p><p>three</p><p>four</p>"
    assert as_html(" \n ") == ""


def test_long_addresses_are_shown_shortened():
    html = as_html("https://example.org/" + "x" * 200)
    assert "x" * 200 in html
    assert ">https://example.org/" + "x" * 39 + "…</a>" in html


def test_a_long_text_shows_its_beginning_and_a_short_one_everything():
    assert beginning("Short.") == "Short."
    long = "word " * 300
    assert beginning(long).endswith("word …")
    assert len(beginning(long)) < 710
    assert beginning("\n".join(["line"] * 40)).count("\n") == 11
    assert len(beginning("x" * 2000)) < 710


@pytest.mark.parametrize("attack", ATTACKS[:6])
def test_every_page_shows_what_was_written_and_runs_none_of_it(attack, as_member, db):
    author = MemberFactory(first_name="<b>Ann", last_name='"><script>x', headline=attack)
    said = post(author, attack)
    first = comment(author, said, attack)
    client = as_member(author)
    for address in (
        "/",
        said.get_absolute_url(),
        f"{said.get_absolute_url()}edit/",
        f"{said.get_absolute_url()}repost/",
        f"/comments/{first.pk}/",
        f"/comments/{first.pk}/reply/",
        f"/comments/{first.pk}/edit/",
        f"/in/{author.handle}/posts/",
    ):
        page = client.get(address).content.decode()
        assert not re.search(r"<(script>|img src=x|svg onload|b>)", page), address
        assert 'href="javascript:' not in page
