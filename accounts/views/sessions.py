"""Signing out somewhere else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.sessions import others_of
from accounts.templatetags.browsers import browser
from live.telling import tell


@login_required
@require_POST
def end_session(request, pk: int):
    """Sign one of one's other browsers out."""
    session = get_object_or_404(others_of(request), pk=pk)
    session.end()
    tell([request.user.pk], "sessions")
    messages.success(request, _("%(browser)s is signed out.") % {"browser": browser(session.user_agent)})
    return redirect("usersessions_list")
