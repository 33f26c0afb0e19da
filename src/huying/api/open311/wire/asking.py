"""What clients write into addresses and forms. An empty parameter is one that was not given."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final
from urllib.parse import parse_qsl

from huying.api.problems import TooLarge
from huying.kernel.errors import Invalid
from huying.kernel.instants import w3c
from huying.kernel.saying import said
from huying.kernel.terms import Term

_FIELDS_MOST: Final = 500
# Bytes of an urlencoded body: the longest texts in Chinese are nine times their characters.
BODY_MOST: Final = 256 * 1024
_ATTRIBUTE: Final = re.compile(r"attributes?\[([^\[\]]*)\](?:\[\d*\])?")
_LIST_MOST: Final = 1000


class Unclear(Term):
    """What can be wrong with one parameter."""

    INSTANT = "instant", "应为 W3C 日期时间，例如 2026-03-02T09:00:00+08:00。"
    NUMBER = "number", "应为数字。"
    COUNT = "count", "应为正整数。"
    UTF8 = "utf8", "内容应为 UTF-8。"
    MISSING = "missing", "请给出。"


class Params:
    """The parameters of a request: of one given twice the last that is not empty counts, but in lists all do.

    ``status[]`` is ``status``: so PHP and Rails write lists.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                self._given.setdefault(_bare(name.strip()), []).append(value)

    def text(self, name: str) -> str:
        """The value without white space around it; "" where none was given."""
        values = self._given.get(name)
        return values[-1].strip() if values else ""

    def all(self, name: str) -> list[str]:
        """Every value of this name, each by itself."""
        return [value.strip() for value in self._given.get(name, ())]

    def listed(self, name: str) -> list[str]:
        """Values parted by commas, or given several times; each once. Raises Invalid for far too many."""
        found = dict.fromkeys(
            part.strip() for value in self._given.get(name, ()) for part in value.split(",") if part.strip()
        )
        if len(found) > _LIST_MOST:
            raise Invalid(fields={name: said("最多 %(most)s 项。", most=_LIST_MOST)})
        return list(found)

    def instant(self, name: str, zone: tzinfo, *, last: bool = False) -> datetime | None:
        """A moment in UTC; one without a zone, or a day alone, is of ``zone``, with ``last`` the day's last.

        Raises Invalid naming the parameter.
        """
        given = self.text(name)
        if not given:
            return None
        at = w3c(given, zone, last=last)
        if at is None:
            raise Invalid(fields={name: Unclear.INSTANT.zh})
        return at

    def number(self, name: str) -> float | None:
        """A finite number. Raises Invalid naming the parameter."""
        given = self.text(name)
        if not given:
            return None
        try:
            number = float(given) if len(given) <= 40 and given.isascii() and "_" not in given else math.nan
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise Invalid(fields={name: Unclear.NUMBER.zh})
        return number

    def count(self, name: str, most: int) -> int | None:
        """A whole number from 1; more than ``most`` is ``most``. Raises Invalid naming the parameter."""
        given = self.text(name)
        if not given:
            return None
        if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) > 0):
            raise Invalid(fields={name: Unclear.COUNT.zh})
        return min(int(given), most)

    def yes(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def attributes(self) -> dict[str, list[str]]:
        """Answers by code, in every way clients write: ``attribute[A]=``, ``attribute[A][]=``, ``attribute[A][0]=``."""
        found: dict[str, list[str]] = {}
        for name, values in self._given.items():
            match = _ATTRIBUTE.fullmatch(name)
            if match:
                found.setdefault(match[1].strip(), []).extend(values)
        return found


def _bare(name: str) -> str:
    return name[:-2] if name.endswith("[]") and name.count("[") == 1 else name


def parsed(query: str, body: bytes = b"") -> Params:
    """The parameters of an address and of an urlencoded body, which speaks last. Raises Invalid, TooLarge."""
    if len(body) > BODY_MOST:
        raise TooLarge
    return Params([*_pairs(query), *_pairs(_utf8(body))])


def merged(query: str, fields: Mapping[str, Any]) -> Params:
    """The same of a form whose fields were read already (``QueryDict.lists``)."""
    given = [(name, value) for name, values in fields.items() for value in values if isinstance(value, str)]
    return Params([*_pairs(query), *given])


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid(Unclear.UTF8.zh) from None


def _pairs(text: str) -> list[tuple[str, str]]:
    if not text:
        return []
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict")
    except UnicodeDecodeError:
        raise Invalid(Unclear.UTF8.zh) from None
    except ValueError:
        raise TooLarge from None
    return pairs
