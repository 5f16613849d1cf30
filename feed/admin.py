"""Posts and comments, as operators see them."""

from django.contrib import admin
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from feed.models import Comment, Post, Revision
from moderation import actions
from moderation.deciding import Act, DecidableAdmin, decisions_list, listed
from moderation.models import Decision
from moderation.redacting import redact_revision


class HiddenFilter(admin.SimpleListFilter):
    title = _("hidden")
    parameter_name = "hidden"

    def lookups(self, request, model_admin):
        return [("yes", _("Hidden"))]

    def queryset(self, request, queryset):
        return queryset.filter(hidden_at__isnull=False) if self.value() == "yes" else queryset


class WrittenAdmin(DecidableAdmin):
    """What posts and comments have in common."""

    list_filter = (HiddenFilter,)
    list_select_related = ("author",)
    ordering = ("-id",)
    search_fields = ("id",)
    search_help_text = _("A number, or the author's handle, whole email address or the beginning of a name.")

    class Media:
        css = {"all": ["operators.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isdecimal():
            return queryset.filter(pk=int(term[:18])), False
        authors = User.objects.filter(Q(handle=term.lower()) | Q(email=term.lower()))
        if not authors.exists():
            authors = User.objects.named_like(term)
        return queryset.filter(author__in=authors.values("pk")), False

    @admin.display(description=_("text"))
    def beginning(self, thing) -> str:
        return Truncator(thing.text).chars(80) or "–"

    @admin.display(description=_("author"))
    def by(self, thing):
        if thing.author_id is None:
            return _("Has left")
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:accounts_user_change", args=[thing.author_id]), thing.author
        )

    @admin.display(description=_("earlier words"))
    def before(self, thing):
        rows = thing.revisions.order_by("-pk")[:50]
        return listed(("", reverse("admin:feed_revision_change", args=[row.pk]), str(row), "") for row in rows)

    @admin.display(description=_("decisions"))
    def decided(self, thing):
        return decisions_list(Decision.objects.filter(subject_kind=self.opts.model_name, subject_id=thing.pk))


def is_hidden(thing) -> bool:
    return thing.hidden_at is not None


def is_shown(thing) -> bool:
    """Whether an operator may hide it: also what a moderator of its group hid already."""
    return thing.hidden_at is None or thing.is_hidden_by_group


@admin.register(Post)
class PostAdmin(WrittenAdmin):
    """Posts: read, hidden and restored, never changed."""

    acts = {
        "hide": Act(label=_("Hide"), do=actions.hide_post, possible=is_shown),
        "restore": Act(label=_("Restore"), do=actions.restore_post, possible=is_hidden),
    }
    list_display = ("id", "author", "place", "beginning", "audience", "posted_at", "hidden_at")
    fields = readonly_fields = (
        "by",
        "organization",
        "group",
        "celebration",
        "text",
        "passes_on",
        "article",
        "audience",
        "pictures",
        "posted_at",
        "edited_at",
        "before",
        "deleted_at",
        "hidden_at",
        "is_hidden_by_group",
        "decided",
    )

    def get_queryset(self, request):
        shown = ("celebrates", "article", "organization", "group", "repost_of")
        return super().get_queryset(request).select_related(*shown)

    @admin.display(description=_("for or in"))
    def place(self, post) -> str:
        return post.organization or post.group or "–"

    @admin.display(description=_("text"))
    def beginning(self, post) -> str:
        said = post.article.title if hasattr(post, "article") else post.text or post.celebration
        if post.is_wordless:
            return _("Passes on: %(words)s") % {"words": Truncator(str(post.repost_of)).chars(80)}
        return Truncator(said).chars(80) or "–"

    @admin.display(description=_("passes on"))
    def passes_on(self, post):
        if post.repost_of is None:
            return "–"
        address = reverse("admin:feed_post_change", args=[post.repost_of_id])
        return format_html('<a href="{}">{}</a>', address, post.repost_of)

    @admin.display(description=_("celebration"))
    def celebration(self, post) -> str:
        return post.celebration or "–"

    @admin.display(description=_("article"))
    def article(self, post):
        article = getattr(post, "article", None)
        return format_html("<strong>{}</strong><pre>{}</pre>", article.title, article.text) if article else "–"

    @admin.display(description=_("pictures"))
    def pictures(self, post):
        return (
            format_html_join(
                "",
                '<p><img src="{}" alt="{}" width="480"></p>',
                (
                    (reverse("admin:feed_post_picture", args=[post.pk, each.position]), each.description)
                    for each in post.pictures.all()
                ),
            )
            or "–"
        )

    def get_urls(self):
        picture = self.admin_site.admin_view(self.picture_view)
        return [path("<int:pk>/picture/<int:position>/", picture, name="feed_post_picture"), *super().get_urls()]

    def picture_view(self, request, pk: int, position: int):
        """One of a post's pictures for operators, hidden or not."""
        from accounts.pictures import answer_with_picture
        from feed.pictures import FOLDER, SIZES

        post = self.get_object(request, str(pk))
        if post is None or not self.has_view_permission(request, post):
            raise Http404
        picture = get_object_or_404(post.pictures, position=position)
        return answer_with_picture(request, folder=FOLDER, key=picture.key, size=SIZES[0])


@admin.register(Comment)
class CommentAdmin(WrittenAdmin):
    """Comments: read, hidden and restored, never changed."""

    acts = {
        "hide": Act(label=_("Hide"), do=actions.hide_comment, possible=is_shown),
        "restore": Act(label=_("Restore"), do=actions.restore_comment, possible=is_hidden),
    }
    list_display = ("id", "author", "beginning", "commented_at", "hidden_at")
    fields = readonly_fields = (
        "by",
        "text",
        "of",
        "commented_at",
        "edited_at",
        "before",
        "deleted_at",
        "hidden_at",
        "is_hidden_by_group",
        "decided",
    )

    @admin.display(description=_("post"))
    def of(self, comment):
        address = reverse("admin:feed_post_change", args=[comment.post_id])
        return format_html('<a href="{}">{}</a>', address, comment.post)


@admin.register(Revision)
class RevisionAdmin(DecidableAdmin):
    """Earlier words: found from what became of them, read, and removed where they must not be read."""

    acts = {
        "redact": Act(
            label=_("Remove these words"), do=redact_revision, possible=lambda revision: revision.redacted_at is None
        )
    }
    list_display = ("id", "__str__", "written_at", "redacted_at")
    ordering = ("-id",)
    fields = readonly_fields = ("of", "title", "text", "written_at", "kept_at", "redacted_at")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("post", "comment__author")

    @admin.display(description=_("what became of them"))
    def of(self, revision):
        thing = revision.post or revision.comment
        address = reverse(f"admin:feed_{thing._meta.model_name}_change", args=[thing.pk])
        return format_html('<a href="{}">{}</a>', address, thing)
