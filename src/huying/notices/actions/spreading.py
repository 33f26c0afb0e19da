"""Something told to callers who asked to hear of it, and which no case's chain tells."""

from collections.abc import Collection
from datetime import datetime

from huying.notices.actions.planning import ToCaller, write_for_callers
from huying.notices.queries.residents import resident_choices
from huying.notices.queries.wording import Happened
from huying.texts.rules.occasions import Occasion


def spread(
    district: int, callers: Collection[int], *, title: str, words: str, who: str, path: str, once: str, now: datetime
) -> None:  # fmt: skip
    """Write to each of the callers who can be reached and wants it, in the caller's transaction; ``once`` only once.

    ``who`` says it, ``path`` is the page where it stands.
    """
    told = Happened(district, Occasion.ANNOUNCED, title=title, words=words, who=who, path=path)
    found = [ToCaller(told, 0, caller, once) for caller in sorted(callers)]
    write_for_callers(district, found, resident_choices(district), now)
