"""What members write, as HTML: escaped, in paragraphs, with links that lend nobody weight.

- `as_html` writes it; @handles become names and #tags links where the caller says whose and where to
- `inline_html` writes a piece of a paragraph that is put together elsewhere
- `marks_of` says which handles, tags and links a text holds, by the same reading
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import NamedTuple

from django.utils.html import Urlizer, escape, smart_urlquote
from django.utils.safestring import SafeString, mark_safe

from accounts.marks import SIGNS, marks_in

_LINES = re.compile(r"\r\n|\r|\n")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LONGEST_LINK = 60
_NOTHING = re.compile(r"(?!)")


class Named(NamedTuple):
    """Whom a handle in a text leads to, for one reader: their name, and where they are."""

    name: str
    url: str


class _Links(Urlizer):
    """Makes links of addresses: http, https and email, and nothing else."""

    url_template = '<a href="{href}" rel="nofollow ugc noopener">{url}</a>'
    bare_address = Urlizer.simple_url_2_re
    simple_url_2_re = _NOTHING  # Django would link a bare address with http and a warning

    def handle_word(self, word, **options):
        if "." in word:
            lead, middle, trail = self.trim_punctuation(word)
            if self.bare_address.match(middle):
                link = self.url_template.format(
                    href=escape(smart_urlquote(f"https://{middle}")),
                    url=escape(self.trim_url(middle, limit=_LONGEST_LINK)),
                )
                return f"{escape(lead)}{link}{escape(trail)}"
        return super().handle_word(word, **options)


class _Marks(_Links):
    """Makes links of @handles and #tags as well."""

    mark_template = '<a class="{kind}" href="{url}" dir="auto">{text}</a>'

    def __init__(self, names: Mapping[str, Named], tag_url: Callable[[str], str] | None) -> None:
        self.names, self.tag_url = names, tag_url

    def handle_word(self, word, **options):
        html = super().handle_word(word, **options)
        return self.marked(word) if SIGNS.search(word) and not _HREF.search(html) else html

    def in_html(self, text: str) -> str:
        """Return a text of a page, in which links are made already, with its handles and tags as links."""
        words = self.word_split_re.split(unescape(text))
        return "".join(escape(word) if self.is_address(word) else self.marked(word) for word in words)

    def is_address(self, word: str) -> bool:
        return bool(_HREF.search(super().handle_word(word, safe_input=False, autoescape=True)))

    def marked(self, word: str) -> str:
        pieces, at = [], 0
        for mark in marks_in(word):
            if link := self.mark(mark, word[mark.start : mark.end]):
                pieces += [escape(word[at : mark.start]), link]
                at = mark.end
        return "".join([*pieces, escape(word[at:])])

    def mark(self, mark, typed: str) -> str:
        if mark.tag and self.tag_url:
            return self.mark_template.format(kind="tag", url=escape(self.tag_url(mark.tag)), text=escape(typed))
        if named := self.names.get(mark.handle):
            return self.mark_template.format(kind="mention", url=escape(named.url), text=escape(named.name))
        return ""


class Found(NamedTuple):
    """What a text holds: handles in small letters, tags as typed, addresses of links; each once, in their order."""

    handles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class _Finder(_Links):
    """Keeps what it finds."""

    def __init__(self) -> None:
        self.handles: dict[str, None] = {}
        self.tags: dict[str, None] = {}
        self.links: dict[str, None] = {}

    def handle_word(self, word, **options):
        if href := _HREF.search(super().handle_word(word, **options)):
            if not href[1].startswith("mailto:"):
                self.links[unescape(href[1])] = None
        elif SIGNS.search(word):
            for mark in marks_in(word):
                found, what = (self.tags, mark.tag) if mark.tag else (self.handles, mark.handle)
                found[what] = None
        return ""


_HREF = re.compile('<a href="([^"]*)"')
_links = _Links()


def marks_of(text: str) -> Found:
    """Return the handles, tags and links of a text, as `as_html` finds them.

    >>> marks_of("Thanks @Ines (ines@example.org), see https://example.org/#rivers. #Rivers")
    Found(handles=('ines',), tags=('Rivers',), links=('https://example.org/#rivers',))
    """
    if not _SOMETHING.search(text):
        return Found()
    finder = _Finder()
    finder(text, autoescape=True)
    return Found(tuple(finder.handles), tuple(finder.tags), tuple(finder.links))


_SOMETHING = re.compile("[@#＠＃.:]")


_MAYBE_A_LINK = re.compile(r"[@#＠＃:]|\.[^\s.]")


def as_html(
    text: str, *, names: Mapping[str, Named] | None = None, tag_url: Callable[[str], str] | None = None
) -> SafeString:
    """Return the text as paragraphs; a single line break stays one. Everything but our own tags is escaped.

    A handle among `names` becomes a link with the name, any other stays as it was typed; of a tag, `tag_url` says
    where it leads.

    >>> as_html("Read https://example.org/a?b=1&c=2.")
    '<p>Read <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>.</p>'
    """
    plain = _LINES.sub("\n", str(text)).strip()
    if not plain:
        return SafeString("")
    if not _MAYBE_A_LINK.search(plain):  # as most are, and then nothing has to be looked at word by word
        return mark_safe("".join(f"<p>{escape(one)}</p>" for one in _PARAGRAPHS.split(plain)).replace("\n", "<br>"))  # noqa: S308
    links = _Marks(names or {}, tag_url) if (names or tag_url) and SIGNS.search(plain) else _links
    paragraphs = (
        links(str(paragraph), trim_url_limit=_LONGEST_LINK, nofollow=True, autoescape=True).replace("\n", "<br>")
        for paragraph in _PARAGRAPHS.split(plain)
    )
    return mark_safe("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))  # noqa: S308 - escaped above


def inline_html(text: str, *, tag_url: Callable[[str], str]) -> str:
    """Return words inside a paragraph as HTML: addresses and #tags are links, everything else is escaped."""
    links = _Marks({}, tag_url) if SIGNS.search(text) else _links
    return links(text, trim_url_limit=_LONGEST_LINK, nofollow=True, autoescape=True)


def name_in_html(html: str, names: Mapping[str, Named]) -> SafeString:
    """Return sanitized HTML with the handles among `names` as links, but for what stands in links and in code."""
    marks, within, pieces = _Marks(names, None), 0, []
    for piece in _TAGS.split(html):
        if tag := _APART.match(piece):
            within += -1 if tag[1] else 1
        pieces.append(piece if within or piece.startswith("<") or not SIGNS.search(piece) else marks.in_html(piece))
    return mark_safe("".join(pieces))  # noqa: S308 - sanitized, and escaped above


_TAGS = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')
_APART = re.compile(r"<(/?)(?:a|code|pre)\b")


def beginning(text: str, *, letters: int = 700, lines: int = 12) -> str:
    """Return the beginning of a long text, to the end of a word; the whole of one that isn't long."""
    cut = "\n".join(_LINES.split(text)[:lines])
    if len(cut) > letters:
        cut = cut[:letters]
        cut = cut[: max(cut.rfind(" "), cut.rfind("\n"), letters // 2)]
    return text if len(text) - len(cut) < 80 and text.count("\n") < lines + 2 else f"{cut.rstrip()} …"
