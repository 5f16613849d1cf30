"""Pieces of one's own profile page, for pages that are changed in place."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from network.degrees import decorate
from profiles.views.reading import sections_of, whole_profiles


def show_section(request, name: str) -> HttpResponse:
    """Answer with a section of one's own profile as the page shows it; without htmx, lead to it."""
    if not request.htmx:
        response = HttpResponseRedirect(f"{request.user.get_absolute_url()}#{name}")
    else:
        member = get_object_or_404(whole_profiles(request.user), pk=request.user.pk)
        decorate([member], viewer=request.user)
        response = render(request, f"profiles/_{name}.html", sections_of(member, request.user))
    patch_vary_headers(response, ["HX-Request"])
    return response


def show_form(request, piece: str, context: dict) -> HttpResponse:
    """Answer with a form in the place of its section, or, without htmx, on a page of its own."""
    status = 422 if context["form"].errors else 200
    if request.htmx:
        response = render(request, f"profiles/{piece}.html", context, status=status)
    else:
        response = render(request, "profiles/edit.html", context | {"piece": f"profiles/{piece}.html"}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def load_profile(request) -> HttpResponse:
    """Lead to one's own profile: what changed stands in more than one place of the page."""
    response = HttpResponseRedirect(request.user.get_absolute_url())
    if request.htmx:
        response = HttpResponse(headers={"HX-Redirect": response.url})
    patch_vary_headers(response, ["HX-Request"])
    return response
