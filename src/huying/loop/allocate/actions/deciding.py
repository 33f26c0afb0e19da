"""秒派: the first decision on a new matter, taken at once where it is sure, left to a person where it is not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from huying.access.actor import ActorKind, system
from huying.cases.actions import Move, advance_many
from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.queries.described import Described, described
from huying.catalogue.queries import condition_for_text
from huying.catalogue.rules import AppealKind
from huying.kernel.errors import IllegalStep
from huying.loop.allocate.queries import Asked, suggest_bodies, suggest_items, thresholds
from huying.loop.allocate.rules.weighing import Suggestion, is_sure
from huying.loop.allocate.rules.words.appeal_kinds import guess_kind
from huying.places.queries import locate_texts

_PLACE_SURE: Final = 0.6
_DISTRICT_DIGITS: Final = 6
_LOOKS: Final = 4
# A question is best answered on the spot by a person; thanks need no order.
_NOT_DISPATCHED: Final = frozenset({AppealKind.INQUIRY, AppealKind.THANKS})
_NAME: Final = "自动分拨"


def decide_new(district: int, entries: Sequence[Link], now: datetime) -> None:
    """A reaction to the ledger: allocate whatever has come in, or has come back to the centre."""
    allocate(district, sorted({entry.case_id for entry in entries if _is_to_decide(entry)}), now)


def _is_to_decide(entry: Link) -> bool:
    # What the platform filed by itself it would have dispatched in the same step, had it been sure.
    own = entry.verb == Verb.FILE and entry.actor_kind == ActorKind.SYSTEM
    return entry.verb == Verb.RECEIVE or (entry.after == "filed" and not own)


def allocate(district: int, case_ids: Sequence[int], now: datetime) -> None:
    """File and dispatch what is sure. Twice is harmless: a case that has moved on is left alone."""
    for left in reversed(range(_LOOKS)):
        try:
            advance_many(_moves(district, case_ids, now), now)
            return
        except IllegalStep:
            # Somebody moved one of them between our look and the lock: nothing was written, look again.
            if not left:
                raise


def _moves(district: int, case_ids: Sequence[int], now: datetime) -> list[Move]:
    found = described(district, case_ids).values()
    moves = _filings(district, [case for case in found if case.state == "received"])
    filed = {move.case[1]: move.facts for move in moves if move.verb is Verb.FILE}
    ready = [case for case in found if case.state == "filed" or case.case_id in filed]
    asked = [_asked(case, filed.get(case.case_id, {})) for case in ready]
    chosen = thresholds(district)
    for case, question, suggestions in zip(ready, asked, suggest_bodies(district, asked, now), strict=True):
        if question.kind not in _NOT_DISPATCHED and is_sure(suggestions, chosen):
            moves.append(_dispatch(district, case, suggestions[0]))
    return moves


def _filings(district: int, cases: Sequence[Described]) -> list[Move]:
    if not cases:
        return []
    sure = thresholds(district).item_above
    guesses = suggest_items(district, [case.text for case in cases], limit=1, words=False)
    areas = _areas(district, cases)
    moves = []
    for case, guess in zip(cases, guesses, strict=True):
        item = case.item or (guess[0].code if guess and guess[0].probability >= sure else "")
        if not item:
            moves += _placed(district, case, areas)
            continue
        facts: dict[str, Any] = {"item": item}
        condition = condition_for_text(district, item, case.text)
        if condition is not None:
            facts["condition"] = str(condition)
        if case.case_id in areas:
            facts["area"] = areas[case.case_id]
        if case.kind in {"", AppealKind.OTHER}:
            facts["kind"] = guess_kind(case.text).value
        ref = (district, case.case_id)
        moves.append(Move(case=ref, verb=Verb.FILE, by=system(district, _NAME), facts=facts))
    return moves


def _placed(district: int, case: Described, areas: Mapping[int, str]) -> list[Move]:
    """What is not clear waits for a person where it happened, not only at the district's centre."""
    if case.case_id not in areas:
        return []
    facts = {"area": areas[case.case_id]}
    return [Move(case=(district, case.case_id), verb=Verb.CORRECT, by=system(district, _NAME), facts=facts)]


def _areas(district: int, cases: Sequence[Described]) -> Mapping[int, str]:
    """The area that a caller's words tell, for cases that came without a point on the map."""
    vague = [case for case in cases if len(case.area) <= _DISTRICT_DIGITS]
    read = locate_texts(district, [f"{case.place_text} {case.text}" for case in vague]) if vague else []
    return {
        case.case_id: guesses[0].area
        for case, guesses in zip(vague, read, strict=True)
        if guesses and guesses[0].confidence >= _PLACE_SURE and guesses[0].area
    }


def _asked(case: Described, facts: Mapping[str, Any]) -> Asked:
    return Asked(
        item=facts.get("item", case.item),
        area=facts.get("area", case.area),
        kind=facts.get("kind", case.kind),
        channel=case.channel,
        at=case.opened_at,
        condition=int(facts["condition"]) if facts.get("condition") else case.condition,
    )


def _dispatch(district: int, case: Described, best: Suggestion) -> Move:
    facts = {"body": best.body_id, "reasons": list(best.reasons), "source": best.source.value}
    return Move(case=(district, case.case_id), verb=Verb.DISPATCH, by=system(district, _NAME), facts=facts)
