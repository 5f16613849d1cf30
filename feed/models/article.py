from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from feed.models.post import Post
from feed.models.writing import Writing


class Article(Writing):
    """What a post says at length: a title, and words in Markdown (product.md §8).

    Everything else is the post's: audience, comments, likes, reposts, being hidden. Its `text` is the opening, in
    plain words. Whoever sees the post may read the article; there is no other way to it.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="article")
    slug = models.CharField(_("address"), max_length=90)
    html = models.TextField(_("what readers see"), editable=False)
    rendered_as = models.PositiveSmallIntegerField(default=0, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="feed_article_says_something"),
            models.CheckConstraint(condition=~Q(slug=""), name="feed_article_has_an_address"),
        ]

    def get_absolute_url(self) -> str:
        return address("article", self.post_id, self.slug)
