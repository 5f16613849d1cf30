from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences
from accounts.written_once import written_once
from communities.models import Group, Organization
from feed.models.post import Post
from feed.models.writing import Writing


class DraftQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Drafts are their authors' alone; not even operators read them."""
        return self.filter(author=viewer) if viewer.is_authenticated else self.none()

    def with_places(self, author):
        """Say of each, as `place`, for which organization or in which group it is written, if `author` may still."""
        for_one = Organization.objects.edited_by(author).filter(pk=OuterRef("organization")).values("name")
        in_one = Group.objects.joined_by(author).filter(pk=OuterRef("group")).values("name")
        return self.annotate(place=Coalesce(Subquery(for_one), Subquery(in_one), Value("")))


class Draft(Writing):
    """An article that isn't published: no post, so that nothing which shows posts can show it.

    Its key becomes that of the article's post, so that a draft is published once; then the draft is gone. It may be
    meant for an organization or a group. Whether its author may say it there is asked when it is published; once there
    is no such place any more, it is one for posts of their own.
    """

    author = models.ForeignKey(  # its index is feed_draft_of_author
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", db_index=False
    )
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS),
        default=Audience.MEMBERS,
    )
    comments_from = models.CharField(
        _("who may comment"), max_length=12, choices=Post.CommentsFrom, default=Post.CommentsFrom.ANYONE
    )
    key = models.UUIDField(default=uuid4, editable=False)
    page = models.UUIDField(null=True, editable=False)  # on which it was saved last
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="feed_draft_once_for_a_key"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(group__isnull=True), name="feed_draft_for_one_place"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(audience__in=["public", "members"]),
                name="feed_draft_for_an_organization",
            ),
        ]
        indexes = [models.Index("author", F("id").desc(), name="feed_draft_of_author")]

    def get_absolute_url(self) -> str:
        return reverse("draft", args=[self.pk])
