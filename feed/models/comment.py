from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.written_once import written_once
from communities.models import Group
from feed.models.post import Post


class CommentQuerySet(models.QuerySet):
    @written_once
    def by_people_seen_by(self, viewer):
        """Comments that nobody hid, by authors whom the viewer may see; the post is not asked about."""
        authors = User.objects.visible_to(viewer)
        if not viewer.is_authenticated:
            return self.filter(author__in=authors, hidden_at__isnull=True)
        return self.filter(Q(hidden_at__isnull=True) | Q(author=viewer), author__in=authors)

    @written_once
    def heard_by(self, viewer):
        """Comments by people seen, on comments by people seen: what a viewer reads under a post that they see.

        What answers a deleted comment is read on in its place.
        """
        parents, gone = Comment.objects.by_people_seen_by(viewer), Comment.objects.left_as_a_place()
        return self.by_people_seen_by(viewer).filter(
            Q(parent__isnull=True)
            | Exists(parents.filter(pk=OuterRef("parent")))
            | Exists(gone.filter(pk=OuterRef("parent")))
        )

    def left_as_a_place(self):
        """Deleted comments, which stand there empty for what others answered."""
        return self.filter(deleted_at__isnull=False, hidden_at__isnull=True)

    @written_once
    def standing_for(self, viewer):
        """What a viewer reads under a post that they see, and the places of deleted comments that hold some of it."""
        answers = Comment.objects.by_people_seen_by(viewer).filter(parent=OuterRef("pk"))
        places = Q(Exists(answers), deleted_at__isnull=False, hidden_at__isnull=True)
        return self.heard_by(viewer) | self.filter(places)

    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees a comment (§8): its post, its author, and what it replies to are seen."""
        return self.heard_by(viewer).filter(post__in=Post.objects.visible_to(viewer))

    def shown_to(self, viewer):
        """What has an address for the viewer: the comments that they see, and the places that hold answers they see."""
        return self.standing_for(viewer).filter(post__in=Post.objects.visible_to(viewer))

    def hidden_for_moderator(self, member):
        """Comments that moderators hid in a group which `member` moderates: what they may show again."""
        return self.filter(
            post__group__in=Group.objects.moderated_by(member),
            author__in=User.objects.visible_to(member),
            is_hidden_by_group=True,
        )

    def editable_by(self, member):
        return self.visible_to(member).filter(author=member)

    def deletable_by(self, member):
        """One's own, and those under one's own posts."""
        own = Post.objects.written_by(member).filter(pk=OuterRef("post"))
        return self.visible_to(member).filter(Q(author=member) | Exists(own))


class Comment(models.Model):
    """A comment on a post, or a reply to a comment: two levels and no more.

    One that was deleted after somebody had answered it stays as a place, of which neither author nor words are kept.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(  # its index is feed_comment_of_author
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="comments", db_index=False
    )
    text = models.TextField(_("comment"), max_length=1500, blank=True)
    key = models.UUIDField(default=uuid4, editable=False)
    commented_at = models.DateTimeField(_("commented"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    is_hidden_by_group = models.BooleanField(_("hidden by a moderator of the group"), default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="feed_comment_once_for_a_key"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=False) | (~Q(text="") & Q(author__isnull=False)),
                name="feed_comment_says_something",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True)
                | Q(text="", author__isnull=True, edited_at__isnull=True, parent__isnull=True),
                name="feed_comment_deleted_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden_by_group=False) | Q(hidden_at__isnull=False),
                name="feed_comment_hidden_by_its_group",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "id"], name="feed_comment_of_post"),
            models.Index("author", F("commented_at").desc(), F("id").desc(), name="feed_comment_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])
