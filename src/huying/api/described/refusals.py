"""What an operation may refuse with, each with an example in Chinese."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from huying.api import problems
from huying.api.problems import MEDIA_TYPE, problem
from huying.kernel.errors import Conflict, Denied, HuyingError, Invalid, NotFound

_REFS: Final = {"schema": {"$ref": "#/components/schemas/Problem"}}
_BY_STATUS: Final[dict[int, HuyingError]] = {
    400: Invalid(fields={"reason": "请写明原因。"}),
    401: problems.Unauthenticated(),
    403: Denied(),
    404: NotFound(),
    408: problems.TooSlow(),
    409: Conflict(),
    412: problems.Overtaken(),
    413: problems.TooLarge(),
    415: problems.WrongMedia(),
    422: problems.Reused(),
    429: problems.TooMany(),
    500: HuyingError(),
    503: problems.Busy(),
}


def refused(statuses: Collection[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each status with its description and example."""
    for status in sorted(statuses):
        told = problem(_BY_STATUS[status], "zh-hans")
        content = {MEDIA_TYPE: {**_REFS, "example": told}}
        yield str(status), {"description": told["title"], "content": content}
