"""Acts of operators on a thing's page in the admin: each a button, then a page of its own that asks why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

from accounts.refusals import Refusal
from config.admin import OperatorsAdmin
from moderation.models import Decision

MAY_DECIDE = "moderation.add_decision"
DAYS = {"1": _("1 day"), "7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "": _("For good")}


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that an operator does to a thing: `do(thing, by=…, why=…)`, with `until=…` if it is for a time."""

    label: "StrOrPromise"
    do: Callable
    possible: Callable = lambda thing: True
    asks_why: bool = True
    asks_until: bool = False


class DecisionForm(forms.Form):
    """Why, and for how long."""

    why = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    )
    days = forms.ChoiceField(label=_("For how long"), choices=DAYS, initial="7", required=False)

    def __init__(self, *args, act: Act, **options):
        super().__init__(*args, **options)
        if not act.asks_why:
            del self.fields["why"]
        if not act.asks_until:
            del self.fields["days"]

    def what(self) -> dict:
        """What the act is told beside who acts."""
        said = {"why": self.cleaned_data["why"]} if "why" in self.fields else {}
        if "days" in self.fields:
            days = self.cleaned_data["days"]
            said["until"] = timezone.now() + timedelta(days=int(days)) if days else None
        return said


class DecidableAdmin(OperatorsAdmin):
    """An admin whose things operators act on; `acts` by their name in the address."""

    acts: dict[str, Act] = {}
    change_form_template = "admin/moderation/decidable.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<path:object_id>/decide/<slug:act>/", decide, name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"acts": self.acts_on(request, object_id)} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def acts_on(self, request: HttpRequest, object_id: str) -> list[dict]:
        """The acts that are possible now, for the buttons."""
        thing = self.get_object(request, object_id)
        if thing is None or not request.user.has_perm(MAY_DECIDE):
            return []
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_decide"
        return [
            {"label": act.label, "address": reverse(name, args=[object_id, slug])}
            for slug, act in self.acts.items()
            if act.possible(thing)
        ]

    def decide_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        """The page that asks why, and then acts."""
        if not (request.user.has_perm(MAY_DECIDE) and self.has_view_permission(request)):
            raise PermissionDenied
        thing, chosen = self.get_object(request, object_id), self.acts.get(act)
        if thing is None or chosen is None:
            raise Http404
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id])
        form = DecisionForm(request.POST if request.method == "POST" else None, act=chosen)
        if not chosen.possible(thing):
            messages.warning(request, _("That isn't possible any more."))
            return redirect(back)
        if request.method == "POST" and form.is_valid():
            try:
                chosen.do(thing, by=request.user, **form.what())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Done: %(act)s.") % {"act": chosen.label})
                return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": chosen.label,
            "subtitle": str(thing),
            "opts": self.opts,
            "form": form,
            "thing": thing,
            "back": back,
        }
        return render(request, "admin/moderation/decide.html", context, status=422 if form.errors else 200)


def listed(rows) -> "StrOrPromise":
    """Return rows of (text before, address, text, text after) as an HTML list; an empty address is no link."""
    items = [
        format_html('{}<a href="{}">{}</a>{}', before, address, text, after)
        if address
        else format_html("{}{}{}", before, text, after)
        for before, address, text, after in rows
    ]
    if not items:
        return str(_("None"))
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))


def decisions_list(decisions) -> "StrOrPromise":
    """Return decisions as HTML: when, what, who and why."""
    newest = decisions.order_by("-decided_at", "-pk")[:50]
    return listed(("", "", sentence_of(decision), "") for decision in newest)


def sentence_of(decision: Decision) -> str:
    """Return one line about a decision."""
    until = f"{_('until')} {decision.until:%Y-%m-%d %H:%M}" if decision.until else ""
    if decision.action == Decision.Action.SUSPEND and not until:
        until = str(_("for good"))
    what = f"{decision.get_action_display()} {decision.get_subject_kind_display()} {decision.subject_id} {until}"
    return f"{decision.decided_at:%Y-%m-%d %H:%M} · {what.strip()} · {decision.by_name}: {decision.why}"
