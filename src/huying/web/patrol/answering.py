"""How the phone is answered: always JSON, a refusal with its code, its words and the fields it speaks of."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

import orjson
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.guard import StaffRequest

Given = ParamSpec("Given")
_MOST: Final = 2**20


def answer(body: Any, status: int = 200) -> HttpResponse:
    """JSON in UTF-8, kept by no cache."""
    response = HttpResponse(
        orjson.dumps(body, option=orjson.OPT_UTC_Z), content_type="application/json", status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def refused(error: HuyingError, **more: Any) -> HttpResponse:
    """A refusal in words."""
    fields = {name: worded(text, _) for name, text in error.fields.items()}
    told = {"code": error.code, "message": worded(error.message, _), "fields": fields}
    return answer(told | more, error.status)


def in_json(
    view: Callable[Concatenate[StaffRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[StaffRequest, Given], HttpResponseBase]:
    """Refusals of the domain go back as JSON and not as a page."""

    @wraps(view)
    def answering(request: StaffRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except HuyingError as error:
            return refused(error)

    return answering


def body_of(request: StaffRequest) -> dict[str, Any]:
    """What the phone sent. Raises Invalid for what is no JSON object."""
    if len(request.body) > _MOST:
        raise Invalid(_("内容太大，请分几次提交。"))
    try:
        read = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise Invalid(_("内容没有传完整，或格式不对。")) from None
    if not isinstance(read, dict):
        raise Invalid(_("内容没有传完整，或格式不对。"))
    return read
