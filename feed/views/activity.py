from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from feed.lists.activity import activity_of, read, showing_activity_to
from network.degrees import decorate


@require_safe
@vary_on_headers("HX-Request")
def activity(request, handle: str):
    """What a member commented on and reposted, for their connections and themselves."""
    member = get_object_or_404(showing_activity_to(request.user), handle=handle)
    decorate([member], viewer=request.user)
    before = read(request.GET.get("before"))
    page = activity_of(member, viewer=request.user, before=before)
    context = {
        "member": member,
        "is_me": member == request.user,
        "deeds": page.deeds,
        "more_url": f"{reverse('activity', args=[handle])}?before={page.more}" if page.more else "",
        "is_later": before is not None,
    }
    return render(request, "feed/_deeds.html#page" if request.htmx and before else "feed/activity.html", context)
