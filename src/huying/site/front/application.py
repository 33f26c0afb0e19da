"""What granian serves."""

import os
from importlib import import_module
from typing import Any

from huying.kernel.breathing import PAGES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
# The database tells by it who is at a desk (cases.queries.busy).
os.environ.setdefault("PGAPPNAME", PAGES)

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from huying.site.configuration import environment
from huying.site.front import native
from huying.site.front.ending import when_told_to_end
from huying.site.front.environ import Scope
from huying.site.front.pages import Pages, Receive, Send
from huying.site.running.garbage import look_for_garbage_seldom

django_application = get_wsgi_application()
# A page that cannot be imported stops the start, not each request.
import_module(settings.ROOT_URLCONF)
look_for_garbage_seldom()
_pages = Pages(
    django_application,
    threads=environment.value("WEB_THREADS"),
    limit=environment.value("UPLOAD_MB") * 2**20,
    proxies=environment.value("PROXIES"),
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Native applications first, Django for the rest; web sockets are not spoken here."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        entry = native.find(scope)
        await (native.load(entry.application) if entry else _pages)(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message: dict[str, Any] = await receive()
        if message["type"] == "lifespan.startup":
            when_told_to_end(_tell_natives)
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await _close_natives()
            _pages.pool.shutdown(wait=False, cancel_futures=True)
            await send({"type": "lifespan.shutdown.complete"})
            return


def _tell_natives() -> None:
    for entry in native.TABLE:
        ending = getattr(native.load(entry.application), "ending", None)
        if ending:
            ending()


async def _close_natives() -> None:
    for entry in native.TABLE:
        close = getattr(native.load(entry.application), "aclose", None)
        if close:
            await close()
