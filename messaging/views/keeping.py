from django.contrib import messages as remarks
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from messaging import actions
from messaging.models import Conversation, Seat


@login_required
@require_POST
def change_conversation(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Muting, archiving, and taking it back."""
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk)
    act, said = {
        "mute": (actions.mute, _("Muted. Nothing tells you of new messages here; you find them when you look.")),
        "unmute": (actions.unmute, _("You are told of new messages here again.")),
        "archive": (actions.archive, _("Archived. It comes back when something new is written in it.")),
        "unarchive": (actions.unarchive, _("Back among your conversations.")),
    }[change]
    act(found, by=request.user)
    remarks.success(request, said)
    return redirect("conversations") if change == "archive" else redirect("conversation", pk)


@login_required
@require_POST
def disconnect_and_mute(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to a pitch, in one click; open only while the pitch is the reader's to answer."""
    seat = get_object_or_404(
        Seat.objects.filter(
            member=request.user,
            pitch__isnull=False,
            conversation__in=Conversation.objects.visible_to(request.user),
        ).select_related("conversation"),
        conversation=pk,
    )
    actions.disconnect_and_mute(seat.conversation, by=request.user)
    remarks.success(request, _("You are no longer connected, and this conversation is muted. They will not be told."))
    return redirect("conversation", pk)
