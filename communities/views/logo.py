from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.pictures import answer_with_picture
from communities.logos import FOLDER, SIZES, logos_visible_to


@require_safe
def logo(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """The file of a logo, for whoever sees the organization."""
    if size not in SIZES:
        raise Http404
    organization = get_object_or_404(logos_visible_to(request.user), logo_key=key)
    return answer_with_picture(request, folder=FOLDER, key=organization.logo_key, size=size)
