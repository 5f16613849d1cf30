"""What becomes of Markdown, however hostile: a few tags, links that lead out, pictures of the article's own."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from justhtml import JustHTML

from feed.actions.publishing import slug_of
from feed.articles.markdown import REL, TAGS, _clean, _Pictures, render
from feed.articles.reading_time import minutes_to_read
from feed.models import Picture

PICTURES = [
    Picture(position=0, key="a" * 32, width=1280, height=640, description="A wall"),
    Picture(position=2, key="b" * 32, width=640, height=1280),
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- <b> --><![CDATA[<script>]]><?php x?>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](/admin/)",
    "[x](../../accounts/logout/)",
    "[x](#top)",
    "[x](https:evil)",
    "[x](https://a.example/\"onmouseover=alert(1))",
    "[x](https://a.example/ \"title\" onclick=alert(1))",
    "[x](https://a.example/'><script>alert(1)</script>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](picture:1)",
    "![x](picture:1 \"\\\" onerror=alert(1) x=\\\"\")",
    "![x](picture:99)",
    "![x](picture:0)",
    "![x](picture:1/../../admin/)",
    "![x](/pictures/" + "b" * 32 + "/640/)",
    "[![x](https://evil.example/a.png)](javascript:alert(1))",
    "[x](picture:1)",
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "# <img src=x onerror=alert(1)>",
    "> <script>\n> alert(1)\n> </script>",
    "1. <b onmouseover=alert(1)>x",
    "**[x](javascript:alert(1)**)",
    "*__*_**___`[",
    "\u202egnp.exe\u202c and \u2066isolate",
    "\x00\x08\x1b[31m",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "\\<script>alert(1)\\</script>",
]  # fmt: skip
UNCLOSED = ["[", "![", "**a ", "`a", "> ", "- ", "<", "[a](", "[x](<", "*_", "&", "\\", "a\n", "# a\n\n", "<a@b.c"]
TAG = re.compile(r"<\s*/?\s*([a-zA-Z0-9!?]+)")
HREF = re.compile(r'href="([^"]*)"')
SOURCE = re.compile(r'(?:src|srcset)="([^"]*)"')
TAG_LINK = f'<a href="/tags/Rivers/" dir="auto" rel="{REL}">#Rivers</a>'
ALLOWED = {"href", "rel", "dir", "start", "src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"}


def assert_harmless(html: str) -> None:
    """By the tree that a browser would make of it, not by how it is spelled."""
    nodes = [JustHTML(html, fragment=True, sanitize=False).root]
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", None) or []
        if node.name.startswith(("#", "!")):
            assert node.name in ("#text", "#document", "#document-fragment"), html
            continue
        assert node.name in TAGS, html
        assert set(node.attrs or {}) <= ALLOWED, html
        for name, value in (node.attrs or {}).items():
            if name == "href":
                assert value.startswith(("http://", "https://", "mailto:", "/tags/")), html
                assert node.attrs["rel"] == "nofollow ugc noopener"
            if name in ("src", "srcset"):
                assert all(each.strip().startswith("/pictures/aaaa") or "/bbbb" in each for each in value.split(","))
            assert name != "dir" or value == "auto", html
            if name == "src":
                assert value in {f"/pictures/{'a' * 32}/1280/", f"/pictures/{'b' * 32}/1280/"}, html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_through(text):
    for around in ("{}", "> {}", "- {}", "# {}", "**{}**", "a {} b", "[{}](https://a.example)"):
        assert_harmless(render(around.format(text), PICTURES).html)


@given(some.text(alphabet=some.sampled_from("[]()!<>\"'`*_#&;:/\\ \n\tax1javscriptpicture:https\u202e"), max_size=80))
def test_no_mixture_of_marks_comes_through(text):
    assert_harmless(render(text, PICTURES).html)


@pytest.mark.parametrize("mark", UNCLOSED)
def test_what_is_huge_and_unclosed_is_done_in_time(mark):
    started = time.process_time()
    assert_harmless_at_a_glance(render(mark * (20_000 // len(mark)), PICTURES).html)
    assert time.process_time() - started < 4, "seconds; it takes a few tenths"


def assert_harmless_at_a_glance(html: str) -> None:
    assert {name.lower() for name in TAG.findall(html)} <= TAGS
    assert all(value.startswith(("http", "mailto:", "/tags/")) for value in HREF.findall(html))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", '<h2 dir="auto">One</h2>'),
        ("### Three", '<h4 dir="auto">Three</h4>'),
        ("###### Six", '<h4 dir="auto">Six</h4>'),
        ("Under\n---", '<h3 dir="auto">Under</h3>'),
        ("*a* **b**", '<p dir="auto"><em>a</em> <strong>b</strong></p>'),
        ("- a\n- b", '<ul dir="auto">\n<li>a</li>\n<li>b</li>\n</ul>'),
        ("3. a", '<ol start="3" dir="auto">\n<li>a</li>\n</ol>'),
        ("> a", '<blockquote dir="auto">\n<p dir="auto">a</p>\n</blockquote>'),
        (
            "[a](https://b.example/?c=1&d=2)",
            '<p dir="auto"><a href="https://b.example/?c=1&amp;d=2" rel="nofollow ugc noopener">a</a></p>',
        ),
        (
            "<https://b.example>",
            '<p dir="auto"><a href="https://b.example" rel="nofollow ugc noopener">https://b.example</a></p>',
        ),
        (
            "www.b.example/c, #Rivers",
            f'<p dir="auto"><a href="https://www.b.example/c" rel="{REL}">www.b.example/c</a>, {TAG_LINK}</p>',
        ),
        (
            "[#Rivers](https://b.example) `#code` @ines",
            f'<p dir="auto"><a href="https://b.example" rel="{REL}">#Rivers</a> <code>#code</code> @ines</p>',
        ),
        ("[a](picture:1)", '<p dir="auto">a</p>'),
        (
            "![there](https://b.example/c.png)",
            '<p dir="auto"><a href="https://b.example/c.png" rel="nofollow ugc noopener">there</a></p>',
        ),
        ("<b>", '<p dir="auto">&lt;b&gt;</p>'),
        ("`a`", '<p dir="auto"><code>a</code></p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_what_one_writes_becomes_what_one_means(text, html):
    assert render(text).html == html


@pytest.mark.parametrize("text", ["[x](/admin/)", "[x](javascript:alert(1))", "![x](data:image/png;base64,aa)"])
def test_the_first_wall_alone_leaves_what_is_no_link_as_it_is_typed(text):
    assert render(text).html == f'<p dir="auto">{text}</p>'


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert(1)" onclick="alert(1)" class="x" style="color:red">x</a>',
        '<a href="/admin/">x</a>',
        '<img src="https://evil.example/a.png" srcset="https://evil.example/a.png 2x" onerror="alert(1)">',
        f'<img src="/pictures/{"c" * 32}/640/">',
        '<p dir="rtl" id="x">x<script>alert(1)</script><style>*{}</style><form><input name="a"></form>',
    ],
)
def test_the_second_wall_alone_lets_nothing_through(html):
    assert_harmless(_clean(html, _Pictures({picture.number: picture for picture in PICTURES})))


def test_a_picture_stands_as_a_figure_with_its_measures_and_its_caption_below():
    html = render('![A "wall"](picture:1 "In <March>")', PICTURES).html
    assert html.startswith("<figure><img ")
    assert 'width="1280" height="640" alt="A &quot;wall&quot;" loading="lazy"' in html
    assert f'srcset="/pictures/{"a" * 32}/640/ 640w, /pictures/{"a" * 32}/1280/ 1280w"' in html
    assert "<figcaption>In &lt;March&gt;</figcaption></figure>" in html


def test_without_words_of_its_own_a_picture_has_its_description():
    assert 'alt="A wall"' in render("![](picture:1)", PICTURES).html
    assert 'alt=""' in render("![](picture:3)", PICTURES).html


def test_pictures_that_the_words_do_not_name_stand_below_in_order_with_what_they_show():
    html = render("Words.", PICTURES).html
    shown = [("a" * 32, "A wall"), ("b" * 32, "")]
    figures = [f'<figure><img src="/pictures/{key}/1280/"[^>]* alt="{alt}"[^>]*></figure>' for key, alt in shown]
    assert re.fullmatch(rf'<p dir="auto">Words.</p>\s*{"".join(figures)}', html)
    for text in ("![](picture:1) and\n\n![](picture:3)", "[![a](picture:3)](https://a.example) ![](picture:1)"):
        assert render(text, PICTURES).html.count("<img") == 2, text
    assert render("`![](picture:1)` ![](picture:2) [a](picture:1)", PICTURES).html.count("<figure>") == 2, (
        "none is named"
    )


def test_pictures_that_are_not_there_are_named_once():
    assert render("![a](picture:2) ![b](picture:2) ![c](picture:1)", PICTURES).missing == [2]


def test_the_opening_is_in_plain_words_without_headings_and_pictures():
    text = '# Heading\n\n![a](picture:1 "Caption")\n\n**First** [words](https://a.example) & <b>.\n\n- one\n\nMore.'
    assert render(text, PICTURES).opening == "First words & <b>.\n\nMore."
    assert 200 < len(render("word " * 500).opening) < 320
    assert render("![a](picture:1)", PICTURES).opening == ""


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 1), ("river " * 230, 1), ("river " * 231, 2), ("水" * 1000, 2), ("น้ำ" * 700, 3), ("река " * 460, 2)],
)
def test_reading_time_counts_words_and_where_there_are_no_spaces_letters(text, minutes):
    assert minutes_to_read(text) == minutes


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("What a gauge can’t tell you", "what-a-gauge-can-t-tell-you"),
        ("Чего не знает река", "чего-не-знает-река"),
        ("C# & C++ / 100 %", "c-c-100"),
        ("🌊", "article"),
        ("../../admin/?x=#y", "admin-x-y"),
        ("a" * 200, "a" * 80),
    ],
)
def test_an_address_is_made_of_the_title(title, slug):
    assert slug_of(title) == slug
