"""What members write, as HTML: escaped, in paragraphs, with links that lend nobody weight."""

import re

from django.utils.html import Urlizer, escape, smart_urlquote
from django.utils.safestring import SafeString, mark_safe

_LINES = re.compile(r"\r\n|\r|\n")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LONGEST_LINK = 60
_NOTHING = re.compile(r"(?!)")


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


_links = _Links()


def as_html(text: str) -> SafeString:
    """Return the text as paragraphs; a single line break stays one. Everything but our own tags is escaped.

    >>> as_html("Read https://example.org/a?b=1&c=2.")
    '<p>Read <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>.</p>'
    """
    plain = _LINES.sub("\n", str(text)).strip()
    if not plain:
        return SafeString("")
    paragraphs = (
        _links(str(paragraph), trim_url_limit=_LONGEST_LINK, nofollow=True, autoescape=True).replace("\n", "<br>")
        for paragraph in _PARAGRAPHS.split(plain)
    )
    return mark_safe("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))  # noqa: S308 - escaped above


def beginning(text: str, *, letters: int = 700, lines: int = 12) -> str:
    """Return the beginning of a long text, to the end of a word; the whole of one that isn't long."""
    cut = "\n".join(_LINES.split(text)[:lines])
    if len(cut) > letters:
        cut = cut[:letters]
        cut = cut[: max(cut.rfind(" "), cut.rfind("\n"), letters // 2)]
    return text if len(text) - len(cut) < 80 and text.count("\n") < lines + 2 else f"{cut.rstrip()} …"
