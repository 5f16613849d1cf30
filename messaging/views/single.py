"""One's own messages, for 15 minutes, and the files that came with messages."""

from django.contrib import messages as remarks
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from accounts.refusals import Refusal
from messaging import actions
from messaging.files import answer_with_file
from messaging.forms import TextForm
from messaging.models import Attachment, Message
from messaging.views import addresses


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Changing one's own message."""
    message = get_object_or_404(_own_messages(request.user), pk=pk)
    form = TextForm(
        request.POST or None, initial={"text": message.text}, auto_id="edit_%s"
    )  # beside the box for new ones
    if request.method == "POST" and form.is_valid():
        return _do(request, message, actions.edit_message, text=form.cleaned_data["text"])
    context = {"title": _("Edit your message"), "form": form, "button": _("Save"), "action": request.path}
    context |= {"text": _("The message will say that it was edited."), "back": addresses.of_message(message)}
    context |= {"bad": False, "in_place": True}
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking one's own message back."""
    message = get_object_or_404(_own_messages(request.user), pk=pk)
    if request.method == "POST":
        return _do(request, message, actions.delete_message)
    context = {"title": _("Delete this message?"), "button": _("Delete"), "action": request.path, "bad": True}
    context |= {"in_place": True}
    context |= {"text": _("It goes for both of you, with its files. Its place says that it was deleted."), "form": None}
    return render(request, "confirm.html", context | {"back": addresses.of_message(message)})


@login_required
@require_safe
def message_picture(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """A picture of a message, for the two who read it."""
    files = Attachment.objects.visible_to(request.user).pictures()
    return answer_with_file(request, get_object_or_404(files, key=key), size=size)


@login_required
@require_safe
def message_file(request: HttpRequest, key: str) -> HttpResponse:
    """A file of a message, to be saved by the two who read it."""
    files = Attachment.objects.visible_to(request.user).filter(width__isnull=True)
    return answer_with_file(request, get_object_or_404(files, key=key))


def _do(request: HttpRequest, message: Message, act, **details) -> HttpResponse:
    try:
        act(message, by=request.user, **details)
    except Refusal as refusal:
        remarks.error(request, str(refusal))
        return HttpResponseClientRefresh() if request.htmx else redirect(addresses.of_message(message))
    return HttpResponse(status=204) if request.htmx else redirect(addresses.of_message(message))


def _own_messages(member: User):
    return Message.objects.visible_to(member).filter(sender=member).select_related("conversation")
