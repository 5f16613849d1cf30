"""How gunicorn serves the site, for `make run` and in production alike: `gunicorn -c python:config.gunicorn`."""

import os

from config.memory import allow_many_connections, give_back_now_and_then, use_one_heap

wsgi_app = "config.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"  # each thread keeps its database connection
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60  # seconds
graceful_timeout = 20  # seconds
loglevel = "warning"
control_socket_disable = True


def post_fork(server, worker):
    use_one_heap()
    allow_many_connections()


def post_request(worker, request, environ, response):
    give_back_now_and_then()
