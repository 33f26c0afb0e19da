"""A card in words: lines of its timeline, distances, spans of seconds, what is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.emergency.queries import AlertRow, CardWhole, MarkRow
from huying.emergency.rules.kinds import Answer, MarkKind, Source
from huying.web.components import Chip, Tone

_TONES = {
    MarkKind.OPENED: Tone.RED,
    MarkKind.AGAIN: Tone.RED,
    MarkKind.NOBODY: Tone.AMBER,
    MarkKind.HANDED: Tone.AMBER,
    MarkKind.LEFT: Tone.AMBER,
    MarkKind.ACCEPTED: Tone.GREEN,
    MarkKind.ENOUGH: Tone.GREEN,
    MarkKind.ARRIVED: Tone.GREEN,
}
# What a district begins with; its own names stand as it wrote them.
STARTER_NAMES = (
    gettext_noop("火情"), gettext_noop("急病"), gettext_noop("溺水"), gettext_noop("内涝"), gettext_noop("电梯困人"),
    gettext_noop("燃气泄漏"), gettext_noop("一键求助"), gettext_noop("其他险情"), gettext_noop("急救（AED）"),
    gettext_noop("灭火"), gettext_noop("水域救援"), gettext_noop("电梯解困"), gettext_noop("燃气处置"),
    gettext_noop("排涝"), gettext_noop("抢险机械"), gettext_noop("疏散引导"), gettext_noop("照护老人"),
    gettext_noop("心理安抚"), gettext_noop("手语"), gettext_noop("外语翻译"),
)  # fmt: skip
_ANSWERS = {
    Answer.ACCEPTED: Tone.GREEN,
    Answer.DECLINED: Tone.PLAIN,
    Answer.NOT_NEEDED: Tone.PLAIN,
    Answer.LEFT: Tone.AMBER,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline as it is read. ``after``: since the alarm, such as +1:05."""

    at: datetime
    after: str
    title: str
    tone: str
    said: str
    who: str
    photo: str
    sound: str


def line_of(card_id: int, mark: MarkRow) -> Line:
    """A mark in words."""
    address = reverse("emergency:file", args=[card_id, mark.id]) if mark.photo or mark.sound else ""
    told = [part for part in (_fact(mark), mark.words) if part]
    return Line(
        at=mark.at,
        after=clock_words(mark.after),
        title=_(mark.kind.zh),
        tone=_TONES.get(mark.kind, Tone.PLAIN).value,
        said="；".join(told),
        who=mark.who,
        photo=address if mark.photo else "",
        sound=address if mark.sound else "",
    )


def answer_chip(row: AlertRow, running: bool = True) -> Chip:
    """What somebody alerted said, or that they are there; of a card that is over, that they never answered."""
    if row.arrived_at is not None:
        return Chip(_("已到场"), Tone.GREEN)
    if row.answer is None:
        return Chip(_("等答复") if running else _("没有答复"), Tone.PLAIN)
    return Chip(_(row.answer.zh), _ANSWERS[row.answer])


def metres_words(metres: int) -> str:
    """320 米, 1.4 公里."""
    return _("%(n)d 米") % {"n": metres} if metres < 1000 else _("%(n).1f 公里") % {"n": metres / 1000}


def clock_words(seconds: int) -> str:
    """Since the alarm: +0:42, +1:05:09; below nought before it."""
    sign, rest = ("+" if seconds >= 0 else "−"), abs(seconds)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02}:{left:02}" if hours else f"{sign}{minutes}:{left:02}"


def seconds_words(seconds: int | None) -> str:
    """42 秒, 3 分 05 秒; "—" for none yet."""
    if seconds is None:
        return "—"
    minutes, left = divmod(seconds, 60)
    return _("%(m)d 分 %(s)02d 秒") % {"m": minutes, "s": left} if minutes else _("%(s)d 秒") % {"s": left}


def waits_for(card: CardWhole, now: datetime) -> str:
    """What the card waits for, in one sentence."""
    line = card.line
    if not line.open:
        return _("已解除：%(why)s") % {"why": line.over_words}
    if line.accepted >= line.enough:
        return _("人够了：%(n)d 人能去，%(there)d 人已到场。") % {"n": line.accepted, "there": line.arrived}
    missing = line.enough - line.accepted
    if card.next_at is not None and line.ring < len(card.plan.rings):
        left = max(0, round((card.next_at - now).total_seconds()))
        return _("还差 %(n)d 人，%(s)d 秒后扩大到第 %(ring)d 圈。") % {
            "n": missing, "s": left, "ring": line.ring + 1,
        }  # fmt: skip
    if line.taken_by:
        return _("还差 %(n)d 人，各圈都已告警，%(who)s在指挥。") % {"n": missing, "who": line.taken_by}
    if line.handed:
        return _("还差 %(n)d 人，已转值班员，等人接手。") % {"n": missing}
    return _("还差 %(n)d 人，各圈都已告警。") % {"n": missing}


def sources() -> Sequence[tuple[str, str]]:
    """By which button or device, as choices."""
    return [(one.value, _(one.zh)) for one in Source]


def _fact(mark: MarkRow) -> str:
    told = _SAID.get(mark.kind)
    return told(mark.facts) if told else ""


def _opened(facts: dict[str, Any]) -> str:
    source = _(Source(facts["source"]).zh)
    if "dropped" in facts:
        return _("%(source)s；给的位置不在本区或不对（%(given)s），没有采用") % {
            "source": source, "given": facts["dropped"],
        }  # fmt: skip
    return source


def _rang(facts: dict[str, Any]) -> str:
    return _("第 %(ring)d 圈，%(reach)s内最近的 %(n)d 人，最近 %(near)s") % {
        "ring": facts["ring"],
        "reach": metres_words(facts["metres"]),
        "n": facts["people"],
        "near": metres_words(facts["nearest"]),
    }


def _nobody(facts: dict[str, Any]) -> str:
    match facts.get("why"):
        case "place":
            return _("位置不明，无法按距离告警")
        case "duty":
            return _("没有排值班，也没有可以指挥的岗位，请直接打 110、119、120")
        case _:
            return _("第 %(ring)d 圈，%(reach)s内没有可以告警的人") % {
                "ring": facts["ring"], "reach": metres_words(facts["metres"]),
            }  # fmt: skip


def _handed(facts: dict[str, Any]) -> str:
    people = "、".join(facts.get("people", ()))
    return people or _("%(n)d 个岗位") % {"n": facts.get("accounts", 0)}


def _answered(facts: dict[str, Any]) -> str:
    told = [metres_words(facts["metres"])] if "metres" in facts else []
    if "noted_by" in facts:
        told.append(_("%(who)s代记") % {"who": facts["noted_by"]})
    if facts.get("why") == "registration":
        told.append(_("退出了应急力量登记"))
    return "，".join(told)


def _outside(facts: dict[str, Any]) -> str:
    number = facts.get("reference", "")
    return f"{facts['line']}（{number}）" if number else str(facts["line"])


def _enough(facts: dict[str, Any]) -> str:
    return _("%(n)d 人能去，不再扩大") % {"n": facts["people"]}


_SAID = {
    MarkKind.OPENED: _opened,
    MarkKind.RING: _rang,
    MarkKind.NOBODY: _nobody,
    MarkKind.HANDED: _handed,
    MarkKind.ACCEPTED: _answered,
    MarkKind.DECLINED: _answered,
    MarkKind.NOT_NEEDED: _answered,
    MarkKind.LEFT: _answered,
    MarkKind.ARRIVED: _answered,
    MarkKind.POSITION: _answered,
    MarkKind.OUTSIDE: _outside,
    MarkKind.ENOUGH: _enough,
}
