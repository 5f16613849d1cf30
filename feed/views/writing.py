from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, retarget

from accounts.refusals import Refusal
from communities.models import Group, Organization
from feed.actions import publish_post
from feed.forms.posts import NewPostForm
from feed.lists.orders import order_of
from feed.models import Post
from feed.views.holding import hold_files
from feed.views.home import whole


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request):
    """Writing an update; with htmx, on top of the feed."""
    return _compose(request, back=reverse("home"))


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def new_organization_post(request, slug: str):
    """Writing an update for an organization, in its name; with htmx, on its page."""
    organization = get_object_or_404(Organization.objects.edited_by(request.user), slug=slug)
    return _compose(request, back=organization.get_absolute_url(), organization=organization)


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def new_group_post(request, slug: str):
    """Writing to the members of a group; with htmx, on its page."""
    group = get_object_or_404(Group.objects.joined_by(request.user), slug=slug)
    return _compose(request, back=group.get_absolute_url(), group=group)


def _compose(request, *, back: str, organization: Organization | None = None, group: Group | None = None):
    where = {"organization": organization, "group": group}
    form = NewPostForm(request.POST or None, request.FILES or None, author=request.user, **where)
    if form.is_valid() and not (request.htmx and form.reminder):
        try:
            post = publish_post(by=request.user, **where, **form.said())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _published(request, post, back, reminder=form.reminder)
    hold_files(request, form)
    template = "feed/_composer.html" if request.htmx else "feed/new_post.html"
    context = {"form": form, "back": back, "write_url": request.path, "group": group, "organization": organization}
    return render(request, template, context, status=422 if form.errors else 200)


def _published(request, post: Post, back: str, *, reminder: str):
    """Show the update where it stands now: on top of the feed, or on the page that it was written for.

    Without htmx a form that comes back would have lost the chosen files: so who forgot a description is asked for it
    when the post is there.
    """
    if not request.htmx:
        if reminder:
            messages.info(request, describe_later(post))
        return redirect(back)
    if back == reverse("home"):
        return retarget(
            render(request, "feed/home.html#latest", whole(request, order=order_of(request.user))), "#latest"
        )
    return HttpResponseClientRedirect(back)


def describe_later(post: Post) -> str:
    """Return the sentence that asks for the descriptions of pictures that are published, with the way to them."""
    address = reverse("edit_post", args=[post.pk])
    return format_html(
        '{} <a href="{}">{}</a>', _("A picture has no description yet."), address, _("Say what it shows")
    )
