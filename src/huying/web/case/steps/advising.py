"""Advice on a reply as it is shown: the sentence objected to, marked, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.cases.queries.lists.resembling import frequencies
from huying.cases.rules.advising.advice import advise
from huying.cases.rules.advising.objections import WEIGHTY
from huying.kernel.saying import worded


@dataclass(frozen=True, slots=True)
class Advised:
    """One objection: what kind, the advice in the reader's language, the sentence as it was written."""

    kind: str
    advice: str
    sentence: str
    weighty: bool


def advised(appeal: str, reply: str, *, solved: bool = True) -> Sequence[Advised]:
    """What a careful colleague would say of the reply; it bars nobody from sending it."""
    return [
        Advised(_(one.kind.zh), worded(one.advice, _), one.sentence, one.kind in WEIGHTY)
        for one in advise(appeal, reply, frequencies().shares, solved=solved)
    ]


def weighing(appeal: str, reply: str, *, solved: bool = True) -> Sequence[Advised]:
    """The advice to be read once more before the reply is sent; none where nothing weighs."""
    found = advised(appeal, reply, solved=solved)
    return found if any(one.weighty for one in found) else ()
