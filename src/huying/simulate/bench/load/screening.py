"""A street's command screen: it hears that a card changed, asks how things stand, and draws it."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import Final

_AGAIN: Final = 0.5
_WITHIN: Final = 20.0


@dataclass(slots=True)
class Screen:
    """Open for the block. As in the browser it is connected again when the stream ends."""

    port: int
    cookie: str
    _shown: dict[int, float] = field(default_factory=dict, init=False)
    _ending: threading.Event = field(default_factory=threading.Event, init=False)
    _open: threading.Event = field(default_factory=threading.Event, init=False)
    _thread: threading.Thread = field(init=False)

    def __enter__(self) -> "Screen":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        if not self._open.wait(_WITHIN):
            raise RuntimeError("the screen was not let in")
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()

    def shown(self) -> dict[int, float]:
        """Card → when (seconds since 1970) the screen had what was told first of it."""
        return dict(self._shown)

    def _watch(self) -> None:
        while not self._ending.is_set():
            try:
                self._listen()
            except (OSError, http.client.HTTPException):
                self._ending.wait(_AGAIN)

    def _listen(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", "/live/emergencies", headers={"Cookie": self.cookie})
        answer = line.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"the stream was refused: {answer.status}")
        emergency = False
        while raw := answer.readline():
            text = raw.decode().strip()
            if text == "event: hello":
                self._open.set()
            if emergency and text.startswith("data:"):
                self._draw(int(text.removeprefix("data:")))
            emergency = text == "event: emergency"
        line.close()

    def _draw(self, card: int) -> None:
        if card in self._shown:
            return
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WITHIN)
        line.request("GET", "/command/now", headers={"Cookie": self.cookie})
        answer = line.getresponse()
        answer.read()
        line.close()
        if answer.status == 200:
            self._shown[card] = time.time()
