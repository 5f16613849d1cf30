"""Whether the site works: what a load balancer, a supervisor or `make run` asks."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live.hub import is_deaf

DEAF = "ok\nbut this process hears nothing from the database: set DATABASE_DIRECT_URL (docs/operating.md)\n"
_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers and every migration is applied, 503 until then.

    Where pages aren't told what happens, because of a pooler, it says so and is well: they ask by themselves.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = everything_is_migrated()
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if not ready:
        return HttpResponse("migrations are waiting\n", status=503, content_type="text/plain")
    return HttpResponse(DEAF if is_deaf() else "ok\n", content_type="text/plain")


def everything_is_migrated() -> bool:
    """Whether the database is as far as this code; once true it stays so for the life of the process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
