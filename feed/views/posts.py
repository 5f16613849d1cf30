from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.pictures import answer_with_picture
from accounts.refusals import Refusal
from feed.actions import delete_post, edit_post, repost
from feed.forms.posts import CommentForm, EditPostForm, RepostForm
from feed.lists import cursors
from feed.lists.timeline import posts_of, with_what_they_show
from feed.models import Picture, Post
from feed.pictures import FOLDER, SIZES, original_of
from feed.showing.items import present
from feed.showing.speakers import speaker
from feed.showing.threads import offer, people_in, remarks_in, threads_of
from feed.tags.tagged import naming_tags
from search.described import describe_post, describe_posts_of


def found(request, pk: int, posts=None) -> Post:
    """Return a post that the viewer sees, with what it shows; of a wordless repost, what it reposts."""
    posts = Post.objects.visible_to(request.user) if posts is None else posts
    post = get_object_or_404(with_what_they_show(posts), pk=pk)
    return original_of(post) if post.is_wordless else post


def found_in_feed(request, pk: int) -> Post:
    """Return a post that the viewer sees, as it stands in their feed: with the tag that brings it."""
    posts = naming_tags(with_what_they_show(Post.objects.visible_to(request.user)), request.user)
    return get_object_or_404(posts, pk=pk)


@require_safe
@vary_on_headers("HX-Request")
def post(request, pk: int):
    """A post with its comments."""
    post = found(request, pk)
    if post.pk != pk:
        return redirect(post)
    before = cursors.read(request.GET.get("before"))
    if hasattr(post, "article") and not request.htmx:
        return redirect(f"{post.article.get_absolute_url()}?{request.META['QUERY_STRING']}".rstrip("?"))
    context = discussion(request, post, before=before)
    context |= describe_post(context["item"], post, request)
    return render(request, "feed/_threads.html#page" if request.htmx and before else "feed/post.html", context)


def page_of(post: Post) -> str:
    """Return the template of the page on which a post is read."""
    return "feed/article.html" if hasattr(post, "article") else "feed/post.html"


def discussion(request, post: Post, *, before: int | None = None, form=None) -> dict:
    """Return what the page of a post is made of."""
    threads, more = threads_of(post, viewer=request.user, before=before)
    along, remarks = people_in(threads), remarks_in(threads)
    (item,) = present([post], viewer=request.user, whole=True, along=along, remarks=remarks)
    offer(threads, replying=item.may_comment, deleting=item.is_mine, hiding_in=item.group if item.pin_url else None)
    return {
        "items": [item],
        "item": item,
        "threads": threads,
        "form": form or (CommentForm() if item.may_comment else None),
        "more_url": f"{item.url}?before={cursors.written(more)}" if more else "",
        "is_later": before is not None,
        "swap": False,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk: int):
    """Changing a post of one's own."""
    post = get_object_or_404(with_what_they_show(Post.objects.editable_by(request.user)), pk=pk)
    if post.is_wordless:
        raise Http404
    if hasattr(post, "article"):
        return redirect("edit_article", pk)
    form = EditPostForm(request.POST or None, post=post)
    if form.is_valid():
        try:
            return redirect(edit_post(post, by=request.user, **form.said()))
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
    return render(request, "feed/edit_post.html", {"form": form, "post": post}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk: int):
    """Asking before a post of one's own, or a repost, is deleted."""
    posts = Post.objects.editable_by(request.user).select_related("organization", "group", "celebrates", "author")
    post = get_object_or_404(posts, pk=pk)
    if request.method == "POST":
        delete_post(post, by=request.user)
        messages.success(request, _("Your repost is gone.") if post.is_wordless else _("Your post is gone."))
        return redirect(post.organization or post.group or "home")
    context = {
        "title": _("Take your repost back?") if post.is_wordless else _("Delete this post?"),
        "text": _("The post itself stays.")
        if post.is_wordless
        else _("Its likes go with it, its comments, and reposts that say nothing more."),
        "action": request.path,
        "button": _("Take it back") if post.is_wordless else _("Delete the post"),
        "back": post.get_absolute_url(),
        "bad": True,
        "form": None,
    }
    return render(request, "confirm.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request, pk: int):
    """Reposting, with words or without."""
    post = found(request, pk, Post.objects.repostable_by(request.user))
    original = original_of(post) if post.repost_of else post
    form = RepostForm(request.POST or None, original=original)
    if form.is_valid():
        try:
            repost(post, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("You reposted what %(name)s wrote.") % {"name": speaker(original).first_name})
            return redirect("home")
    (item,) = present([original], viewer=request.user)
    return render(request, "feed/repost.html", {"form": form, "item": item}, status=422 if form.errors else 200)


@require_safe
@vary_on_headers("HX-Request")
def profile_posts(request, handle: str):
    """What a member posted and reposted, as far as the viewer may see it."""
    member = get_object_or_404(User.objects.visible_to(request.user), handle=handle)
    before = cursors.read(request.GET.get("before"))
    page = posts_of(member, viewer=request.user, before=before)
    context = {
        "member": member,
        "is_me": member == request.user,
        "items": present(page.posts, viewer=request.user, along=[member]),
        "more_url": f"{reverse('profile_posts', args=[handle])}?before={cursors.written(page.more)}"
        if page.more
        else "",
    }
    context |= describe_posts_of(member, request)
    return render(request, "feed/_posts.html#page" if request.htmx and before else "feed/profile_posts.html", context)


@require_safe
def picture(request, key: str, size: int):
    """The file of a post's picture, for whoever sees the post."""
    if size not in SIZES:
        raise Http404
    picture = get_object_or_404(Picture.objects.visible_to(request.user), key=key)
    return answer_with_picture(request, folder=FOLDER, key=picture.key, size=size)
