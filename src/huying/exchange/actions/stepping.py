"""What a letter about a known order does: each kind is one function, each of them a step of the table."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from huying.cases.actions import advance
from huying.cases.lifecycle import CLOSED_STATES, Outcome, State, Verb
from huying.cases.queries.exchanged import Answering
from huying.exchange.models import Incoming, Linked
from huying.exchange.models.sealing import open_json
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import InKind
from huying.exchange.rules.mapping import IN_FIELDS
from huying.exchange.rules.reading import Reading, read, with_changes
from huying.kernel.errors import Conflict, Denied, IllegalStep, Invalid
from huying.kernel.saying import said

_PERSONAL: Final = ("name", "phone")
_WORTH_TELLING: Final = ("text", "place", "kind", "item", "area", "lon", "lat", *_PERSONAL)


class NotYet(Conflict):
    """现在的状态下还不能这样做。"""

    code = "not_yet"


def step(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """Do what the letter asks. Raises NotYet where it may be possible later, HuyingError where a person must look."""
    assert reading.kind is not None
    try:
        _STEPS[reading.kind](peer, row, reading, link, case, now)
    except Denied as error:
        raise Invalid(said("对接系统没有这项权限：%(why)s", why=error.message)) from error
    except IllegalStep as error:
        raise NotYet(error.message) from error


def _taken(
    peer: OpenPeer, case: Answering, verb: Verb, now: datetime, outcome: Outcome | None = None, **facts: Any
) -> None:
    # The letter is settled in the same transaction: no key is needed to take the step once.
    advance((peer.district, case.case_id), verb, by=peer.actor, now=now, outcome=outcome, **facts)


def _changed(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """An order that came again with other words: a note for who handles it, never a second case."""
    before = _before(peer, link)
    names = [name for name in _WORTH_TELLING if reading.values.get(name, "") != before.get(name, "")]
    if names and State(case.state) in CLOSED_STATES:
        raise Invalid(said("已结案的单又改了：%(what)s", what=_named(names)))
    if names:
        # Who the caller is stays in the letter, where every look is written down.
        lines = [
            f"{IN_FIELDS[name]}：{reading.values.get(name, '')}" for name in names if name not in _PERSONAL
        ]
        note = "\n".join([f"{peer.name}更改了来单 {reading.number}：{_named(names)}。", *lines])
        _taken(peer, case, Verb.NOTE, now, note=note[:4000])
    Linked.objects.filter(pk=link.pk).update(incoming_id=row.id)
    link.incoming_id = row.id


def _before(peer: OpenPeer, link: Linked) -> Mapping[str, str]:
    row = Incoming.objects.filter(district=peer.district, id=link.incoming_id or 0).first()
    if row is None or row.content_sealed is None:
        return {}
    content = open_json(row.district, "incoming", row.content_sealed)
    return read(peer.map, with_changes(content, open_json(row.district, "mended", row.mended_sealed))).values


def _named(names: list[str]) -> str:
    return "、".join(IN_FIELDS[name] for name in names)


def _withdrawn(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    if State(case.state) is State.WITHDRAWN:
        return
    if State(case.state) in CLOSED_STATES:
        raise Invalid("已经办完的单要求撤回。")
    _taken(peer, case, Verb.WITHDRAW, now, appeal=link.appeal_id, reason=reading.values.get("reason", ""))


def _reminded(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    if State(case.state) is State.WITHDRAWN:
        # Sent before it was withdrawn, and overtaken on the way.
        return
    if State(case.state) in CLOSED_STATES:
        raise Invalid("已经办完的单又催办。")
    _taken(peer, case, Verb.REMIND, now, words=reading.values.get("reason", ""))


def _redone(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """Back to work from wherever it stands; while it is still worked on, what they say reaches who works."""
    reason = reading.values.get("reason") or f"{peer.name}退回重办"
    state = State(case.state)
    if state in {State.CLOSED, State.REJECTED}:
        _taken(peer, case, Verb.REOPEN, now, reason=reason)
    elif state is State.CHECKED:
        _unsolved(peer, link, case, now, reading.values.get("satisfaction", "unsatisfied"), reason)
    elif state in CLOSED_STATES:
        raise Invalid(said("%(state)s的单要求重办。", state=state.zh))
    else:
        _taken(peer, case, Verb.REMIND, now, words=reason)


def _evaluated(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """What the caller told the other side's call-back."""
    result, satisfaction = reading.values["result"], reading.values.get("satisfaction", "")
    state, reason = State(case.state), reading.values.get("reason", "")
    if state not in {State.CHECKED, State.CLOSED}:
        raise NotYet(said("现在是%(state)s，还不能记回访。", state=state.zh))
    if result == "unreached":
        _taken(
            peer, case, Verb.FOLLOW_UP, now, Outcome.UNREACHED, appeal=link.appeal_id,
            unreached_reason="no_answer", note=reason,
        )  # fmt: skip
        return
    if not satisfaction:
        raise Invalid("回访评价缺满意度。")
    if result == "solved":
        _taken(
            peer, case, Verb.FOLLOW_UP, now, Outcome.SOLVED, appeal=link.appeal_id, satisfaction=satisfaction,
            note=reason,
        )  # fmt: skip
    elif state is State.CHECKED:
        _unsolved(peer, link, case, now, satisfaction, reason or f"{peer.name}回访：未解决")
    else:
        _taken(
            peer, case, Verb.RATE, now, Outcome.UNSOLVED, appeal=link.appeal_id, satisfaction=satisfaction,
            words=reason,
        )  # fmt: skip


def _unsolved(
    peer: OpenPeer, link: Linked, case: Answering, now: datetime, satisfaction: str, reason: str
) -> None:
    _taken(
        peer, case, Verb.FOLLOW_UP, now, Outcome.UNSOLVED, appeal=link.appeal_id, satisfaction=satisfaction,
        reason=reason,
    )  # fmt: skip


def _noted(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """What they did or heard, for who handles it: an internal record, never a public word."""
    words = reading.values.get("text") or reading.values.get("reason", "")
    if not words:
        return
    if State(case.state) in CLOSED_STATES:
        raise Invalid("已结案的单对方又有进展。")
    _taken(peer, case, Verb.NOTE, now, note=f"{peer.name}：{words}"[:4000])


def _done(
    peer: OpenPeer, row: Incoming, reading: Reading, link: Linked, case: Answering, now: datetime
) -> None:
    """They say it is done. Where they lead the case it is their report, which is checked like anybody's; else a person
    looks. What is reported or over already needs no more."""
    state, words = State(case.state), reading.values.get("text") or reading.values.get("reason", "")
    if state in CLOSED_STATES or state in {State.REPORTED, State.CHECKED}:
        return
    if state is State.DISPATCHED:
        _taken(peer, case, Verb.SIGN, now)
    elif state is not State.HANDLING:
        raise Invalid(said("%(peer)s说已办结，我方现在是%(state)s。", peer=peer.name, state=state.zh))
    if not words:
        raise Invalid(said("%(peer)s说已办结，没有写办理结果。", peer=peer.name))
    _taken(peer, case, Verb.REPORT, now, result=words[:4000], reply=words[:4000], solved=True)


_Step = Callable[[OpenPeer, Incoming, Reading, Linked, Answering, datetime], None]
_STEPS: Final[Mapping[InKind, _Step]] = {
    InKind.ORDER: _changed,
    InKind.WITHDRAW: _withdrawn,
    InKind.REMIND: _reminded,
    InKind.REDO: _redone,
    InKind.EVALUATION: _evaluated,
    InKind.NOTE: _noted,
    InKind.DONE: _done,
}
