"""The same caller again: what they said before of the same matter, and whether they say anything new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.lifecycle import CLOSED_STATES
from huying.cases.queries.desks.callers import history_for, public_replies
from huying.cases.queries.lists.resembling import frequencies, with_words
from huying.loop.allocate.queries.alike import Match, Said, matches_among
from huying.loop.allocate.rules.sameness.again import new_facts
from huying.loop.allocate.rules.sameness.wording import wording


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier case of this caller: what is ``fresh`` now, and the ``reply`` where it was closed with one."""

    match: Match
    fresh: Sequence[str]
    reply: str


def own_again(actor: Actor, caller_id: int, said: Said, now: datetime) -> list[Again]:
    """The caller's last cases, as far as the actor may see them, that are likely the same matter.

    Whoever asks has looked the caller up before, which is written down.
    """
    found = with_words(actor.district, [line.id for line in history_for(actor, caller_id, now)], now)
    texts = {one.line.id: one.text for one in found}
    matches = matches_among(actor.district, said, found, now)
    closed = [match.line.id for match in matches if match.line.state in CLOSED_STATES]
    replies = public_replies(actor.district, closed)
    known = frequencies().shares
    typed = wording(said.text, known)
    return [
        Again(match, new_facts(typed, wording(texts[match.line.id], known)), replies.get(match.line.id, ""))
        for match in matches
    ]
