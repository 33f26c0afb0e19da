"""A telephone that rings when it is told to: for tests, demonstrations and learning the desk.

It lives in one process (WEB_PROCESSES=1, the default) and forgets its calls when that ends.
"""

from dataclasses import replace
from threading import Lock
from uuid import uuid4

from huying.kernel import clock
from huying.web.seat.telephones import Call, LineState


class Simulated:
    """One line for each seat."""

    def __init__(self) -> None:
        self._lines: dict[int, Call] = {}
        self._before = ""
        self._lock = Lock()

    def line(self, seat: int) -> Call | None:
        return self._lines.get(seat)

    def answer(self, seat: int, call: str) -> None:
        self._turn(seat, call, LineState.RINGING, LineState.TALKING)

    def hold(self, seat: int, call: str, *, on: bool) -> None:
        if on:
            self._turn(seat, call, LineState.TALKING, LineState.HELD)
        else:
            self._turn(seat, call, LineState.HELD, LineState.TALKING)

    def hang_up(self, seat: int, call: str) -> None:
        with self._lock:
            if seat in self._lines and self._lines[seat].id == call:
                del self._lines[seat]

    def call_back(self, seat: int, call: str) -> None:
        self._turn(seat, call, LineState.DROPPED, LineState.TALKING)

    def ring(self, seat: int, number: str) -> None:
        """Let somebody ring; nothing happens while another call is at the line."""
        with self._lock:
            new = Call(uuid4().hex, number, LineState.RINGING, clock.now())
            self._lines.setdefault(seat, new)

    def somebody(self, new: str) -> str:
        """Who rings next: by turns a ``new`` number and the one before once more, who then has a history."""
        with self._lock:
            number, self._before = self._before or new, "" if self._before else new
        return number

    def drop(self, seat: int) -> None:
        """Let the line break; a call that only rang is gone."""
        with self._lock:
            call = self._lines.get(seat)
            if call is not None and call.state is LineState.RINGING:
                del self._lines[seat]
            elif call is not None:
                self._lines[seat] = replace(call, state=LineState.DROPPED)

    def _turn(self, seat: int, call: str, before: LineState, after: LineState) -> None:
        with self._lock:
            known = self._lines.get(seat)
            if known is not None and known.id == call and known.state is before:
                answered = known.answered_at or clock.now()
                self._lines[seat] = replace(known, state=after, answered_at=answered)
