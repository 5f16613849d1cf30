"""The icon that browsers ask for by themselves, on pages that name none (the admin's)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static


def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("brand.svg"), permanent=True)
