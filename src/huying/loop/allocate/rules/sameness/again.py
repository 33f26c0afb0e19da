"""What somebody who said the same before says that is new."""

from typing import Final

from huying.loop.allocate.rules.sameness.wording import Wording, stretches

#: A stretch whose words together weigh less is a turn of phrase and no fact.
_FACT: Final = 9.0
_NUMBER: Final = 1.2


def new_facts(now: Wording, before: Wording) -> tuple[str, ...]:
    """The most telling stretches said now and not before; empty where nothing new is said.

    A number that was not said before (a house, a day, a plate) is always new.
    """
    fresh = now.weights.keys() - before.weights.keys()
    found = stretches(now, fresh)
    return tuple(words for words, heavy in found if heavy >= _FACT or _tells_a_number(words, heavy))


def _tells_a_number(words: str, heavy: float) -> bool:
    return any(character.isdigit() for character in words) and heavy >= _NUMBER
