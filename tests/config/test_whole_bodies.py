"""A request that was broken off is no request, even if all that a form needs is in what arrived."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import UnreadablePostError

from config.whole import whole

KINDS = {
    "application/x-www-form-urlencoded": b"key=1234&text=All+of+it",
    "multipart/form-data; boundary=B": (
        b'--B\r\nContent-Disposition: form-data; name="key"\r\n\r\n1234\r\n'
        b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\nAll of it\r\n--B--\r\n'
    ),
}


def form_read(kind: str, body: bytes, *, announced: int) -> dict:
    """What a view finds in the form of a request."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(announced),
        "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    return whole(lambda environ, start: WSGIRequest(environ).POST.dict())(environ, None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_one_is_read_and_one_that_broke_off_is_not(kind):
    body = KINDS[kind]
    assert form_read(kind, body, announced=len(body)) == {"key": "1234", "text": "All of it"}
    with pytest.raises(UnreadablePostError):
        form_read(kind, body[:-5], announced=len(body))


def test_the_site_is_served_so():
    from config.wsgi import application

    assert application.__qualname__ == "whole.<locals>.serve"
