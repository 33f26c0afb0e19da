"""Handing letters over to one system: a batch at a time, each letter's fate written down before the next."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings

from huying.exchange.actions import delivering, keeping
from huying.exchange.actions.linking import link
from huying.exchange.channels.interface import Away, Connector, Fate, File, Garbled, Parcel, Verdict
from huying.exchange.models import Outgoing
from huying.exchange.queries.composing import Composed, compose
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import Way
from huying.exchange.rules.pacing import OPEN_AFTER
from huying.exchange.tasks.connecting import connector_of
from huying.kernel.errors import HuyingError
from huying.people.actions.callers import unmask

_log = logging.getLogger(__name__)


def send(peer: OpenPeer, now: datetime) -> int:
    """Hand over what is due; how many were in hand. A system that failed often is asked with one letter."""
    failures, rests_until = keeping.telling(peer)
    if rests_until is not None and rests_until > now:
        return 0
    try:
        connector = connector_of(peer)
    except HuyingError as error:
        keeping.failed(peer, Way.OUT, "；".join(error.fields.values()) or error.message, now)
        return 0
    rows = delivering.take(peer, now, 1 if failures >= OPEN_AFTER else connector.batch)
    if not rows:
        return 0
    ready = _ready(peer, rows, now)
    if ready:
        _hand_over(peer, connector, ready, now)
    return len(rows)


def _ready(peer: OpenPeer, rows: Sequence[Outgoing], now: datetime) -> list[tuple[Outgoing, Parcel]]:
    found = []
    for row, letter in zip(rows, compose(peer, rows, partial(_named, peer, now)), strict=True):
        if letter.wrong:
            delivering.refused(row, "".join(letter.wrong), now)
        else:
            found.append((row, _parcel(peer, row, letter)))
    return found


def _named(peer: OpenPeer, now: datetime, caller_id: int, case_id: int) -> tuple[str, str]:
    caller = unmask(peer.actor, caller_id, case_id, "回传来单系统", now)
    return caller.name, caller.phone


def _parcel(peer: OpenPeer, row: Outgoing, letter: Composed) -> Parcel:
    path = peer.map.out_fields.get("photos", "")
    # Taking it counts as a try; who was not there gave it back, and said so.
    again = row.tries > 1 or bool(row.error)
    return Parcel(letter.key, letter.fields, _files(letter) if path else (), path, again, row.error)


def _files(letter: Composed) -> list[File]:
    found = []
    for path, digest, media in letter.photos:
        try:
            content = (Path(settings.MEDIA_ROOT) / path).read_bytes()
        except OSError:
            # Erased by law, or the store is away: the words go without it.
            _log.warning("a photo of %s is not in the store", letter.key)
            continue
        found.append(File(Path(path).name, media, content, digest))
    return found


def _hand_over(
    peer: OpenPeer, connector: Connector, ready: Sequence[tuple[Outgoing, Parcel]], now: datetime
) -> None:
    rows = [row for row, _ in ready]
    try:
        verdicts = connector.deliver([parcel for _, parcel in ready], now)
    except Away as away:
        delivering.put_back(rows, away.message)
        keeping.failed(peer, Way.OUT, away.message, now, away.rest)
        return
    except Exception as error:
        if not isinstance(error, Garbled):
            # A fault of ours with one letter must not stop the others: alone it dies, and a person sees it.
            _log.exception("letters to %s", peer.code)
        why = error.message if isinstance(error, HuyingError) else f"程序出错：{type(error).__name__}"
        delivering.failed([(row, why, None) for row in rows], now)
        keeping.failed(peer, Way.OUT, why, now)
        return
    _settle(peer, list(zip(rows, verdicts, strict=True)), now)
    _note_how(peer, verdicts, now)


def _note_how(peer: OpenPeer, verdicts: Sequence[Verdict], now: datetime) -> None:
    """One letter taken shows that it can be told; where it only refuses, a wrong key looks just like that."""
    refusals = [said.words for said in verdicts if said.fate is Fate.REFUSED]
    if any(said.fate is Fate.TAKEN for said in verdicts):
        keeping.told(peer, now)
    elif refusals:
        keeping.failed(peer, Way.OUT, f"对方拒收：{refusals[0]}", now)


def _settle(peer: OpenPeer, told: Sequence[tuple[Outgoing, Verdict]], now: datetime) -> None:
    for row, said in told:
        # Under a number it knew before there is nothing to keep.
        if said.number and said.number != row.number and said.fate is Fate.TAKEN:
            # Before the letter counts as sent: whoever is killed in between asks again, and is told the same number.
            link(peer, row, said.number, now)
    delivering.sent([row for row, said in told if said.fate is Fate.TAKEN], now)
    later = [
        (row, said.words or "对方要求稍后再试", said.rest) for row, said in told if said.fate is Fate.LATER
    ]
    delivering.failed(later, now)
    for row, said in told:
        if said.fate is Fate.REFUSED:
            delivering.refused(row, f"对方拒收：{said.words}", now)
        elif said.fate is Fate.NEEDLESS:
            delivering.put_aside(row, said.words)
