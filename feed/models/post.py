from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from accounts.audiences import Audience, audiences
from accounts.models import User
from accounts.names import WordsField
from accounts.written_once import written_once
from communities.models import Group, Organization
from feed.models.celebration import Celebration
from feed.models.wanted import WantedQuerySet
from network.models import Connection


def _own(member) -> Q:
    """What a member wrote themselves, and what organizations say for which they write now."""
    edited = Organization.objects.edited_by(member).values("pk")
    return Q(author=member, organization__isnull=True) | Q(organization__in=edited)


class PostQuerySet(WantedQuerySet):
    @written_once
    def addressed_to(self, viewer):
        """Posts whose own audience holds the viewer, whoever wrote them; hidden ones are for their author alone."""
        if not viewer.is_authenticated:
            return self.filter(audience=Audience.PUBLIC, hidden_at__isnull=True)
        mine = Q(author=viewer, organization__isnull=True, group__isnull=True)
        to_me = (
            Q(audience__in=[Audience.PUBLIC, Audience.MEMBERS])
            | Q(
                Exists(Connection.objects.filter(member=viewer, other=OuterRef("author"))),
                audience=Audience.CONNECTIONS,
            )
            | Q(Exists(Group.objects.joined_by(viewer).filter(pk=OuterRef("group"))), audience=Audience.GROUP)
        )
        return self.filter(mine | (to_me & (Q(hidden_at__isnull=True) | Q(author=viewer))))

    @written_once
    def open_to(self, viewer):
        """Posts addressed to the viewer, by authors and organizations whom the viewer may see."""
        by_member = Exists(User.objects.visible_to(viewer).filter(pk=OuterRef("author")))
        by_organization = Exists(Organization.objects.visible_to(viewer).filter(pk=OuterRef("organization")))
        return self.addressed_to(viewer).filter(
            Q(by_member, organization__isnull=True) | Q(by_organization, organization__isnull=False)
        )

    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees a post (product.md §2): it, and what it reposts, is open to the viewer.

        Of a deleted original who could see it still decides who sees what others wrote when they passed it on.
        """
        originals = Post.objects.open_to(viewer).filter(hidden_at__isnull=True)
        return self.open_to(viewer).filter(
            Q(repost_of__isnull=True) | Exists(originals.filter(pk=OuterRef("repost_of"))), deleted_at__isnull=True
        )

    def by_members(self):
        """Posts that members wrote for themselves, to whom they like: not for an organization, nor in a group."""
        return self.filter(organization__isnull=True, group__isnull=True)

    @written_once
    def written_by(self, member):
        """Posts that `member` may take as their own: what they wrote themselves, and what their organizations say."""
        return self.filter(_own(member))

    def editable_by(self, member):
        return self.visible_to(member).written_by(member)

    def repostable_by(self, member):
        """Posts that `member` may pass on: those they see, nothing that was hidden, nothing said in a group (§8).

        No celebration either: the member decides who is told of their position. Nor words about a post that is gone:
        passing them on would pass on that post.
        """
        seen = self.visible_to(member).filter(hidden_at__isnull=True, group__isnull=True, celebrates__isnull=True)
        return seen.exclude(Exists(Post.objects.filter(pk=OuterRef("repost_of"), deleted_at__isnull=False)))

    def open_to_congratulations_by(self, member):
        """Celebrations on which `member` may congratulate: those of others that they see."""
        return self.visible_to(member).filter(celebrates__isnull=False, hidden_at__isnull=True).exclude(author=member)

    def hidden_for_moderator(self, member):
        """Posts that moderators hid in a group which `member` moderates: what they may show again."""
        return self.filter(
            group__in=Group.objects.moderated_by(member),
            author__in=User.objects.visible_to(member),
            is_hidden_by_group=True,
        )

    @written_once
    def letting_comment(self, member):
        """Posts whose authors let `member` comment, if they see them (§8)."""
        return self.filter(
            _own(member)
            | Q(comments_from=Post.CommentsFrom.ANYONE)
            | Q(
                Exists(Connection.objects.filter(member=member, other=OuterRef("author"))),
                comments_from=Post.CommentsFrom.CONNECTIONS,
                organization__isnull=True,
            ),
            hidden_at__isnull=True,
        )

    def answerable_by(self, member):
        """Posts that `member` may comment on: seen, and within the author's limits."""
        return self.visible_to(member).letting_comment(member)


class Post(Celebration):
    """An update for an audience; a repost of one, with or without words; or a celebration (product.md §8).

    One with an `organization` is said by it: its author is the editor who wrote it, whom nobody is told of. One with
    a `group` is said among its members. One that was deleted after others had passed it on with words stays, empty, for
    as long as they do: it says whom they may show themselves to.
    """

    class CommentsFrom(models.TextChoices):
        ANYONE = "anyone", _("Everyone who sees it")
        CONNECTIONS = "connections", _("My connections")
        NOBODY = "nobody", _("Nobody")

    author = models.ForeignKey(  # its index is feed_post_of_author
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="posts", db_index=False
    )
    organization = models.ForeignKey(  # its index is feed_post_of_organization
        Organization, models.CASCADE, null=True, blank=True, related_name="posts", db_index=False
    )
    group = models.ForeignKey(  # its index is feed_post_of_group
        Group, models.CASCADE, null=True, blank=True, related_name="posts", db_index=False
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=audiences(Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS, Audience.GROUP),
        default=Audience.MEMBERS,
    )
    comments_from = models.CharField(
        _("who may comment"), max_length=12, choices=CommentsFrom, default=CommentsFrom.ANYONE
    )
    text = models.TextField(_("text"), max_length=3000, blank=True)
    words = WordsField("everything_said")
    repost_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="reposts")
    key = models.UUIDField(default=uuid4, editable=False)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    is_hidden_by_group = models.BooleanField(_("hidden by a moderator of the group"), default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            *Celebration.Meta.constraints,
            models.UniqueConstraint(fields=["author", "key"], name="feed_post_once_for_a_key"),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "members", "connections"], group__isnull=True)
                | Q(audience="group", group__isnull=False),
                name="feed_post_audience_is_a_circle",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(organization__isnull=False), name="feed_post_is_said_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(audience__in=["public", "members"], repost_of__isnull=True),
                name="feed_post_of_an_organization",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(organization__isnull=True, repost_of__isnull=True),
                name="feed_post_in_a_group",
            ),
            models.CheckConstraint(
                condition=Q(pinned_at__isnull=True) | Q(group__isnull=False), name="feed_post_pinned_in_a_group"
            ),
            models.CheckConstraint(
                condition=Q(is_hidden_by_group=False) | Q(group__isnull=False, hidden_at__isnull=False),
                name="feed_post_hidden_by_its_group",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True)
                | Q(
                    text="", edited_at__isnull=True, repost_of__isnull=True, group__isnull=True, celebrates__isnull=True
                ),
                name="feed_post_deleted_is_empty",
            ),
            models.UniqueConstraint(
                fields=["author", "repost_of"], condition=Q(text=""), name="feed_post_one_wordless_repost"
            ),
            models.CheckConstraint(
                condition=Q(repost_of__isnull=True) | ~Q(repost_of=F("id")), name="feed_post_reposts_another"
            ),
        ]
        indexes = [
            models.Index(
                "author",
                F("id").desc(),
                name="feed_post_of_author",
                include=["audience", "hidden_at"],
                condition=Q(organization__isnull=True, group__isnull=True),
            ),
            models.Index(
                "organization",
                F("id").desc(),
                name="feed_post_of_organization",
                condition=Q(organization__isnull=False),
            ),
            models.Index("group", F("id").desc(), name="feed_post_of_group", condition=Q(group__isnull=False)),
            models.Index(
                F("id").desc(), name="feed_post_public", condition=Q(audience="public", hidden_at__isnull=True)
            ),
            models.Index(
                "author",
                F("posted_at").desc(),
                F("id").desc(),
                name="feed_post_repost_of_author",
                condition=Q(repost_of__isnull=False),
            ),
            GinIndex(fields=["words"], name="feed_post_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.celebration or f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return address("post", self.pk)

    @property
    def is_wordless(self) -> bool:
        """Whether it only passes another post on; then that one is what is liked, answered and passed on again."""
        return self.repost_of_id is not None and not self.text

    @property
    def shown_id(self) -> int:
        """The number of what a list shows of it: of a wordless repost, that of what it passes on."""
        return (self.is_wordless and self.repost_of_id) or self.pk

    @property
    def everything_said(self) -> str:
        """The words that a search finds it by: its own, or those of the article."""
        article = getattr(self, "article", None)
        return f"{article.title} {article.text}" if article else self.text
