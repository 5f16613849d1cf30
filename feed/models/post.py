from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience, audiences
from accounts.models import User
from network.models import Connection


class PostQuerySet(models.QuerySet):
    def addressed_to(self, viewer):
        """Posts whose own audience holds the viewer, whoever wrote them; hidden ones are for their author alone."""
        if not viewer.is_authenticated:
            return self.filter(audience=Audience.PUBLIC, hidden_at__isnull=True)
        mine = Q(author=viewer)
        to_me = Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS]) | Q(
            Exists(Connection.objects.filter(member=viewer, other=OuterRef("author"))), audience=Audience.CONNECTIONS
        )
        return self.filter(mine | (to_me & Q(hidden_at__isnull=True)))

    def open_to(self, viewer):
        """Posts addressed to the viewer, by authors whom the viewer may see."""
        return self.addressed_to(viewer).filter(author__in=User.objects.visible_to(viewer))

    def visible_to(self, viewer):
        """The one sentence about who sees a post (product.md §2): it, and what it reposts, is open to the viewer."""
        originals = Post.objects.open_to(viewer).filter(hidden_at__isnull=True)
        return self.open_to(viewer).filter(
            Q(repost_of__isnull=True) | Exists(originals.filter(pk=OuterRef("repost_of")))
        )

    def editable_by(self, member):
        return self.visible_to(member).filter(author=member)

    def repostable_by(self, member):
        """Posts that `member` may pass on: those they see, and nothing that an operator hid."""
        return self.visible_to(member).filter(hidden_at__isnull=True)

    def letting_comment(self, member):
        """Posts whose authors let `member` comment, if they see them (§8)."""
        return self.filter(
            Q(author=member)
            | Q(comments_from=Post.CommentsFrom.ANYONE)
            | Q(
                Exists(Connection.objects.filter(member=member, other=OuterRef("author"))),
                comments_from=Post.CommentsFrom.CONNECTIONS,
            ),
            hidden_at__isnull=True,
        )

    def answerable_by(self, member):
        """Posts that `member` may comment on: seen, and within the author's limits."""
        return self.visible_to(member).letting_comment(member)


class Post(models.Model):
    """An update for an audience; or a repost of one, with or without words (product.md §8)."""

    class CommentsFrom(models.TextChoices):
        ANYONE = "anyone", _("Everyone who sees it")
        CONNECTIONS = "connections", _("My connections")
        NOBODY = "nobody", _("Nobody")

    author = models.ForeignKey(  # its index is feed_post_of_author
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts", db_index=False
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS),
        default=Audience.MEMBERS,
    )
    comments_from = models.CharField(
        _("who may comment"), max_length=12, choices=CommentsFrom, default=CommentsFrom.ANYONE
    )
    text = models.TextField(_("text"), max_length=3000, blank=True)
    repost_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="reposts")
    key = models.UUIDField(default=uuid4, editable=False)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden by an operator"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="feed_post_once_for_a_key"),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "members", "connections"]), name="feed_post_audience_is_a_circle"
            ),
            models.UniqueConstraint(
                fields=["author", "repost_of"], condition=Q(text=""), name="feed_post_one_wordless_repost"
            ),
            models.CheckConstraint(
                condition=Q(repost_of__isnull=True) | ~Q(repost_of=F("id")), name="feed_post_reposts_another"
            ),
        ]
        indexes = [
            models.Index("author", F("id").desc(), name="feed_post_of_author", include=["audience", "hidden_at"]),
            models.Index(
                F("id").desc(), name="feed_post_public", condition=Q(audience="public", hidden_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])

    @property
    def is_wordless(self) -> bool:
        """Whether it only passes another post on; then that one is what is liked, answered and passed on again."""
        return self.repost_of_id is not None and not self.text


class PictureQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(post__in=Post.objects.visible_to(viewer))


class Picture(models.Model):
    """The picture of a post, re-encoded in several sizes, with a description for who can't see it."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="picture")
    key = models.CharField(max_length=32, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.description or self.key
