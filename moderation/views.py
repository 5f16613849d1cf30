"""Where a member reports a person, or something of somebody's."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from communities.models import Group, Organization
from moderation.actions import report_thing
from moderation.forms import ReportForm
from moderation.subjects import NATURES, as_it_reads, group_of, named_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, kind: str, number: int) -> HttpResponse:
    """The page where a member reports something that they see."""
    if kind not in NATURES:
        raise Http404
    thing = get_object_or_404(NATURES[kind].reportable_by(request.user), pk=number)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report_thing(thing, by=request.user, **form.cleaned_data)
        return redirect("report_thanks")
    context = {
        "form": form,
        "kind": kind,
        "name": name_for(request.user, named_for(thing)),
        "called": str(thing),
        "group": group_of(thing),
        "words_of_it": as_it_reads(thing) if kind != "member" else "",
    }
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def name_for(viewer: User, who: User | Organization | Group | None) -> str:
    """The name of who is responsible, if the viewer may see them: after a block a message is still there to report."""
    if not isinstance(who, User):
        return who.name if who else ""
    return who.name if User.objects.visible_to(viewer).filter(pk=who.pk).exists() else ""


@login_required
@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/thanks.html")
