from django.db import models
from django.utils.translation import gettext_lazy as _


class Writing(models.Model):
    """A title and words in Markdown. `saves` says how often they were saved: two tabs notice each other by it."""

    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=40_000)
    saves = models.PositiveIntegerField(_("saved"), default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.text[:60]
