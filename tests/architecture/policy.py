"""What every answer says to browsers about safety."""

from django.http import HttpResponse

LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "blob:", "http:", "https:", "*")


def is_strict(answer: HttpResponse) -> bool:
    policy = answer.headers.get("Content-Security-Policy", "")
    return (
        "default-src 'none'" in policy
        and not any(word in policy for word in LOOSE)
        and ("frame-ancestors 'none'" in policy or "sandbox" in policy)
        and answer.headers.get("X-Content-Type-Options") == "nosniff"
        and answer.headers.get("X-Frame-Options") == "DENY"
        and answer.headers.get("Referrer-Policy") == "same-origin"
    )
