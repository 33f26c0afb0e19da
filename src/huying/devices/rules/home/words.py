"""Why somebody should look, said to a grid worker."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from huying.devices.rules.home.faults import Broken, Fault
from huying.devices.rules.home.habits.presence import FEWEST, Presence
from huying.devices.rules.home.watching import Finding, Matter
from huying.kernel.saying import Said, said, together


def reason(finding: Finding, now: datetime, shown: Presence, broken: Sequence[Broken] = ()) -> Said:
    """One sentence or two: what is usual, what is so today, the last sign and where; then devices without signal."""
    parts = [_why(finding, now, shown)]
    mute = [one.device for one in broken if one.fault is Fault.MUTE]
    if mute:
        parts.append(said("这些设备没有信号：%(devices)s。", devices="、".join(mute)))
    return together(parts)


def _why(finding: Finding, now: datetime, shown: Presence) -> Said:
    silence = finding.silence
    last = _moment(silence.since, now.date())
    quiet = _lasting(now - silence.since)
    if finding.matter is Matter.OUT:
        return said("%(last)s 出门，到 %(now)s 没有回来的动静。", last=last, now=f"{now:%H:%M}")
    if finding.matter is Matter.LYING:
        return said(
            "%(last)s 躺下或坐下（%(place)s），%(quiet)s没有起身，%(usual)s。",
            last=last, place=silence.where.place, quiet=quiet, usual=_usual(finding, now, shown),
        )  # fmt: skip
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    run = shown.usual_hours(max(silence.since, midnight), now)
    if run is not None:
        return said(
            "平时%(part)s %(first)s–%(until)s 点都有动静，今天到 %(now)s 没有，上一次动静是%(last)s，在%(place)s。",
            part=_part(run[0]), first=run[0], until=run[1], now=f"{now:%H:%M}", last=last,
            place=silence.where.place,
        )  # fmt: skip
    return said(
        "上一次动静是%(last)s，在%(place)s，已经静了 %(quiet)s，%(usual)s。",
        last=last, place=silence.where.place, quiet=quiet, usual=_usual(finding, now, shown),
    )  # fmt: skip


def _usual(finding: Finding, now: datetime, shown: Presence) -> Said:
    if shown.days < FEWEST:
        return said("还不了解平时的习惯，按街道定的时间")
    ever = shown.ever(finding.silence.where, now)
    if timedelta() < ever < now - finding.silence.since:
        return said("平时这个时候最长 %(ever)s", ever=_lasting(ever))
    return said("平时这个时候很少这样")


def _moment(at: datetime, today: date) -> Said:
    days = (today - at.date()).days
    named = {0: said("今天 %(time)s", time=f"{at:%H:%M}"), 1: said("昨天 %(time)s", time=f"{at:%H:%M}")}
    return named.get(days) or said(
        "%(month)s 月 %(day)s 日 %(time)s", month=at.month, day=at.day, time=f"{at:%H:%M}"
    )


def _lasting(span: timedelta) -> Said:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if not hours:
        return said("%(minutes)s 分钟", minutes=minutes)
    if not minutes:
        return said("%(hours)s 小时", hours=hours)
    return said("%(hours)s 小时 %(minutes)s 分", hours=hours, minutes=minutes)


def _part(hour: int) -> Said:
    if hour < 5:
        return said("凌晨")
    if hour < 9:
        return said("早上")
    if hour < 12:
        return said("上午")
    if hour < 14:
        return said("中午")
    return said("下午") if hour < 18 else said("晚上")
