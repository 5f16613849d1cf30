from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from feed.actions import edit_article
from feed.forms.articles import EditArticleForm
from feed.lists import cursors
from feed.lists.timeline import with_what_they_show
from feed.models import Article, Post
from feed.views.desk import MARKS, looks, state
from feed.views.holding import hold_files
from feed.views.posts import discussion
from search.described import describe_post


@require_safe
def article(request, pk: int, slug: str):
    """An article, to be read; with another slug, the way to the one that it has now."""
    found = get_object_or_404(with_what_they_show(Post.objects.visible_to(request.user)), pk=pk)
    if not hasattr(found, "article"):
        raise Http404
    address = found.article.get_absolute_url()
    if found.article.slug != slug:
        return redirect(f"{address}?{request.META['QUERY_STRING']}".rstrip("?"))
    context = discussion(request, found, before=cursors.read(request.GET.get("before")))
    context |= describe_post(context["item"], found, request)
    return render(request, "feed/article.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk: int):
    """Changing an article of one's own."""
    article, now = _own(request, pk), None
    form = EditArticleForm(request.POST or None, request.FILES or None, article=article, author=request.user)
    if form.is_valid():
        try:
            edit_article(article.post, by=request.user, **form.said())
        except Refusal as refusal:
            now = getattr(refusal, "article", None)
            form.come_back(refusal, saves=now.saves if now else None)
        else:
            return redirect("edit_article" if form.is_about_pictures else "post", pk)
    hold_files(request, form)
    return _page(request, article, form, now=now)


@login_required
@require_POST
def preview_edited(request, pk: int):
    """How the changed words of an article would look; nothing is saved."""
    article = _own(request, pk)
    form = EditArticleForm(request.POST, request.FILES, article=article, author=request.user)
    if request.htmx:
        return render(request, "feed/_preview.html", _looks(article, form))
    form.full_clean()
    hold_files(request, form)
    return _page(request, article, form, status=200)


def _own(request, pk: int) -> Article:
    posts = Post.objects.editable_by(request.user).filter(article__isnull=False)
    return get_object_or_404(posts.select_related("article", "organization", "group"), pk=pk).article


def _looks(article: Article, form: EditArticleForm) -> dict:
    text = (form["text"].value() or "")[: Article._meta.get_field("text").max_length]
    return looks(form["title"].value() or "", text, article.post.pictures.all())


def _page(request, article: Article, form: EditArticleForm, *, now: Article | None = None, status: int = 0):
    """The page for changing an article; with what another page saved meanwhile (`now`), if it did."""
    address, post = [article.post_id], article.post
    context = state(form) | _looks(article, form)
    context |= {
        "draft": None, "article": article, "place": post.organization or post.group, "now": now,
        "pictures": post.pictures.all(), "marks": MARKS,
        "action_url": reverse("edit_article", args=address),
        "preview_url": reverse("preview_article", args=address),
    }  # fmt: skip
    return render(request, "feed/write_article.html", context, status=status or (422 if form.errors else 200))
