"""What a caller is told once the appeal is kept."""

from functools import cache
from typing import Any

import orjson
from django.urls import NoReverseMatch, reverse

from huying.cases.actions import Receipt
from huying.kernel.numbers import case_number

_ANY = "0" * 12


def told(district: int, kept: Receipt) -> dict[str, Any]:
    """The members of the answer. Addresses are relative to the site's own; times are in UTC."""
    return {
        "receipt": kept.receipt,
        "case": case_number(district, kept.case_id),
        "due_at": kept.due_at,
        "track": _track().replace(_ANY, kept.receipt),
        "self": f"/api/v1/appeals/{kept.receipt}",
    }


def answer_of(district: int, kept: Receipt) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body: 201 for a new appeal, 200 for one that was given before."""
    said = told(district, kept)
    body = orjson.dumps(said, option=orjson.OPT_UTC_Z)
    return 201 if kept.is_new else 200, {"Location": said["self"]}, body


@cache
def _track() -> str:
    try:
        return reverse("citizen:track", args=[_ANY])
    except NoReverseMatch:
        return f"/track/{_ANY}"
