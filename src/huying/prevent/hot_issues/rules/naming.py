"""What an issue is called: the subject that says it best, the place and the people that most messages name."""

import re
from collections import Counter
from collections.abc import Sequence
from math import inf
from typing import Final

from huying.prevent.hot_issues.rules.wording import ENDING, plain

_PEOPLE: Final = re.compile(
    "业主|居民|村民|学生|家长|职工|员工|教师|老师|退休人员|农民工|工人|商户|租户|患者|老人|受害人|投资人|司机|乘客|市民"
)
_STOPS: Final = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_REGION: Final = re.compile(r"[A-Z]\d*(?:市|区|县)")
_TITLE: Final = 60


def titled(subjects: Sequence[str], centre: Sequence[float]) -> str:
    """The subject nearest to all others; of equals the shortest. ``centre``: the likeness of each to all others."""
    best = max(range(len(subjects)), key=lambda at: (round(centre[at], 6), -len(subjects[at]), subjects[at]))
    return shortened(subjects[best])


def shortened(subject: str) -> str:
    """A subject as it stands for a title: at most 60 characters."""
    said = subject.strip()
    return said if len(said) <= _TITLE else said[: _TITLE - 1] + "…"


def placed(subjects: Sequence[str], names: Sequence[frozenset[str]]) -> str:
    """The place most subjects name, as most of them write it, behind the region most often written; "" for none.

    Of names that are nearly as frequent, the one written first: a subject says where before it says what.
    """
    told = Counter(name for each in names for name in each)
    region = "".join(_regions(subjects))
    most = max(told.values(), default=0)
    if most * 3 < len(subjects) or not most:
        return region
    often = [name for name, times in told.items() if times >= 0.6 * most]
    return region + _widened(min(often, key=lambda name: (_stands(name, subjects), name)), subjects)


def people_of(subjects: Sequence[str], texts: Sequence[str]) -> str:
    """Whom most messages speak of (业主, 学生 …); "" where fewer than a third speak of the same."""
    told = Counter(
        one
        for subject, text in zip(subjects, texts, strict=True)
        for one in set(_PEOPLE.findall(subject + text))
    )
    if not told:
        return ""
    word, times = max(told.items(), key=lambda pair: (pair[1], pair[0]))
    return word if times * 3 >= len(subjects) else ""


def _regions(subjects: Sequence[str]) -> list[str]:
    """At most two codes of regions in the order they are written, those that half of all subjects with any write."""
    written = [_REGION.findall(each) for each in subjects]
    told = Counter(one for each in written for one in set(each))
    some = sum(1 for each in written if each)
    often = [one for one, times in told.items() if times * 2 >= some > 0]
    first = {one: min(each.index(one) for each in written if one in each) for one in often}
    return sorted(often, key=lambda one: (first[one], one))[:2]


def _stands(name: str, subjects: Sequence[str]) -> float:
    """How far from the beginning a name stands on average."""
    found = [at for at in (plain(each).find(name) for each in subjects) if at >= 0]
    return sum(found) / len(found) if found else inf


def _widened(name: str, subjects: Sequence[str]) -> str:
    """The longest string from before a name to the end of it that half of the subjects with it have in common."""
    written = [each for each in (_around(name, subject) for subject in subjects) if each]
    found = Counter(one for each in written for one in each)
    common = [one for one, times in found.items() if times * 2 >= len(written)]
    return max(common, key=lambda one: (len(one), found[one], one), default=name)


def _around(name: str, subject: str) -> set[str]:
    found = set()
    for piece in _STOPS.split(_REGION.sub("|", subject)):
        at = piece.lower().find(name)
        ending = ENDING.match(piece, at + len(name)) if at >= 0 else None
        if ending:
            found |= {piece[first : ending.end()] for first in range(max(0, at - 4), at + 1)}
    return found
