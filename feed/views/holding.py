"""Keeping the files of a form that comes back: without htmx a browser sends them once."""

from feed.actions.holding import hold_pictures


def hold_files(request, form) -> None:
    """Hold the pictures that came with a form which is about to be shown again; htmx keeps them in the page."""
    if request.POST and not request.htmx and form.held_for and (files := form.new_files()):
        form.hold(hold_pictures(files, by=request.user, key=form.held_for))
