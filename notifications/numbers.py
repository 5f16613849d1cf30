"""How emails are numbered: a `Message-ID` that only this site can have made, for one recipient.

So a report that an email came back is believed only if it returns an email that really went to that address.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

NUMBER = re.compile(r"<(?P<serial>\w+)\.(?P<proof>[0-9a-f]{24})@[^>]+>")


def mail_host() -> str:
    """The host by which emails number themselves: that of the site, not of the machine."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def message_id(serial: object, *, to: str) -> str:
    """Return the number of an email to an address; `serial` tells it from others, and stays the same on each try."""
    return f"<{serial}.{_proof(str(serial), to)}@{mail_host()}>"


def is_ours(number: str, *, to: str) -> bool:
    """Whether this site gave an email to that address this number."""
    found = NUMBER.fullmatch(number.strip())
    return found is not None and constant_time_compare(found["proof"], _proof(found["serial"], to))


def _proof(serial: str, to: str) -> str:
    return salted_hmac("notifications.numbers", f"{serial} {to.lower()}", algorithm="sha256").hexdigest()[:24]
