from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import Community

_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The community's colour, as the one number that the stylesheet takes: kept for ever under its own `?v=`."""
    asked = request.GET.get("v", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 4 and int(asked) < 360
    hue = int(asked) if known else Community.current().hue
    return HttpResponse(
        f":root {{ --hue: {hue}; }}\n",
        content_type="text/css",
        headers={"Cache-Control": _FOR_EVER if known else "no-cache"},
    )
