"""The page of an organization, what it says, and who is there; and the organizations of a member."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from communities.listing import coming_up
from communities.models import Opening, Organization, OrganizationFollow, OrganizationName
from communities.standing import standings
from communities.views.finding_organizations import for_organization, whole_pages
from feed.lists import cursors
from feed.lists.timeline import posts_by
from feed.showing.items import present
from network.finding import Place
from network.people_there import people_there
from network.standing import standings as standings_of_people
from network.views.pages import page_of
from profiles.naming import is_named_by, names_in_cv
from search.described import describe_organization

LATEST = 5
"""How many of an organization's updates and openings its page shows."""
FACES = 6
"""How many of the people there now stand beside them."""
PEOPLE = 20
LOOKED_AFTER = 50
"""How many pages that a member looks after are listed; nobody has more."""


@require_safe
@for_organization(whole_pages)
def organization(request: HttpRequest, organization: Organization) -> HttpResponse:
    """An organization: what it is, what it says, whom it looks for, and who is there."""
    posts = posts_by(organization, viewer=request.user, limit=LATEST)
    people, more = people_there(organization, viewer=request.user, now=True, most=FACES)
    openings = Opening.objects.visible_to(request.user).filter(organization=organization).open().order_by("-pk")
    latest = list(openings[: LATEST + 1])
    context = {
        "items": present(posts.posts, viewer=request.user),
        "more_url": "",
        "has_more_posts": posts.more is not None,
        "people": people,
        "has_more_people": more is not None,
        "openings": latest[:LATEST],
        "more_openings": len(latest) > LATEST,
        "events": coming_up(viewer=request.user, organizations=[organization]),
    }
    context |= head(request, organization) | describe_organization(organization, request)
    return render(request, "communities/organization.html", context)


def head(request: HttpRequest, organization: Organization) -> dict:
    """What the head of an organization's page shows: names, standing, and whether somebody is wanted for it."""
    names = list(organization.names.order_by("name", "pk"))
    (organization,) = standings([organization], viewer=request.user, here=request.get_full_path())
    return {
        "organization": organization,
        "standing": organization.standing,
        "other_names": [name.name for name in names if name.use == OrganizationName.Use.OTHER],
        "former_names": [name.name for name in names if name.use == OrganizationName.Use.FORMER],
        "may_take_up": not organization.has_admin and may_take_up(request.user, [name.key for name in names]),
    }


def may_take_up(viewer, keys: list[str]) -> bool:
    """Whether the viewer's CV names the organization of these keys."""
    return viewer.is_authenticated and is_named_by(viewer, keys)


@require_safe
@for_organization()
def posts(request: HttpRequest, organization: Organization) -> HttpResponse:
    """What an organization says, newest first."""
    before = cursors.read(request.GET.get("before"))
    page = posts_by(organization, viewer=request.user, before=before)
    here = reverse("organization_posts", args=[organization.slug])
    context = {
        "organization": organization,
        "items": present(page.posts, viewer=request.user),
        "more_url": f"{here}?before={cursors.written(page.more)}" if page.more else "",
    }
    if request.htmx and before:
        return render(request, "feed/_posts.html#page", context)
    return render(request, "communities/organization_posts.html", context)


@require_safe
@for_organization()
def people(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The people at an organization, now or before, the nearest first."""
    now = request.GET.get("when") != "before"
    after = Place.read(request.GET.get("after", ""))
    people, last = people_there(organization, viewer=request.user, now=now, after=after, most=PEOPLE)
    standings_of_people(people, viewer=request.user, here=request.get_full_path())
    here = reverse("organization_people", args=[organization.slug])
    when = {} if now else {"when": "before"}
    context = {
        "organization": organization,
        "now": now,
        "people": people,
        "next_url": f"{here}?{urlencode(when | {'after': str(last)})}" if last else "",
    }
    piece = "#rows" if request.htmx and after else ""
    return render(request, f"communities/organization_people.html{piece}", context)


@login_required
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """The organizations that the viewer looks after, that their CV names, and that they follow."""
    here = request.get_full_path()
    follows = OrganizationFollow.objects.by(request.user).select_related("organization")
    page = page_of(follows, request, order=("-followed_at", "-id"))
    followed = [row.organization for row in page.rows]
    if not page.is_first:
        standings(followed, viewer=request.user, here=here)
        template = "communities/organizations.html#rows" if request.htmx else "communities/organizations.html"
        return render(request, template, {"page": page, "followed": followed, "looked_after": [], "in_cv": []})
    looked_after = list(Organization.objects.edited_by(request.user).order_by("name_folded", "pk")[:LOOKED_AFTER])
    in_cv = _in_cv(request, besides={page.pk for page in looked_after})
    pages = [row["page"] for row in in_cv if row["page"]]
    standings([*looked_after, *pages, *followed], viewer=request.user, here=here)
    context = {"page": page, "followed": followed, "looked_after": looked_after, "in_cv": in_cv}
    return render(request, "communities/organizations.html", context)


def _in_cv(request: HttpRequest, *, besides: set[int]) -> list[dict]:
    """What the viewer's CV names: each with its page, unless it is listed already, or where to start one."""
    names = names_in_cv(request.user)
    known = OrganizationName.objects.filter(key__in=names).select_related("organization")
    pages = {name.key: name.organization for name in known}
    visible = Organization.objects.visible_to(request.user).filter(pk__in={page.pk for page in pages.values()})
    shown = set(visible.values_list("pk", flat=True)) - besides
    rows: list[dict] = []
    for key, name in names.items():
        page = pages.get(key)
        if page is None:
            start_url = f"{reverse('new_organization')}?{urlencode({'name': name})}"
            rows.append({"name": name, "page": None, "start_url": start_url})
        elif page.pk in shown:
            shown.discard(page.pk)
            rows.append({"name": name, "page": page, "start_url": ""})
    return rows
