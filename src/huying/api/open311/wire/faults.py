"""Refusals as GeoReport v2 has them: a list of code and description, in the format asked for.

404 for what does not exist, 403 for a key that is wrong or may not, 405 with what is allowed, 400 for all else. A
server in need keeps the words of HTTP: 413, 429 and 503.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from huying.api.open311.wire.formats import Format, Rows, written
from huying.api.problems import RETRY_AFTER, Unauthenticated, headers_of
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded

_KEPT: Final = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
_FIELDS: Final = ("code", "description")


class NotAllowed(HuyingError):
    """这个地址不能用这种方法。"""

    code = "method"
    status = 405

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.allowed = ", ".join(allowed)


class BadKey(HuyingError):
    """api_key 不对、已过期或已停用。"""

    code = "bad_key"
    status = 403


def told(error: HuyingError) -> HuyingError:
    """The refusal as this interface says it."""
    return BadKey() if isinstance(error, Unauthenticated) else error


def status_of(error: HuyingError) -> int:
    return error.status if error.status in _KEPT else 400


def refusal(error: HuyingError, wanted: Format, language: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; one line for each thing that is wrong, named as the client named it."""
    error = told(error)
    status = status_of(error)
    headers = {"Content-Type": wanted.media_type}
    if status in RETRY_AFTER:
        headers |= headers_of(error)
    if isinstance(error, NotAllowed):
        headers["Allow"] = error.allowed
    with translation.override(language):
        lines: list[tuple[Any, str]] = [
            (status, f"{name}: {worded(text, _)}") for name, text in error.fields.items()
        ] or [(status, worded(error.message, _))]
    return status, headers, written(Rows("errors", "error", _FIELDS, lines), wanted)
