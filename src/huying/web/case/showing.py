"""A case put into what its page draws: lamps, chips, the track of what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.cases.clocks import Lamp as Stands
from huying.cases.lifecycle import CLOSED_STATES, FACTS, ClockKind, State, Verb
from huying.cases.queries.lists.queue import CaseLine
from huying.cases.queries.page import CaseView, ClockView, EntryView
from huying.catalogue.rules.lines import ItemLine
from huying.web.case import words
from huying.web.components import Chip, Lamp, Photo, Tone, TrackStep, left_words
from huying.web.reasons import reason
from huying.web.remembering import per_language

TONES: Final[Mapping[Stands, Tone]] = {
    Stands.GREEN: Tone.GREEN,
    Stands.YELLOW: Tone.AMBER,
    Stands.RED: Tone.RED,
}
# The rest of what the chain keeps is for machines, or stands elsewhere on the page.
_SAID: Final = (
    "item", "condition", "kind", "reached", "solved", "satisfaction", "way", "reach", "ground", "stars", "metres",
    "basis",
)  # fmt: skip

# Texts whose names already say that the caller reads them.
_SAYS_SO: Final = frozenset({"reply", "progress"})


@per_language
def state_chip(state: State) -> Chip:
    """The state in its word; nothing here is a warning."""
    return Chip(_(state.zh), Tone.DONE if state in CLOSED_STATES else Tone.ACCENT, state.value)


@per_language
def urgency_chip(urgency: int) -> Chip | None:
    """How dangerous the matter is, said only when it is."""
    if urgency >= 3:
        return Chip(_("紧急"), Tone.RED, "3")
    return Chip(_("优先"), Tone.AMBER, "2") if urgency == 2 else None


@per_language
def _clock_word(kind: ClockKind) -> str:
    return _(kind.zh)


def line_lamp(line: CaseLine, now: datetime) -> Lamp | None:
    """The clock of a list's line: the one that is due first."""
    if line.due_kind is None or line.due_at is None or line.lamp is Stands.STILL:
        return None
    return Lamp(TONES[line.lamp], _clock_word(line.due_kind), line.due_at, left_words(line.due_at, now))


def clock_lamp(clock: ClockView, now: datetime) -> Lamp:
    """One clock of the page with its reasons, line by line."""
    name = _clock_word(clock.kind)
    kind = f"{clock.body_name} {name}" if clock.body_name else name
    if clock.paused:
        return Lamp(Tone.PAUSED, kind, None, _("暂停计时"), list(clock.why))
    if clock.stopped_at is not None:
        late = clock.stopped_at > clock.due_at
        left = _("已停表，超时完成") if late else _("按时完成")
        return Lamp(Tone.DONE, kind, clock.due_at, left, list(clock.why))
    return Lamp(
        TONES.get(clock.lamp, Tone.PLAIN), kind, clock.due_at, left_words(clock.due_at, now), list(clock.why)
    )


def clocks(case: CaseView, now: datetime) -> tuple[list[Lamp], list[Lamp]]:
    """(running, soonest due first; stopped, in the order they started)."""
    running = sorted(
        (clock for clock in case.clocks if clock.stopped_at is None),
        key=lambda clock: (clock.paused, clock.due_at),
    )
    stopped = [clock for clock in case.clocks if clock.stopped_at is not None]
    return [clock_lamp(clock, now) for clock in running], [clock_lamp(clock, now) for clock in stopped]


def photo(number: str, photo_id: int, alt: str) -> Photo:
    """A photo of the case by its guarded address."""
    return Photo(reverse("case:photo", args=[number, photo_id]), alt)


def before_and_after(case: CaseView) -> tuple[list[Photo], list[Photo]]:
    """(what callers sent and what the body found, what was done), to be seen side by side."""
    number = case.line.number
    before = [file for file in case.photos if file.stage == "before"]
    after = [file for file in case.photos if file.stage == "after"]
    return (
        [photo(number, file.id, _("处置前照片 %(n)d") % {"n": n}) for n, file in enumerate(before, 1)],
        [photo(number, file.id, _("处置后照片 %(n)d") % {"n": n}) for n, file in enumerate(after, 1)],
    )


def happened(case: CaseView, names: "Names", since: int = 0) -> list[TrackStep]:
    """The entries after number ``since``, newest first; the newest of an open case is marked."""
    told = [entry for entry in reversed(case.entries) if entry.seq > since]
    steps = []
    for warned, run in groupby(told, key=lambda entry: entry.verb is Verb.WARN):
        if warned:
            steps.append(_warnings(list(run)))
        else:
            steps += [_step(entry, case.line.number, names) for entry in run]
    if steps and case.line.state not in CLOSED_STATES and not since:
        first = steps[0]
        steps[0] = TrackStep(
            first.at, first.title, first.text, first.by, lines=first.lines, photos=first.photos, current=True
        )
    return steps


class Names:
    """What codes and numbers in the chain's facts are called."""

    def __init__(self, items: Mapping[str, ItemLine], bodies: Mapping[int, str]) -> None:
        self._items, self._bodies = items, bodies

    def item(self, code: str) -> str:
        line = self._items.get(code)
        return line.name if line else code

    def condition(self, code: str, number: str) -> str:
        line = self._items.get(code)
        found = line.condition(int(number)) if line and number.isdecimal() and len(number) < 9 else None
        return found.text if found else number

    def body(self, number: int) -> str:
        return self._bodies.get(number, str(number))


def _step(entry: EntryView, number: str, names: Names) -> TrackStep:
    texts = [
        (_("%(name)s（公开）") % {"name": _(label)} if public and name not in _SAYS_SO else _(label), text)
        for name, label, public, text in entry.texts
    ]
    who = " ".join(part for part in (entry.body_name, by_whom(entry)) if part)
    photos = [
        photo(number, file.id, _("照片 %(n)d") % {"n": n}) for n, file in enumerate(entry.attachments, 1)
    ]
    lines = [*_facts(entry.said, names, entry.verb), *texts]
    return TrackStep(
        entry.at, words.button_words(entry.verb, entry.outcome), by=who, lines=lines, photos=photos
    )


def _warnings(run: Sequence[EntryView]) -> TrackStep:
    """Warnings one after the other, in one: how many, and of which clocks."""
    newest = run[0]
    kinds = dict.fromkeys(
        ClockKind(entry.said["clock"]) for entry in reversed(run) if entry.said.get("clock")
    )
    bodies = dict.fromkeys(entry.body_name for entry in run if entry.body_name)
    title = _("预警 %(n)d 次") % {"n": len(run)} if len(run) > 1 else words.button_words(newest.verb, None)
    lines = [(_("时限"), "、".join(_(kind.zh) for kind in kinds))] if kinds else []
    return TrackStep(newest.at, title, by=" ".join((*bodies, by_whom(newest))), lines=lines)


def by_whom(entry: EntryView) -> str:
    """Who took a step; what no person took is said to be so."""
    return _not_a_person(entry.actor_kind) or entry.actor_name


@per_language
def _not_a_person(actor_kind: str) -> str:
    known = {"system": _("系统自动"), "resident": _("诉求人"), "key": _("外部系统")}
    return known.get(actor_kind, "")


def _facts(said: Mapping[str, Any], names: Names, verb: Verb) -> Sequence[tuple[str, str]]:
    lines = [
        (_(FACTS[name].zh if name in FACTS else "距现场（米）"), _value(name, said, names))
        for name in _SAID
        if said.get(name) not in (None, "")
    ]
    if isinstance(said.get("body"), int):
        lines.append((words.fact_name("body", verb), names.body(said["body"])))
    if said.get("assists"):
        lines.append((_(FACTS["assists"].zh), "、".join(names.body(each) for each in said["assists"])))
    if said.get("called"):
        lines.append((_(FACTS["called"].zh), "、".join(names.body(each) for each in said["called"])))
    if said.get("reasons"):
        lines.append((_(FACTS["reasons"].zh), "；".join(reason(str(each)) for each in said["reasons"])))
    return lines


def _value(name: str, said: Mapping[str, Any], names: Names) -> str:
    if name == "item":
        return names.item(str(said[name]))
    if name == "condition":
        code = said.get("item") or (said.get("case") or {}).get("item") or ""
        return names.condition(str(code), str(said[name]))
    return words.value_words(name, said[name])
