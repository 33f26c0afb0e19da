"""The site on a port of this machine, with what the front does before Django: files are kept, nothing streams."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.test.testcases import LiveServerThread
from django.test.utils import modify_settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_HOST: Final = "localhost"


class LiveSite:
    """Django in a thread; its files come from WhiteNoise as they do in use, so that a browser keeps them."""

    def __init__(self) -> None:
        self._hosts = modify_settings(ALLOWED_HOSTS={"append": _HOST})
        self._hosts.enable()
        self._thread = LiveServerThread(_HOST, static_handler=_front)
        self._thread.daemon = True
        self._thread.start()
        self._thread.is_ready.wait()
        if self._thread.error:
            raise self._thread.error
        self.url = f"http://{_HOST}:{self._thread.port}"

    def stop(self) -> None:
        self._thread.terminate()
        self._hosts.disable()


def _front(application: Application) -> Application:
    """Pages that listen for news are told at once that there is none: the stream is another server's."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/live/"):
            start("204 No Content", [])
            return []
        return application(environ, start)

    return answer
