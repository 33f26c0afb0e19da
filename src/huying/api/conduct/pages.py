"""Lists in pages: one array under the plural of what it lists, and ``after``, where the next page begins."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from ninja import Field, Schema
from pydantic import create_model

from huying.kernel.errors import Invalid

Row = TypeVar("Row")
LIMIT_MOST: Final = 200
LIMIT: Final = 50
WRONG_PLACE: Final = "翻页的位置不对，请从头翻。"
_AFTER: Final = "下一页的位置，空为末页"


class Turn(Schema):
    """Where a page begins and how long it is."""

    after: str = Field("", max_length=200, description="上一页给出的位置")
    limit: int = Field(LIMIT, ge=1, le=LIMIT_MOST, description="一页最多几行")


def page_of(noun: str, row: type[Schema]) -> type[Schema]:
    """The schema of a page: ``{noun: [row, …], "after": "…"}``."""
    members: dict[str, Any] = {
        noun: (list[row], Field(description="这一页")),  # type: ignore[valid-type]
        "after": (str, Field(description=_AFTER, examples=[""])),
    }
    return create_model(f"{row.__name__}Page", __base__=Schema, __doc__="一页。", **members)


def cut(rows: Sequence[Row], turn: Turn, key: Callable[[Row], object]) -> tuple[list[Row], str]:
    """The page of rows that are all at hand, and where the next begins. ``key`` names a row for good.

    A row that is gone meanwhile does not lose the reader's place. Raises Invalid for a place that is none.
    """
    start = _found(rows, turn.after, key) if turn.after else 0
    page = list(rows[start : start + turn.limit])
    end = start + len(page)
    return page, _written(end, key(page[-1])) if page and end < len(rows) else ""


def _found(rows: Sequence[Row], after: str, key: Callable[[Row], object]) -> int:
    place, named = _read(after)
    return next((at + 1 for at, row in enumerate(rows) if str(key(row)) == named), place)


def _written(place: int, named: object) -> str:
    return urlsafe_b64encode(f"{place} {named}".encode()).decode().rstrip("=")


def _read(after: str) -> tuple[int, str]:
    try:
        told = urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode()
        place, _, named = told.partition(" ")
        return max(0, min(int(place), 10**9)), named
    except (binascii.Error, ValueError):
        raise Invalid(fields={"after": WRONG_PLACE}) from None
