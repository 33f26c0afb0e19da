"""How a warning stands, and what became of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.terms import Term


class WarningState(Term):
    """Where a warning stands with the people it was told to."""

    NEW = "new", "新预警"
    ACKNOWLEDGED = "acknowledged", "已知悉"
    CAMPAIGN = "campaign", "已转专项治理"
    MUTED = "muted", "已静音"
    SETTLED = "settled", "已有结论"


class Verdict(Term):
    """Whether what it warned of was there."""

    TRUE = "true", "属实"
    FALSE = "false", "误报"


MOST_WORDS: Final = 500
#: Nobody is deaf for longer.
MOST_MUTED: Final = timedelta(days=180)
LEAST_PROMISE, MOST_PROMISE = 1, 60
#: Over how many settled warnings their worth is reckoned.
WORTH_OF: Final = 20
_LEAST_FOR_ADVICE: Final = 10


class Advice(Term):
    """What the warnings settled so far say about the promise."""

    NONE = "none", "结论还不够多，暂不建议调整"
    KEEP = "keep", "目前的约定合适"
    MORE = "more", "预警大多属实，可以放宽，早一点听到"
    FEWER = "fewer", "误报偏多，可以收紧"


@dataclass(frozen=True, slots=True)
class Worth:
    """Of the last settled warnings how many were true."""

    settled: int
    true: int

    @property
    def advice(self) -> Advice:
        """Loosen where nearly all are true, tighten where few are."""
        if self.settled < _LEAST_FOR_ADVICE:
            return Advice.NONE
        share = self.true / self.settled
        return Advice.MORE if share >= 0.7 else Advice.FEWER if share < 0.3 else Advice.KEEP


def checked_words(text: str, field: str, needed: bool = True) -> str:
    """A reason or cause as it is kept. Raises Invalid when it is missing or too long."""
    words = " ".join(text.replace("\x00", "").split())
    if needed and not words:
        raise Invalid(fields={field: "请写明原因。"})
    if len(words) > MOST_WORDS:
        raise Invalid(fields={field: "最多 500 字。"})
    return words


def checked_until(until: date | None, today: date) -> date:
    """The last day of a silence. Raises Invalid for one that is past or too far."""
    if until is None or not today <= until <= today + MOST_MUTED:
        raise Invalid(fields={"until": "静音期限请选今天起半年以内的一天。"})
    return until


def checked_promise(promise: int | None) -> int:
    """False warnings a month at most. Raises Invalid outside of what can be kept."""
    if promise is None or not LEAST_PROMISE <= promise <= MOST_PROMISE:
        raise Invalid(fields={"promise": "每月误报上限请填 1 到 60 的整数。"})
    return promise
