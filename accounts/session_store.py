"""Django's sessions in the database, read by a statement that is planned and written once: every page asks."""

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.written_once import WrittenOnce


class SessionStore(db.SessionStore):
    def load(self) -> dict:
        from accounts.models import User

        found = _session().rows(User(), number=self.session_key)
        if found:
            return self.decode(found[0][0])
        self._session_key = None
        return {}


@cache
def _session() -> WrittenOnce:
    """What a session holds, by its key, while it lasts; nobody's number counts."""
    return WrittenOnce(
        lambda nobody, word: Session.objects.filter(session_key=word, expire_date__gt=timezone.now()).values_list(
            "session_data"
        )
    )
