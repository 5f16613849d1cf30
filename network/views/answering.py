"""Answers between yes and no (product.md §3.9). Each has a page of its own, which opens as a dialog over a list."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from network import actions
from network.forms import AnswerForm, LaterForm, QuestionForm
from network.models import ConnectionRequest
from network.views.answers import come_from

REQUESTS = ConnectionRequest.objects


@login_required
def ask_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the sender of a request one question."""
    received = _find(request, REQUESTS.questionable_by(request.user), REQUESTS.received_by(request.user), pk)
    names = {"name": received.sender.first_name}
    text = _("%(name)s reads it and may answer once. It is the one question that you can ask about this request.")
    return _answer(
        request,
        QuestionForm(_typed(request)),
        lambda question: actions.ask_question(received, by=request.user, question=question),
        title=_("Ask %(name)s a question") % names,
        text=text % names,
        button=_("Send question"),
        done=_("Your question to %(name)s is sent.") % names,
    )


@login_required
def ask_me_later(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the sender of a request to ask again from a day on."""
    received = _find(request, REQUESTS.postponable_by(request.user), REQUESTS.received_by(request.user), pk)
    names = {"name": received.sender.first_name}
    text = _(
        "%(name)s is told the day, and may ask you again from then on. The request goes to those that you set aside, "
        "where you may still accept it."
    )
    return _answer(
        request,
        LaterForm(_typed(request)),
        lambda on: actions.ask_for_later(received, by=request.user, on=on),
        title=_("When may %(name)s ask again?") % names,
        text=text % names,
        button=_("Tell %(name)s") % names,
        done=lambda on: (
            _("%(name)s is told to ask again from %(date)s.") % (names | {"date": date_format(on, "j F Y")})
        ),
    )


@login_required
def mark_as_unknown(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one doesn't know the sender; ask first, and say what it does."""
    received = _find(request, REQUESTS.markable_by(request.user), REQUESTS.received_by(request.user), pk)
    names = {"name": received.sender.first_name}
    text = _(
        "The request is set aside, and %(name)s will not be told. When the time comes to ask again, %(name)s reads "
        "only that you can’t be asked at the moment. Somebody whom ten people don’t know within 30 days can’t ask "
        "anybody for a week. You may still accept."
    )
    return _answer(
        request,
        forms.Form(_typed(request)),
        lambda: actions.mark_as_unknown(received, by=request.user),
        title=_("You don’t know %(name)s?") % {"name": received.sender.name},
        text=text % names,
        button=_("I don’t know %(name)s") % names,
        done=_("The request is set aside. %(name)s will not be told.") % names,
    )


@login_required
def answer_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the question that the recipient of one's own request asks."""
    asked = _find(request, REQUESTS.explainable_by(request.user), REQUESTS.asked_by(request.user), pk)
    names = {"name": asked.recipient.first_name}
    return _answer(
        request,
        AnswerForm(_typed(request)),
        lambda answer: actions.answer_question(asked, by=request.user, answer=answer),
        title=_("%(name)s asks you a question") % names,
        text=asked.question,
        button=_("Send answer"),
        done=_("Your answer to %(name)s is sent.") % names,
        otherwise="requests_sent",
    )


def _find(request: HttpRequest, open_ones: QuerySet, all_of_them: QuerySet, pk: int) -> ConnectionRequest:
    """The request to answer; a form that comes too late finds it too, and is told so instead of 404."""
    found = all_of_them if request.method == "POST" else open_ones
    return get_object_or_404(found.select_related("sender", "recipient"), pk=pk)


def _typed(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _answer(
    request: HttpRequest,
    form: forms.Form,
    doing: Callable,
    *,
    done: str | Callable[..., str],
    otherwise: str = "requests_received",
    **page: str,
) -> HttpResponse:
    """Do it and go back; or show the form, with what is wrong about it."""
    if form.is_valid():
        try:
            doing(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, done if isinstance(done, str) else done(**form.cleaned_data))
            return redirect(come_from(request, otherwise))
    context = page | {
        "action": request.get_full_path(),
        "back": resolve_url(come_from(request, otherwise)),
        "form": form,
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
