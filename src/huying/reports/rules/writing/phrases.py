"""Phrases that several sections use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median_low
from typing import Final

from huying.kernel.saying import Said, said
from huying.reports.rules.chance import LEAST_FOR_SHARE, Verdict, counts_differ
from huying.reports.rules.doc import Joined, Name, Num, Value, number
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import that
from huying.reports.rules.links import Link

# Of fewer a middle says more than they carry: each is told.
LEAST_FOR_MEDIAN: Final = 5
_TENTH: Final = Decimal("0.1")


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """A share in percent with one digit, 5 rounded up as people do."""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)}%"


def signed(value: int) -> str:
    """+3, -3, 0."""
    return f"{value:+d}" if value else "0"


def verdict(facts: Facts, now: int, before: int, among: int = 1) -> Verdict:
    """Whether a count of this period differs from that of the one before, beyond chance; never without a comparison."""
    if not facts.comparable:
        return Verdict.LEVEL
    return counts_differ(now, before, facts.period.days, facts.past.days, among)


def compared(facts: Facts, now: int, before: Num, count: int) -> Said:
    """How a count stands to that of the period before; it is only asked where there is a comparison.

    ``before`` is the number as it is read, ``count`` the same as a number.
    """
    told: dict[str, Value | int] = {"that": that(facts.kind), "before": before, "by": abs(now - count)}
    match verdict(facts, now, count):
        case Verdict.UP if count >= LEAST_FOR_SHARE:
            told["share"] = Name(percent(now - count, count))
            return said("比%(that)s（%(before)s 件）增加 %(by)s 件，增长 %(share)s。", **told)
        case Verdict.UP:
            return said("比%(that)s（%(before)s 件）增加 %(by)s 件。", **told)
        case Verdict.DOWN if count >= LEAST_FOR_SHARE:
            told["share"] = Name(percent(count - now, count))
            return said("比%(that)s（%(before)s 件）减少 %(by)s 件，下降 %(share)s。", **told)
        case Verdict.DOWN:
            return said("比%(that)s（%(before)s 件）减少 %(by)s 件。", **told)
        case _ if now == count:
            return said("与%(that)s持平。", **told)
        case _:
            return said("与%(that)s（%(before)s 件）相比，差别在正常波动范围内。", **told)


def ranked(numbers: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """The keys with a name and a count, largest first; what has no key yet is no kind of its own."""
    found = [(key, count) for key, count in numbers.items() if key and count]
    return sorted(found, key=lambda each: (-each[1], each[0]))[:most]


def listed(entries: Iterable[tuple[Value, int, Link | None]]) -> Joined:
    """市容环境 30 件、噪声 12 件: names with their numbers."""
    return Joined([said("%(name)s %(n)s 件", name=name, n=number(count, to)) for name, count, to in entries])


def times(entries: Iterable[tuple[Value, int, Link | None]]) -> Joined:
    """城管局 3 次、水务局 1 次: names with how often."""
    return Joined([said("%(name)s %(n)s 次", name=name, n=number(count, to)) for name, count, to in entries])


def went(facts: Facts, name: Said, now: int, before: Num, count: int) -> Iterator[Said]:
    """That a count rose or fell beyond chance; nothing is said of anything less."""
    told: dict[str, Value | int] = {
        "name": name, "that": that(facts.kind), "before": before, "by": abs(now - count),
    }  # fmt: skip
    match verdict(facts, now, count):
        case Verdict.UP:
            yield said("%(name)s比%(that)s（%(before)s）增加 %(by)s。", **told)
        case Verdict.DOWN:
            yield said("%(name)s比%(that)s（%(before)s）减少 %(by)s。", **told)


def spans(values: Sequence[int], unit: Said) -> Said:
    """How long things took: the one, each of a few, of five and more the middle with the fastest and the slowest."""
    held = sorted(values)
    if len(held) == 1:
        return said("为 %(n)s %(unit)s", n=held[0], unit=unit)
    if len(held) < LEAST_FOR_MEDIAN:
        return said("分别为 %(list)s %(unit)s", list=Joined([Name(str(one)) for one in held]), unit=unit)
    return said(
        "中位数为 %(middle)s %(unit)s，最快 %(first)s %(unit)s、最慢 %(last)s %(unit)s",
        middle=median_low(held), first=held[0], last=held[-1], unit=unit,
    )  # fmt: skip
