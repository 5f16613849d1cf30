"""Finding an organization by its address, for whoever may see it or look after it."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from communities.models import Organization, OrganizationFollow, OrganizationRole


def for_organization(scope: Callable[..., QuerySet[Organization]] = Organization.objects.visible_to) -> Callable:
    """Let a view take an organization for the name in its address, found through `scope(viewer)`; else it is a 404.

    The address of a page that was merged into another leads to the one that stays, for good; a form that was sent
    there is about that one.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, slug: str, **rest) -> HttpResponse:
            organizations = scope(request.user)
            organization = organizations.filter(slug=slug).first()
            if organization is None:
                organization = get_object_or_404(organizations, merged__slug=slug)
                if request.method in ("GET", "HEAD"):
                    name = request.resolver_match.view_name
                    return redirect(reverse(name, kwargs={"slug": organization.slug} | rest), permanent=True)
            return view(request, organization, **rest)

        return found

    return decorate


def with_page(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Load with organizations what the head of their page says, in the same query."""
    admins = OrganizationRole.objects.filter(organization=OuterRef("pk"), role=OrganizationRole.Role.ADMIN)
    counted = OrganizationFollow.objects.counted().filter(organization=OuterRef("pk")).order_by().values("organization")
    return organizations.with_proof().annotate(
        has_admin=Exists(admins),
        follower_count=Coalesce(Subquery(counted.annotate(total=Count("*")).values("total")), 0),
    )


def whole_pages(viewer) -> QuerySet[Organization]:
    """The organizations whom `viewer` sees, with what the head of their page says."""
    return with_page(Organization.objects.visible_to(viewer))
