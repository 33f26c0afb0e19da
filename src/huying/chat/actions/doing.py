"""The deeds a conversation asks for, each answered in words; what it changes is where the conversation stands then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.chat.actions import matters
from huying.chat.actions.binding import bind_staff
from huying.chat.actions.doors import Doors
from huying.chat.actions.stopping import resume, stop
from huying.chat.models import Person
from huying.chat.queries.reaching import reach_of
from huying.chat.queries.stopping import stopped_before
from huying.chat.rules.conversation import Deed, Do, Talk, says
from huying.kernel.errors import HuyingError, Unavailable
from huying.people.actions import ensure_callers

_CALLED: Final = "已请工作人员来看，上班时间会在这里答复您。急事请打 12345。"
_WRONG_CODE: Final = "验证码不对，或已过期。请再发一次；回复“绑定”可以重新要一个。"
_BOUND: Final = "绑定好了。回复“进度”看这个号码反映过的事；回复“解绑”可以解除。"
_UNBOUND: Final = "已解除绑定，这里不再显示那个号码的事。"
_NOT_BOUND: Final = "现在没有绑定手机号。"
_STAFF_BOUND: Final = "已绑定工作账号 {name}。通知设置里选了“企业微信/钉钉”的，会发到这里。"


@dataclass(frozen=True, slots=True)
class Doing:
    """One deed at hand."""

    person: Person
    deed: Deed
    talk: Talk
    now: datetime
    doors: Doors | None


def do(person: Person, deed: Deed, talk: Talk, now: datetime, doors: Doors | None) -> tuple[str, Talk]:
    """Do it; what is answered, and where the conversation stands then. Raises HuyingError; then nothing was done."""
    return _DEEDS[deed.do](Doing(person, deed, talk, now, doors))


def _file(at: Doing) -> tuple[str, Talk]:
    spoken = at.deed.talk or Talk()
    return matters.file(at.person, spoken, at.now), at.talk


def _add(at: Doing) -> tuple[str, Talk]:
    spoken = at.deed.talk or Talk()
    answer, taken = matters.add(at.person, at.deed.number, spoken, at.now)
    return (answer, at.talk) if taken else (answer, matters.as_new(spoken))


def _progress(at: Doing) -> tuple[str, Talk]:
    return matters.progress(at.person, at.deed.number, at.now), at.talk


def _rate(at: Doing) -> tuple[str, Talk]:
    return matters.rate(at.person, at.deed.number, at.deed.text, at.now, solved=at.deed.solved), at.talk


def _remind(at: Doing) -> tuple[str, Talk]:
    return matters.remind(at.person, at.deed.number, at.now), at.talk


def _call(at: Doing) -> tuple[str, Talk]:
    _want(at.person, at.now, danger=False)
    return _CALLED, at.talk


def _danger(at: Doing) -> tuple[str, Talk]:
    _want(at.person, at.now, danger=True)
    return "", at.talk


def _want(person: Person, now: datetime, *, danger: bool) -> None:
    person.wants_at = person.wants_at or now
    if danger and not person.wants_danger:
        # Told once more, though somebody was asked for before.
        person.wants_danger, person.wants_told_at, person.wants_rung_at = True, None, None


def _ask_code(at: Doing) -> tuple[str, Talk]:
    if at.doors is None:
        raise Unavailable
    try:
        challenge = at.doors.send_code(at.deed.text, f"chat:{at.person.district}:{at.person.id}")
    except HuyingError as refused:
        return refused.message, Talk()
    return says.CODE, Talk(stage=at.talk.stage, phone=at.deed.text, challenge=challenge)


def _check_code(at: Doing) -> tuple[str, Talk]:
    if at.doors is None:
        raise Unavailable
    if not at.doors.check_code(at.talk.challenge, at.talk.phone, at.deed.text):
        return _WRONG_CODE, at.talk
    at.person.phone_caller_id = ensure_callers(at.person.district, [("", at.talk.phone)], at.now)[0]
    return _BOUND, Talk()


def _unbind(at: Doing) -> tuple[str, Talk]:
    if at.person.phone_caller_id is None:
        return _NOT_BOUND, at.talk
    at.person.phone_caller_id = None
    return _UNBOUND, at.talk


def _bind_staff(at: Doing) -> tuple[str, Talk]:
    name = bind_staff(at.person, at.deed.text, at.now)
    return _STAFF_BOUND.format(name=name), at.talk


def _stop(at: Doing) -> tuple[str, Talk]:
    return (says.STOPPED if stop(at.person, at.now) else ""), at.talk


def _resume(at: Doing) -> tuple[str, Talk]:
    if resume(at.person, at.now):
        return says.RESUMED, at.talk
    return ("" if stopped_before(at.person.district, reach_of(at.person).who) else says.NOT_STOPPED), at.talk


_DEEDS: Final[Mapping[Do, Callable[[Doing], tuple[str, Talk]]]] = {
    Do.FILE: _file,
    Do.ADD: _add,
    Do.PROGRESS: _progress,
    Do.RATE: _rate,
    Do.REMIND: _remind,
    Do.CALL: _call,
    Do.DANGER: _danger,
    Do.ASK_CODE: _ask_code,
    Do.CHECK_CODE: _check_code,
    Do.UNBIND: _unbind,
    Do.BIND_STAFF: _bind_staff,
    Do.STOP: _stop,
    Do.RESUME: _resume,
}
