"""What a page needs in order to listen."""

import time

from live.stream import can_be_taken_over


def told_since(request) -> dict:
    """Return `told_since`: the moment from which the page has to be told. Empty where nothing can be told by itself."""
    user = getattr(request, "user", None)
    listens = user is not None and user.is_authenticated and user.is_present and can_be_taken_over(request)
    return {"told_since": f"{time.time():.3f}" if listens else ""}
