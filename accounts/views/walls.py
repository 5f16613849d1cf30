from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import unblock_member
from accounts.requests import MemberRequest

A_PAGE = 50


@login_required
@require_safe
def settings_blocked(request: MemberRequest) -> HttpResponse:
    """The people whom one blocked, and only oneself knows of."""
    blocks = request.user.blocks_made.select_related("blocked").order_by("-created_at", "-pk")
    page = Paginator(blocks, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/blocked.html", {"page": page})


@login_required
@require_POST
def settings_unblock(request: MemberRequest, pk: int) -> HttpResponse:
    """Take down one's own wall; a replay finds it gone, which is what was asked."""
    block = get_object_or_404(request.user.blocks_made.select_related("blocked"), pk=pk)
    unblock_member(block.blocked, by=request.user)
    name = block.blocked.name
    messages.success(request, _("%(name)s is no longer blocked, and will not be told.") % {"name": name})
    return redirect("settings_blocked")
