"""Taking no request of which only the beginning arrived: its words would be cut, and its key spent on them.

gunicorn hands on what came before the connection broke; Django answers an unreadable body with a refusal, and no view
sees any of it.
"""


class WholeBody:
    """The body of a request, which can't be read if less arrives than was announced."""

    def __init__(self, stream) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Return `size` bytes. Django asks for no more than are announced. Raises `OSError` if there are fewer."""
        found = self._stream.read(size)
        if len(found) < size:
            raise OSError("The connection broke off before the whole request had arrived.")
        return found

    def readline(self, size: int) -> bytes:
        return self._stream.readline(size)


def whole(application):
    """Return a WSGI application that reads only whole bodies."""

    def serve(environ, start_response):
        return application(environ | {"wsgi.input": WholeBody(environ["wsgi.input"])}, start_response)

    return serve
