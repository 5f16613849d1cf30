"""What an article says, from Markdown to HTML: a few forms, and nothing that could do anything.

Two walls stand between what somebody types and what others' browsers read. `markdown-it-py` knows only the rules named
here, and no HTML; what becomes of it goes through `nh3`, which lets only the tags and attributes below pass, and of
their values only links to http, https, mailto and tags, and the addresses of the article's own pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import nh3
from django.utils.html import escape

from accounts.words import beginning, inline_html
from feed.articles.reading_time import minutes_to_read
from feed.models import Picture
from feed.pictures import Shown, shown
from feed.showing.saying import tag_url

if TYPE_CHECKING:  # it is loaded with the first article that somebody writes: six megabytes
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

VERSION = 2
"""Raise it when the same Markdown becomes other HTML: what is stored is then made anew when it is read."""
RULES = [
    "paragraph", "heading", "lheading", "list", "blockquote", "fence", "hr",
    "emphasis", "link", "image", "autolink", "backticks", "newline", "escape", "entity",
]  # fmt: skip
TAGS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "pre", "code", "em", "strong", "a",
    "figure", "figcaption", "img",
}  # fmt: skip
_PICTURE = ("src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding")
_BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote"}
ATTRIBUTES = {"*": {"dir"}, "a": {"href"}, "ol": {"start"}, "img": set(_PICTURE)}
REL = "nofollow ugc noopener"
OPENING = 240
"""About how many characters of an article stand on its card."""
DEEPEST = 4
"""The smallest heading is h4; the largest h2, since h1 is the title."""

_LINK = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)
_TAG = re.compile(r"/tags/[^/?#\s]+/")
_NUMBER = re.compile(r"picture:([1-9][0-9]?)", re.IGNORECASE)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
"""Signs that turn around the direction of what stands beside them, and those that are no signs at all."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article's words as HTML that is safe to show, its opening in plain words, and how long it takes to read."""

    html: str
    opening: str
    minutes: int
    missing: list[int]
    """The numbers of pictures that it names and doesn't have."""


@dataclass
class _Pictures:
    """The pictures that the words may name, by number, those that they name, and those that they name in vain."""

    there: Mapping[int, Picture]
    named: set[int] = field(default_factory=set)
    missing: list[int] = field(default_factory=list)

    def __getitem__(self, number: int) -> Picture | None:
        self.named.add(number)
        if number not in self.there and number not in self.missing:
            self.missing.append(number)
        return self.there.get(number)


def render(text: str, pictures: Iterable[Picture] = ()) -> Rendered:
    """Return what becomes of Markdown, with the pictures that it may name; those that it doesn't name stand below."""
    named = _Pictures({picture.number: picture for picture in pictures})
    reader = _reader()
    tokens = reader.parse(_TURNS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    for token in tokens:
        _settle(token, named)
    opening, minutes = "\n\n".join(_paragraphs(tokens)), minutes_to_read(_plain(tokens))
    html = reader.renderer.render(_with_figures(tokens), reader.options, {}) + _below(named)
    return Rendered(
        html=_clean(html, named),
        opening=beginning(opening, letters=OPENING, lines=5),
        minutes=minutes,
        missing=named.missing,
    )


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero", {"html": False, "maxNesting": 12}).enable(RULES)
    reader.validateLink = lambda url: bool(_LINK.fullmatch(url) or _NUMBER.fullmatch(url))
    reader.add_render_rule("image", _image)
    reader.add_render_rule("words", _words)
    return reader


def _settle(token: Token, pictures: _Pictures) -> None:
    """Make of a token what a page can show: headings below the title, links that lead out, pictures of its own."""
    if token.type.startswith("heading"):
        token.tag = f"h{min(int(token.tag[1]) + 1, DEEPEST)}"
    if token.nesting == 1 and token.tag in _BLOCKS:
        token.attrSet("dir", "auto")
    if token.children is not None:
        token.children = [each for child in _leading_out(token.children) for each in _settled(child, pictures)]
        _link_words(token.children)


def _leading_out(tokens: Iterable[Token]) -> Iterable[Token]:
    """The same tokens, without links that are none: to a picture. Their words stay. Links hold no links."""
    leads_out = True
    for token in tokens:
        if token.type == "link_open":
            leads_out = bool(_LINK.fullmatch(str(token.attrs.get("href", ""))))
        if leads_out or token.type not in ("link_open", "link_close"):
            yield token


def _settled(token: Token, pictures: _Pictures) -> list[Token]:
    return _picture(token, pictures) if token.type == "image" else [token]


def _link_words(tokens: list[Token]) -> None:
    """Make links of addresses and #tags that stand among the words, outside of links. Whom @handles name depends on
    the reader, and what is made here is the same for all: they stay as they are typed until somebody reads them
    (`feed.showing.saying`).
    """
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link_") else 0
        if token.type == "text" and not depth:
            token.type, token.meta = "words", {"html": inline_html(token.content, tag_url=tag_url)}


def _words(renderer, tokens, index, options, env) -> str:
    return tokens[index].meta["html"]


def _picture(token: Token, pictures: _Pictures) -> list[Token]:
    """A picture of the article's own; a link to one that is elsewhere; nothing for one that isn't there."""
    source, alt = str(token.attrs["src"]), _plain(token.children or [])
    if number := _NUMBER.fullmatch(source):
        picture = pictures[int(number[1])]
        if picture is None:
            return []
        token.meta = {"picture": shown(picture), "alt": alt or picture.description}
        token.meta["caption"] = token.attrs.get("title", "")
        return [token]
    make = type(token)
    opening, words = make("link_open", "a", 1, attrs={"href": source}), make("text", "", 0, content=alt or source)
    return [opening, words, make("link_close", "a", -1)]


def _image(renderer, tokens, index, options, env) -> str:
    return _img(tokens[index].meta["picture"], tokens[index].meta["alt"])


def _below(pictures: _Pictures) -> str:
    """The pictures that the words don't name, in order: nobody adds one for nobody to see it."""
    unnamed = [picture for number, picture in sorted(pictures.there.items()) if number not in pictures.named]
    return "".join(f"<figure>{_img(shown(picture), picture.description)}</figure>" for picture in unnamed)


def _img(picture: Shown, alt: str) -> str:
    values = (picture.url, picture.sources, "(min-width: 48rem) 44rem, 100vw", picture.width, picture.height, alt)
    attributes = zip(_PICTURE, (*values, "lazy", "async"), strict=True)
    return f"<img {' '.join(f'{name}="{escape(value)}"' for name, value in attributes)}>"


def _with_figures(tokens: list[Token]) -> list[Token]:
    """Let a picture that is a paragraph of its own stand as a figure, its title below it."""
    for start, middle, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        alone = [child for child in middle.children or [] if child.type != "softbreak"]
        if start.type != "paragraph_open" or len(alone) != 1 or alone[0].type != "image":
            continue
        start.tag = end.tag = "figure"
        start.attrs = {}
        if caption := alone[0].meta["caption"]:
            make = type(middle)
            middle.children = [
                *alone,
                make("caption_open", "figcaption", 1),
                make("text", "", 0, content=str(caption)),
                make("caption_close", "figcaption", -1),
            ]
    return tokens


def _clean(html: str, pictures: _Pictures) -> str:
    own = {value for each in map(shown, pictures.there.values()) for value in (each.url, each.sources)}

    def allowed(tag: str, name: str, value: str) -> str | None:
        if name in ("src", "srcset"):
            return value if value in own else None
        if name == "href":
            return value if _LINK.fullmatch(value) or _TAG.fullmatch(value) else None
        return value if name != "dir" or value == "auto" else None

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=allowed,
        link_rel=REL,
        url_schemes={"http", "https", "mailto"},
    ).strip()


def _paragraphs(tokens: list[Token]) -> Iterable[str]:
    """The paragraphs in plain words, without headings and pictures, until there are enough for an opening."""
    letters = 0
    for before, token in pairwise(tokens):
        words = _plain(token.children or []) if before.type == "paragraph_open" and not before.hidden else ""
        if words and letters <= OPENING:
            letters += len(words)
            yield words


def _plain(tokens: Iterable[Token]) -> str:
    """The words of tokens, without what a page doesn't show as words."""
    said = []
    for token in tokens:
        if token.type == "image":
            continue
        if token.children is not None:
            said.append(_plain(token.children) + "\n")
        elif token.type in ("softbreak", "hardbreak"):
            said.append(" ")
        else:
            said.append(token.content)
    return "".join(said).strip()
