"""Pictures in a letter of theirs: written into it as base64, or named by where they lie."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

# As many as one report may hold.
PICTURES_MOST: Final = 6
_BETWEEN: Final = re.compile(r"[\s,;|，；]+")
_IN_OBJECTS: Final = ("content", "url")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its ``url``, or its ``base64``."""

    url: str = ""
    base64: str = ""

    def content(self) -> bytes:
        """What is written into the letter. Raises Invalid for what is no base64."""
        try:
            return base64.b64decode("".join(self.base64.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise Invalid("不是有效的 base64。") from error


def pictures_in(value: Any) -> list[Picture]:
    """The pictures of a field: a text, a list of them, or objects with ``content`` or ``url``. A text is one picture
    as base64 (bare or ``data:``), or addresses with blanks, commas or bars between them.
    """
    return list(_found(value))


def must_be_theirs(url: str, address: str) -> None:
    """Raise Invalid for an address that is not on the host of the system that named it."""
    try:
        host, own = urlsplit(url).hostname, urlsplit(address).hostname
    except ValueError as error:
        raise Invalid("网址写得不对。") from error
    if not host or host != own:
        raise Invalid(said("不在对方自己的主机上：%(host)s", host=host or url[:80]))


def _found(value: Any) -> Iterator[Picture]:
    if isinstance(value, list):
        for one in value:
            yield from _found(one)
    elif isinstance(value, Mapping):
        yield from _found(next((value[name] for name in _IN_OBJECTS if value.get(name)), None))
    elif isinstance(value, str) and value.strip():
        yield from _of_text(value.strip())


def _of_text(text: str) -> Iterator[Picture]:
    if text.startswith("data:"):
        yield Picture(base64=text.partition(",")[2])
    elif text.lower().startswith(("http://", "https://")):
        yield from (Picture(url=one) for one in _BETWEEN.split(text) if one)
    else:
        yield Picture(base64=text)
