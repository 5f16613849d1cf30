"""An article, as a card or its own page shows it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from feed.articles.markdown import VERSION, render
from feed.models import Article, Picture
from feed.pictures import Shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A title with the first picture, and for the page of an article all the words (`html`)."""

    title: str
    url: str
    minutes: str
    picture: Shown | None
    html: SafeString


def piece(article: Article, pictures: list[Picture], *, whole: bool, cover: Shown | None) -> Piece:
    """Return how a page shows an article: to its end if `whole`. `cover` is the picture on its card."""
    return Piece(
        title=article.title,
        url=article.get_absolute_url(),
        minutes=reading_time(article.minutes),
        picture=cover,
        html=html_of(article, pictures) if whole else SafeString(),
    )


def reading_time(minutes: int) -> str:
    return ngettext("%(n)s minute to read", "%(n)s minutes to read", minutes) % {"n": minutes}


def html_of(article: Article, pictures: list[Picture]) -> SafeString:
    """Return what readers see of an article: what is stored, made anew if it was made by other rules than today's."""
    if article.rendered_as != VERSION:
        article.html, article.rendered_as = render(article.text, pictures).html, VERSION
        same = Article.objects.filter(pk=article.pk, saves=article.saves)
        same.update(html=article.html, rendered_as=VERSION)
    return mark_safe(article.html)  # noqa: S308 - sanitized
