"""What a request costs besides time: the middleware that counts it, and says so in headers."""

import time

from django.db import connection

CPU, QUERIES, DATABASE = "X-Worked", "X-Queries", "X-Database"
"""Milliseconds that the worker's thread used a processor, statements, and milliseconds that it waited for them."""


class AccountingMiddleware:
    """Measures the whole answer of the site, whatever the other middleware does included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count, waited = 0, 0.0

        def noted(execute, sql, values, many, context):
            nonlocal count, waited
            start = time.perf_counter()
            try:
                return execute(sql, values, many, context)
            finally:
                count += 1
                waited += time.perf_counter() - start

        start = time.thread_time()
        with connection.execute_wrapper(noted):
            response = self.get_response(request)
        response[CPU] = f"{(time.thread_time() - start) * 1000:.2f}"
        response[QUERIES] = str(count)
        response[DATABASE] = f"{waited * 1000:.2f}"
        return response
