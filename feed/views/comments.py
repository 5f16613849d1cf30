from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget

from accounts.refusals import Refusal
from feed.actions import comment_on_post, delete_comment, edit_comment
from feed.forms.posts import CommentForm, EditCommentForm
from feed.lists import cursors
from feed.lists.timeline import with_what_they_show
from feed.models import Comment, Post
from feed.showing.items import present
from feed.showing.saying import say_comment
from feed.showing.threads import REPLIES, offer, people_in, remarks_in, thread_of
from feed.views.posts import discussion, page_of
from feed.views.posts import found as found_post


def found(request, pk: int, comments=None) -> Comment:
    """Return a comment that the viewer sees, with its thread and its post."""
    comments = Comment.objects.visible_to(request.user) if comments is None else comments
    return get_object_or_404(comments.select_related("author", "parent__author", "post"), pk=pk)


def thread(request, comment: Comment, *, before: int | None = None) -> dict:
    """Return the post of a comment and the thread that it stands in."""
    posts = with_what_they_show(Post.objects.visible_to(request.user))
    top, post = comment.parent or comment, get_object_or_404(posts, pk=comment.post_id)
    top.post = post
    one = thread_of(top, viewer=request.user, before=before)
    (item,) = present([post], viewer=request.user, along=people_in([one]), remarks=remarks_in([one]))
    offer([one], replying=item.may_comment, deleting=item.is_mine, hiding_in=item.group if item.pin_url else None)
    return {"items": [item], "item": item, "thread": one, "swap": False}


@require_safe
@vary_on_headers("HX-Request")
def comment(request, pk: int):
    """One thread of comments on a post; a reply's address leads to its place there."""
    comment = found(request, pk, Comment.objects.shown_to(request.user))
    if comment.parent_id:
        later = Comment.objects.visible_to(request.user).filter(parent=comment.parent_id, pk__gt=comment.pk)
        start = f"?before={cursors.written(comment.pk + 1)}" if later.count() >= REPLIES else ""
        return redirect(f"{reverse('comment', args=[comment.parent_id])}{start}#comment-{comment.pk}")
    before = cursors.read(request.GET.get("before"))
    context = thread(request, comment, before=before)
    return render(request, "feed/_thread.html#replies" if request.htmx and before else "feed/comment.html", context)


@login_required
@require_POST
def new_comment(request, pk: int):
    """Commenting on a post."""
    post, form = found_post(request, pk), CommentForm(request.POST)
    if form.is_valid():
        try:
            comment = comment_on_post(post, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
        else:
            if not request.htmx:
                return redirect(f"{post.get_absolute_url()}#comment-{comment.pk}")
            return render(request, "feed/_discussion.html", discussion(request, post) | {"swap": True})
    context = discussion(request, post, form=form)
    return render(request, "feed/_discussion.html#form" if request.htmx else page_of(post), context, status=422)


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, pk: int):
    """Replying to a comment."""
    comment = found(request, pk)
    form = CommentForm(request.POST or None, auto_id=f"reply_{pk}_%s")
    form.fields["text"].label = _("Your reply")
    if form.is_valid():
        try:
            reply = comment_on_post(comment.post, by=request.user, reply_to=comment, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
        else:
            return _answer_with_thread(request, reply)
    return _form(request, "feed/reply.html", comment, form)


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk: int):
    """Changing one's own comment."""
    comment = found(request, pk, Comment.objects.editable_by(request.user))
    form = EditCommentForm(request.POST or None, initial={"text": comment.text}, auto_id=f"edit_{pk}_%s")
    if form.is_valid():
        try:
            edit_comment(comment, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
        else:
            return _answer_with_thread(request, comment)
    return _form(request, "feed/edit_comment.html", comment, form)


def _form(request, template: str, comment: Comment, form):
    # A browser heeds `autofocus` once, on a page that it loads; in a swap `static/js/writing.js` moves the focus.
    form.fields["text"].widget.attrs["data-focus" if request.htmx else "autofocus"] = True
    context = {"form": form, "comment": comment, "said": say_comment(comment, viewer=request.user)}
    return render(
        request, f"{template}#form" if request.htmx else template, context, status=422 if form.errors else 200
    )


def _answer_with_thread(request, comment: Comment):
    """Answer with the thread in which something changed: as a swap, or where it stands on its page."""
    top = comment.parent_id or comment.pk
    if not request.htmx:
        return redirect("comment", comment.pk)
    context = thread(request, found(request, comment.pk)) | {"swap": True}
    return reswap(retarget(render(request, "feed/_thread.html", context), f"#comment-{top}"), "outerHTML")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk: int):
    """Asking before a comment is deleted."""
    comment = found(request, pk, Comment.objects.deletable_by(request.user))
    if request.method == "POST":
        delete_comment(comment, by=request.user)
        messages.success(request, _("The comment is gone."))
        return redirect(f"{comment.post.get_absolute_url()}#comments")
    is_answered = Comment.objects.visible_to(request.user).filter(parent=comment).exists()
    context = {
        "title": _("Delete this comment?"),
        "text": _("The replies to it stay, and say that what they answer was deleted.") if is_answered else "",
        "action": request.path,
        "button": _("Delete the comment"),
        "back": reverse("comment", args=[comment.pk]),
        "bad": True,
        "form": None,
    }
    return render(request, "confirm.html", context)
