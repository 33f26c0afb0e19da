"""What a client is told once its report is kept: its number, or a token for it."""

import hmac
import re
from hashlib import sha256
from typing import Final

from django.utils.crypto import salted_hmac

from huying.api.intake.answers import told
from huying.api.open311.wire.formats import Rows
from huying.cases.actions import Receipt
from huying.kernel.numbers import case_number, shown

_TOKEN: Final = re.compile(r"([0-9a-f]{1,8})([0-9a-f]{32})")
_SALT: Final = "huying.open311.token"


def kept(district: int, receipt: Receipt, account: str, root: str, *, later: bool = False) -> Rows:
    """The number of the request, or with ``later`` a token in its place: never both."""
    where = f"{root}{told(district, receipt)['track']}"
    notice = f"回执号 {shown(receipt.receipt)}，查进度：{where}"
    named = "token" if later else "service_request_id"
    value = token(district, receipt.case_id) if later else case_number(district, receipt.case_id)
    fields = (named, "service_notice", "account_id")
    return Rows("service_requests", "request", fields, [(value, notice, account or None)])


def token(district: int, case_id: int) -> str:
    """A token that only we can make, and that leads to its request for ever; nothing is kept for it."""
    return f"{case_id:x}{_seal(district, case_id)}"


def case_of_token(district: int, given: str) -> int | None:
    """The case a token stands for; None for one that was never given."""
    parts = _TOKEN.fullmatch(given)
    if parts is None:
        return None
    case_id = int(parts[1], 16)
    return case_id if hmac.compare_digest(parts[2], _seal(district, case_id)) else None


def _seal(district: int, case_id: int) -> str:
    whole: str = salted_hmac(_SALT, f"{district}-{case_id}", algorithm=sha256().name).hexdigest()
    return whole[:32]


def wants_later(prefer: str) -> bool:
    """Whether a client asks (RFC 7240) not to be kept waiting."""
    return "respond-async" in {part.partition(";")[0].strip().lower() for part in prefer.split(",")}
