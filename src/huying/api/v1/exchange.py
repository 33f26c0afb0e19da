"""Letters that a city's system sends to us, signed; what came is kept before it is acknowledged (docs/exchange.md)."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from huying.api.conduct import Manners, mannered
from huying.api.v1.shapes import Problem
from huying.exchange.actions.receiving import receive_letters
from huying.kernel.clock import now as present

router = Router(tags=["系统对接"])


class KeptLetter(Schema):
    """One letter that is kept."""

    number: str = Field(description="对方编号；信里没有编号时为空")
    code: str = Field("ok", description="ok：已收下，不用再发")


class KeptLetters(Schema):
    """What was kept, in the order sent."""

    results: list[KeptLetter]
    new: int = Field(description="其中以前没有收到过的")


@router.post(
    "/exchange/{district}/{peer}/letters",
    response={200: KeptLetters, 400: Problem, 401: Problem, 404: Problem, 415: Problem},
    auth=None,
    summary="对接系统推送来单、撤单、催办、评价",
)
@mannered(Manners(kept=False, matched=False))
def letters(request: HttpRequest, district: int, peer: str) -> dict[str, Any]:
    """One letter or many, in the system's own fields. Signed by three headers: X-Exchange-Timestamp (seconds),
    X-Exchange-Nonce, X-Exchange-Signature. The same letter twice is kept once.
    """
    kept = receive_letters(district, peer, request.headers, request.body, present())
    return {"results": [{"number": number} for number in kept.numbers], "new": kept.new}
