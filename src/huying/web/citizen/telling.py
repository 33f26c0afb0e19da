"""The track of a receipt put into what its holder reads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.cases.clocks import lamp, warn_at
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, State, Verb
from huying.cases.queries.track import Track, TrackCase
from huying.cases.queries.track_promises import TrackPromise
from huying.kernel.errors import NotFound
from huying.kernel.numbers import shown
from huying.people.queries import callers_masked
from huying.web.citizen import words
from huying.web.citizen.matters import Matter, Part, Promised
from huying.web.components import Chip, Lamp, Photo, Tone, left_words
from huying.web.present.promises import STATES, due_words

_TAIL: Final = 4
_RESULTS: Final = frozenset({Verb.CHECK, Verb.ANSWER})


def state_chip(state: State) -> Chip:
    """The state in its word; nothing here is a warning."""
    return Chip(_(state.zh), Tone.DONE if state in CLOSED_STATES else Tone.ACCENT, state.value)


def matter(track: Track, now: datetime) -> Matter:
    """Everything the holder of the receipt sees. A case that was merged away is left out for the one it joined.

    Raises NotFound for an appeal that no case answers.
    """
    cases = [case for case in track.cases if case.state is not State.MERGED] or list(track.cases)
    if not cases:
        raise NotFound
    first = next((case for case in cases if case.state not in CLOSED_STATES), cases[0])
    promised = words.promise(first)
    tail = phone_tail(track)
    return Matter(
        receipt=track.receipt,
        shown=shown(track.receipt),
        text=track.text,
        headline=words.headline(first),
        with_whom=first.body or _("指挥中心"),
        stage=words.headline(first),
        received_at=track.received_at,
        place=track.place_text,
        promised_at=promised[0] if promised else None,
        promise=promised[1] if promised else "",
        guarded=tail is not None,
        phone_tail=tail or "",
        photos=_photos(track.receipt, [photo.id for photo in track.photos], _("您传的照片 %(n)d")),
        parts=[_part(track, case, now) for case in cases],
        # What was done cannot be left undone: its caller is asked whether it is solved, and nothing else.
        can_withdraw=any(case.may_withdraw and not case.may_rate for case in cases),
        version=".".join(f"{case.case_id}-{case.version}" for case in cases),
    )


def _part(track: Track, case: TrackCase, now: datetime) -> Part:
    rated = _rated(case)
    return Part(
        number=case.number,
        title=case.title,
        state=state_chip(case.state),
        body=case.body,
        lamp=words.lamp(case, now),
        steps=words.steps(case),
        reply=case.reply,
        photos=_photos(track.receipt, [photo.id for photo in case.photos], _("处置后照片 %(n)d")),
        may_rate=case.may_rate and not rated,
        rated=_told(case) if case.may_rate else "",
        promises=[_promised(one, now) for one in case.promises],
    )


def _promised(one: TrackPromise, at: datetime) -> Promised:
    """A promise as its caller reads it."""
    drawn = None
    if one.state == "open":
        stands = lamp(at, warn_at(one.made_at, one.until), one.until)
        drawn = Lamp(words.TONES[stands], _(ClockKind.PROMISE.zh), one.until, left_words(one.until, at))
    due = due_words(one.season, one.until)
    return Promised(
        one.id, one.words, f"{due} · {one.proviso}" if one.proviso else due, one.body,
        Chip(_(one.state.zh), STATES[one.state], one.state.value), drawn, one.may_deny,
    )  # fmt: skip


def _rated(case: TrackCase) -> bool:
    """Whether the caller has judged the present result themselves: what was redone since is judged anew."""
    return case.rating is not None and case.rating.account_id is None and _is_of_now(case)


def _told(case: TrackCase) -> str:
    """What stands in the records as the caller's say on the present result; "" where nothing does."""
    rating = case.rating
    if rating is None or not rating.reached or not _is_of_now(case):
        return ""
    if rating.account_id is None:
        return _("您已评价，谢谢。")
    said = _("已解决") if rating.solved else _("没解决")
    return _("回访时记下的是“%(said)s”。和您说的不一样，请在这里改。") % {"said": said}


def _is_of_now(case: TrackCase) -> bool:
    last = max((step.seq for step in case.steps if step.verb in _RESULTS), default=0)
    return case.rating is not None and case.rating.seq > last


def phone_tail(track: Track) -> str | None:
    """The last digits of the phone as far as they may be shown; None when no phone was given.

    "" also where it was erased: what the phone guarded does not become everybody's.
    """
    if track.caller_id is None:
        return None
    caller = callers_masked(track.district, [track.caller_id]).get(track.caller_id)
    if caller is None or not (caller.has_phone or caller.erased):
        return None
    end = caller.phone[-_TAIL:]
    return end if end.isdigit() else ""


def _photos(receipt: str, ids: Sequence[int], alt: str) -> list[Photo]:
    return [
        Photo(reverse("citizen:photo", args=[receipt, photo]), alt % {"n": number})
        for number, photo in enumerate(ids, 1)
    ]
