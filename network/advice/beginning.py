"""How a request begins that the advice on a profile led to: the context, and an opener that is edited."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Event
from network.models import ConnectionRequest


def begun(address: QueryDict, *, viewer: User, member: User) -> dict[str, str]:
    """Return what the page to ask shows as typed already, by its address: `?context=event&event=…`.

    An event is named only where both confirm that they were there. One query, if one is named.
    """
    context = address.get("context", "")
    if context not in ConnectionRequest.Context.values:
        return {}
    event = _event(address.get("event", ""), viewer=viewer, member=member)
    if context != ConnectionRequest.Context.EVENT or event is None:
        return {"context": context}
    note = _("Hi %(name)s, it was good to talk with you at %(event)s. ")
    return {"context": context, "note": note % {"name": member.first_name, "event": event.title[:150]}}


def _event(slug: str, *, viewer: User, member: User) -> Event | None:
    if not slug or "\0" in slug:
        return None
    return Event.objects.visible_to(viewer).both_were_at(viewer, member).filter(slug=slug).first()
