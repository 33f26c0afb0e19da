"""What every carrier is given and how it answers."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. ``id`` is the same at every try, so that a carrier can tell a repetition; ``link`` may be "".
    ``for_staff``: to somebody who opens pages of the house."""

    id: str
    to: str
    title: str
    text: str
    link: str = ""
    for_staff: bool = False


class Refused(Exception):
    """The carrier will never take this message; the words say why."""


class Carrier(Protocol):
    """A way out of the house. ``send`` returns when the message was taken.

    It raises ``kernel.errors.Unavailable`` when it may be tried again, ``Refused`` when that is of no use. It never
    takes longer than some ten seconds.
    """

    def send(self, letter: Letter) -> None: ...
