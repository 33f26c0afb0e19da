"""``/healthz``: what a load balancer asks before it sends visitors here."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from huying.kernel.errors import Unavailable
from huying.web.guard import public


@public
def heartbeat(request: HttpRequest) -> HttpResponse:
    """200 when this process can ask the database something, else 503; tells nothing more to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (Error, Unavailable):
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
