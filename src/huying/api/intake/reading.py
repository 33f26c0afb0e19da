"""From the bytes of a request to an appeal's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from huying.access.actor import Actor
from huying.api.members import unknown
from huying.kernel.errors import Invalid
from huying.kernel.terms import Term
from huying.loop.collect.rules import AppealForm

TEXT_FIELDS: Final = (
    "text", "kind", "channel", "place_text", "datum", "name", "phone", "source", "external_number",
)  # fmt: skip
NUMBER_FIELDS: Final = ("lon", "lat")
DISTRICT: Final = "district"
_KNOWN: Final = frozenset({*TEXT_FIELDS, *NUMBER_FIELDS, DISTRICT})
DEFAULT_CHANNEL: Final = "api"


class Unreadable(Term):
    """What can be wrong with the form of one member of the body."""

    NOT_TEXT = "not_text", "应为文字。"
    NOT_NUMBER = "not_number", "应为数字。"
    DISTRICT = "district", "应为 6 位区划代码。"


@dataclass(frozen=True, slots=True)
class Asked:
    """One appeal as asked for: the raw key shown ("" for a resident without one) and the district named."""

    form: AppealForm
    raw_key: str
    district: int | None


class Late(Asked):
    """One whose district, form or photos can only be known with the database: it is asked when its batch is kept."""

    __slots__ = ()

    def settled(self, now: datetime) -> "Settled":
        """Who asks for what. Raises HuyingError; what is asked for is then refused, and hinders no other."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Settled:
    """Who asks, and the form to keep."""

    actor: Actor
    form: AppealForm


def read(body: bytes, raw_key: str, idempotency_key: str | None) -> Asked:
    """Read a JSON object. Raises Invalid, naming every member that cannot be read; values are checked later."""
    given = parse_object(body)
    wrong = unknown(given, _KNOWN)
    texts: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for name, value in given.items():
        if value is None or name == DISTRICT or name not in _KNOWN:
            continue
        if name in TEXT_FIELDS:
            _sort(name, value, isinstance(value, str), texts, wrong, Unreadable.NOT_TEXT)
        else:
            _sort(name, value, _is_number(value), numbers, wrong, Unreadable.NOT_NUMBER)
    district = _district(given.get(DISTRICT), wrong)
    if wrong:
        raise Invalid(fields=wrong)
    said = {"text": "", "channel": DEFAULT_CHANNEL} | {name: text for name, text in texts.items() if text}
    return Asked(AppealForm(**said, **numbers, key=idempotency_key), raw_key, district)  # type: ignore[arg-type]


def parse_object(body: bytes) -> Mapping[str, Any]:
    """The members of a JSON object. Raises Invalid."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Invalid("内容不是有效的 JSON（须为 UTF-8）。") from None
    if not isinstance(given, dict):
        raise Invalid("内容应为一个 JSON 对象。")
    return given


def _sort(
    name: str, value: Any, fits: bool, into: dict[str, Any], wrong: dict[str, str], fault: Unreadable
) -> None:
    if fits:
        into[name] = value
    else:
        wrong[name] = fault.zh


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _district(value: Any, wrong: dict[str, str]) -> int | None:
    if value is None:
        return None
    text = str(value)
    if isinstance(value, str | int) and len(text) == 6 and text.isascii() and text.isdigit():
        return int(text)
    wrong[DISTRICT] = Unreadable.DISTRICT.zh
    return None
