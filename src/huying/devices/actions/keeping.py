"""Messages of many devices kept in one transaction: readings, rules, alarms. What is wrong hinders no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.devices.actions.alarming import raise_alarm
from huying.devices.actions.judging import judge
from huying.devices.actions.silence import hear_again
from huying.devices.actions.storing import Fresh, Heard, Key, bounded, known, store
from huying.devices.models import Device, Misread
from huying.devices.policy import spoken_for_by
from huying.devices.rules.messages import ALARM, Message, Unread, read
from huying.kernel.errors import Denied

#: Of one batch no more is written down: a peer that speaks nonsense must not fill the house.
_LOGGED: Final = 50
#: And of all batches of a minute.
_A_MINUTE: Final = 600
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """A message as it came in. ``device``: the only one that may speak by this way, "": any. ``door``: mqtt, http …

    ``came``: when, None for now. ``retained``: it may be an old one said again.
    """

    raw: object
    device: str = ""
    door: str = "http"
    came: datetime | None = None
    retained: bool = False

    def read(self, now: datetime) -> Message | Unread:
        """What it says."""
        return read(self.raw, now, self.device, self.came, retained=self.retained)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it. ``why``: not understood; ``fresh``: readings that were new; ``emergency_id``: the card.

    With ``Unread.FACTORS`` only what was beyond the bound is not kept.
    """

    device: str
    why: Unread | None = None
    fresh: int = 0
    emergency_id: int | None = None


@dataclass(slots=True)
class _Budget:
    """How much a process still writes down within the minute: nonsense without end is not worth a disk."""

    minute: int = 0
    spent: int = 0

    def left(self, now: datetime) -> int:
        minute = int(now.timestamp() // 60)
        if minute != self.minute:
            self.minute, self.spent = minute, 0
        return max(0, _A_MINUTE - self.spent)

    def spend(self, count: int) -> None:
        self.spent += count


_budget: Final = _Budget()


@transaction.atomic
def keep(by: Actor, batch: Sequence[Given], now: datetime) -> list[Kept]:
    """Keep all that can be kept; one answer for each message, in their order. The same message again is kept once.

    Raises Denied for who pushes for no device at all.
    """
    if not by.may(Permission.DEVICE_PUSH):
        raise Denied
    told = [one.read(now) for one in batch]
    devices = _locked(by, {one.device for one in told if isinstance(one, Message)})
    heard: dict[int, Heard] = {}
    why: dict[int, Unread] = {}
    for number, one in enumerate(told):
        found = _who(one, devices, batch[number].door)
        if isinstance(found, Heard):
            heard[number] = found
        else:
            why[number] = found
    before = known(by.district, heard.values())
    bound = bounded(heard, before)
    why |= {
        number: Unread.FACTORS for number, one in heard.items() if bound[number].message is not one.message
    }
    fresh, cards = _kept(by.district, bound, before, now)
    write_down(by.district, batch, why, now, told)
    return [_answer(number, told, why, heard, fresh, cards) for number in range(len(batch))]


def _who(one: Message | Unread, devices: Mapping[str, Device], door: str) -> Heard | Unread:
    if isinstance(one, Unread):
        return one
    device = devices.get(one.device)
    if device is None:
        return Unread.UNKNOWN
    return Unread.RETIRED if device.retired_at is not None else Heard(device, one, door[:8])


def _locked(by: Actor, codes: set[str]) -> dict[str, Device]:
    """The devices by code, locked in one order: of one device nothing is judged by two at once."""
    if not codes:
        return {}
    rows = Device.objects.select_for_update(no_key=True).filter(spoken_for_by(by), code__in=codes)
    return {row.code: row for row in rows.order_by("id")}


def _kept(
    district: int, heard: Mapping[int, Heard], before: Mapping[Key, datetime], now: datetime
) -> tuple[dict[tuple[int, datetime], int], dict[int, int]]:
    """How many readings of each device and moment were new, and the card of each message that was an alarm."""
    if not heard:
        return {}, {}
    devices = {one.device.id: one.device for one in heard.values()}
    fresh = store(district, list(heard.values()), now)
    hear_again(district, [one for one in devices.values() if one.silent_at is not None], now)
    cards = _alarms(heard, fresh, now)
    judge(district, devices, [one for one in fresh if not one.factor.startswith(ALARM)], before, now)
    counted: dict[tuple[int, datetime], int] = {}
    for one in fresh:
        counted[(one.device_id, one.at)] = counted.get((one.device_id, one.at), 0) + 1
    return counted, cards


def _alarms(heard: Mapping[int, Heard], fresh: Sequence[Fresh], now: datetime) -> dict[int, int]:
    new = {(one.device_id, one.at, one.factor) for one in fresh if one.factor.startswith(ALARM)}
    cards = {}
    for number, one in heard.items():
        key = (one.device.id, one.message.at, f"{ALARM}{one.message.alarm}")
        if key in new:
            # The same alarm twice in one batch is one.
            new.discard(key)
            cards[number] = raise_alarm(one, now).id
    return cards


def write_down(
    district: int,
    batch: Sequence[Given],
    why: Mapping[int, Unread],
    now: datetime,
    told: Sequence[Message | Unread] = (),
) -> None:
    """Keep the messages that were not understood, by their number in the batch, for a person to look at."""
    rows = []
    for number, reason in list(why.items())[: min(_LOGGED, _budget.left(now))]:
        one = batch[number]
        code = _code(one, told[number] if told else reason)
        rows.append(
            Misread(
                district=district, at=now, door=one.door[:10], device=code, why=reason.value, payload=_payload(one.raw)
            )
        )  # fmt: skip
    if rows:
        _budget.spend(len(rows))
        Misread.objects.bulk_create(rows)


def _code(given: Given, one: Message | Unread) -> str:
    return (one.device if isinstance(one, Message) else given.device).replace("\0", "")[:40]


def _payload(raw: object) -> str:
    text = raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:_LONGEST]


def _answer(
    number: int,
    told: Sequence[Message | Unread],
    why: Mapping[int, Unread],
    heard: Mapping[int, Heard],
    fresh: Mapping[tuple[int, datetime], int],
    cards: Mapping[int, int],
) -> Kept:
    one = told[number]
    code = one.device if isinstance(one, Message) else ""
    if number not in heard:
        return Kept(code, why[number])
    spoke = heard[number]
    return Kept(code, why.get(number), fresh.get((spoke.device.id, spoke.message.at), 0), cards.get(number))
