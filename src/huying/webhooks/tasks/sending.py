"""Sending what is due: a receiver at a time for each thread, so that a slow one holds up no other."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import OperationalError

from huying.access.actor import Actor
from huying.kernel.clock import now as present
from huying.kernel.errors import HuyingError
from huying.kernel.outward import Outward, Resolver, resolved
from huying.webhooks.actions import leasing, pinging
from huying.webhooks.actions.leasing import Came, Due
from huying.webhooks.actions.standing import stop_itself
from huying.webhooks.models import Subscription
from huying.webhooks.queries.outside import allowed_outside
from huying.webhooks.queries.sealed import secrets_of
from huying.webhooks.rules.kinds import Stop
from huying.webhooks.rules.rests import PATIENCE, is_away, is_delivered, seconds_asked
from huying.webhooks.rules.signing import signed_headers

_log = logging.getLogger(__name__)
_BATCH: Final = 100
# After so long the others are served: a slow receiver has one thread no longer than this.
_SECONDS: Final = 30.0
_GONE: Final = 410


def _outward(resolver: Resolver) -> Outward:
    return Outward(allowed_outside(), resolver)


@dataclass(slots=True)
class Sender:
    """One round for one receiver; ``clock`` tells the moment of each try."""

    resolver: Resolver = resolved
    clock: Callable[[], datetime] = present
    open_line: Callable[[Resolver], Outward] = field(default=_outward)

    def send_due(self, now: datetime) -> int:
        """Send what is due to the subscription that waited longest; how much was in hand."""
        row = leasing.take(now)
        if row is None:
            return 0
        found = leasing.due(row, now, _BATCH)
        line = self.open_line(self.resolver)
        try:
            self._send(row, found, line)
        finally:
            line.close()
            leasing.give_back(row, self.clock(), idle=not found)
        return len(found)

    def _send(self, row: Subscription, found: list[Due], line: Outward) -> None:
        ends, held_up = time.monotonic() + _SECONDS, set[tuple[bool, int | None]]()
        for one in found:
            if time.monotonic() > ends:
                return
            case = (one.replay, one.case_id)
            if one.case_id is not None and case in held_up:
                continue
            came = self.call(row, one, line)
            if not self._settled(row, one, came):
                return
            if not is_delivered(came.status):
                held_up.add(case)

    def call(self, row: Subscription, one: Due, line: Outward) -> Came:
        """Push one delivery; what came of it. Whatever the receiver does, it is an answer and no fault of ours."""
        now = self.clock()
        try:
            body = one.body.encode()
            headers = signed_headers(one.message, body, secrets_of(row, now), now, replay=one.replay)
            answer = line.post(row.address, body, headers)
        except HuyingError as error:
            return Came(0, error.message)
        except OperationalError:
            raise
        except Exception as fault:
            _log.exception("delivery %s of %s", one.id, row.district)
            return Came(0, f"程序出错：{type(fault).__name__}")
        words = answer.body.decode(errors="replace").replace("\x00", "\ufffd")
        why = "" if is_delivered(answer.status) else f"对方答复 {answer.status}"
        asked = seconds_asked(answer.headers.get("retry-after", ""))
        return Came(answer.status, why, words, answer.took_ms, asked)

    def _settled(self, row: Subscription, one: Due, came: Came) -> bool:
        """Keep what came of it; whether the next one is tried now."""
        now = self.clock()
        if is_delivered(came.status):
            return leasing.delivered(row, one, came, now)
        if came.status == _GONE:
            leasing.refused(row, one, came, now)
            stop_itself(row, Stop.GONE, now)
            return False
        if came.status == 0 or is_away(came.status):
            leasing.away(row, one, came, now)
            going = False
        else:
            going = leasing.refused(row, one, came, now)
        if row.failing_since is not None and now - row.failing_since >= PATIENCE:
            return not stop_itself(row, Stop.FAILING, now) and going
        return going


def try_now(by: Actor, number: int, now: datetime, sender: Sender | None = None) -> Came:
    """Send a test message at once, in force or not, and keep it in the log; what came of it.

    Raises Denied, NotFound; Conflict while many were sent lately.
    """
    row, one = pinging.ping(by, number, now)
    used = sender or Sender()
    line = used.open_line(used.resolver)
    try:
        came = used.call(row, one, line)
    finally:
        line.close()
    pinging.came_of(row, one, came, used.clock())
    return came
