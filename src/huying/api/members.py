"""The rule for every body: a member the endpoint does not know is refused, so that nobody's spelling loses anything."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any, Final

from ninja import Schema
from pydantic import ConfigDict, model_validator

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_LONGEST: Final = 40
_MOST: Final = 20


def unknown(given: Iterable[str], known: Collection[str], within: str = "") -> dict[str, str]:
    """What is wrong with each name that is not known, with the known one nearest to it; ``within`` stands before it.

    Of what is sent by the thousand the first twenty are told.
    """
    wrong: dict[str, str] = {}
    for name in given:
        if name not in known and len(wrong) < _MOST:
            wrong[f"{within}{name[:_LONGEST]}"] = _told(name[:_LONGEST], known)
    return wrong


def must_know(given: Iterable[str], known: Collection[str], within: str = "") -> None:
    """Raise Invalid for names that are not known, each named."""
    if wrong := unknown(given, known, within):
        raise Invalid(fields=wrong)


class Body(Schema):
    """The body of a request: members it does not know are refused, and described as not allowed."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        held = getattr(given, "_obj", given)
        if isinstance(held, dict):
            must_know((str(name) for name in held), cls.model_fields)
        return given


def _told(name: str, known: Collection[str]) -> str:
    words = sorted(known)
    near = [word for word in words if min(len(word), len(name)) > 2 and (word in name or name in word)]
    close = near or get_close_matches(name, words, n=1)
    if not close:
        return said("没有这个字段，请核对写法。")
    return said("没有这个字段，最接近的是 %(near)s。", near=close[0])
