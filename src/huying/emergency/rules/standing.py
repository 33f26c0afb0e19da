"""What comes next for an open card: the next ring, the next level of duty, or waiting. One table for alarm, answers
and worker."""

from dataclasses import dataclass

from huying.kernel.terms import Term


class Next(Term):
    """What is to be done now."""

    NOTHING = "nothing", "不用动"
    WAIT = "wait", "等答复"
    RING = "ring", "下一圈"
    HAND = "hand", "转值班员"


@dataclass(frozen=True, slots=True)
class Standing:
    """``ring``: rings alerted so far, of ``rings``. ``pending``: alerted and silent. ``hand``: levels of duty told so
    far, of ``levels``. ``due``: the time of waiting is over."""

    ring: int
    rings: int
    accepted: int
    enough: int
    pending: int
    hand: int
    levels: int
    taken: bool
    over: bool
    due: bool


def next_of(now: Standing) -> Next:
    """Enough is enough; who is waited for is waited for until the time is over; after the last ring a person decides."""
    if now.over or now.accepted >= now.enough:
        return Next.NOTHING
    if now.ring < now.rings:
        return Next.RING if now.due or not now.pending else Next.WAIT
    if now.taken or now.hand >= now.levels:
        return Next.NOTHING
    if now.hand == 0 and now.pending and not now.due:
        return Next.WAIT
    return Next.HAND if now.due or now.hand == 0 else Next.WAIT
