"""The description as one document: made by the operations themselves, then told whole."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from huying.api.conduct.endings import ENDINGS
from huying.api.conduct.fields import names_of
from huying.api.conduct.manners import Manners, manners_of
from huying.api.conduct.twins import twin_of
from huying.api.described.examples import NoExample, example_of
from huying.api.described.refusals import refused
from huying.loop.collect.rules import KEY_LEAST, KEY_MOST

KEY_HEADER: Final = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": KEY_LEAST, "maxLength": KEY_MOST},
    "description": "同一个键重复提交，只办一次，得到同样的答复", "example": "9b1f6c1e-6a0e-4a51-9d6f-0f1f6f0c2c11",
}  # fmt: skip
MATCH_HEADER: Final = {
    "name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "读到的版本（ETag）；别人先改了就得到 412", "example": '"3"',
}  # fmt: skip
_JSON: Final = "application/json"


class Description(OpenAPISchema):
    """Everything that holds for all operations is added here, once; see ``api.conduct``."""

    def __init__(self, api: Any, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        for methods in self["paths"].values():
            for told in methods.values():
                self._exemplify(told)

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """One operation, with the headers, fields and refusals that belong to its kind."""
        told: dict[str, Any] = super().operation_details(operation)
        manners = manners_of(operation.view_func)
        writes = "GET" not in operation.methods
        for parameter in told["parameters"]:
            _one_example(parameter)
        told["parameters"] += [
            one for one in _headers(operation, manners, writes) if one["name"] not in _names(told)
        ]
        if told["operationId"] in ENDINGS:
            told["deprecated"] = True
        wanted = _statuses(operation, manners, writes, told)
        told["responses"] = {
            **{str(status): each for status, each in told["responses"].items() if int(status) < 400},
            **dict(refused(wanted | {int(status) for status in told["responses"] if int(status) >= 400})),
        }
        return told

    def _exemplify(self, told: dict[str, Any]) -> None:
        known: Mapping[str, Any] = self["components"]["schemas"]
        bodies = [told["requestBody"]] if "requestBody" in told else []
        for each in [*bodies, *told["responses"].values()]:
            for media, content in each.get("content", {}).items():
                if media == _JSON and "example" not in content:
                    with suppress(NoExample):
                        content["example"] = example_of(content["schema"], known)


def _headers(operation: Operation, manners: Manners, writes: bool) -> list[dict[str, Any]]:
    if writes:
        keyed = [KEY_HEADER] if manners.kept and not manners.private else []
        return keyed + ([MATCH_HEADER] if manners.matched and twin_of(operation) else [])
    names = sorted(names_of(operation))
    if not names:
        return []
    return [{
        "name": "fields", "in": "query", "required": False, "schema": {"type": "string", "maxLength": 1000},
        "description": f"只要这些字段，逗号分隔，答复里就没有其他字段：{'、'.join(names)}",
        "example": ",".join(names[:2]),
    }]  # fmt: skip


def _names(told: Mapping[str, Any]) -> set[str]:
    extra = told.get("parameters") or []
    return {one["name"] for one in extra}


def _one_example(parameter: dict[str, Any]) -> None:
    # A parameter's ``examples`` is a map in OpenAPI; pydantic hands a list.
    given = parameter.pop("examples", None)
    if given:
        parameter["example"] = given[0]


def _statuses(operation: Operation, manners: Manners, writes: bool, told: Mapping[str, Any]) -> set[int]:
    found = {400, 500}
    if operation.auth_callbacks:
        # What a key may not see does not exist, whether an address, a filter or a body names it.
        found |= {401, 403, 404, 429}
    if "{" in operation.path:
        found.add(404)
    if writes:
        found |= {409, 413, 415}
        found |= {422} if manners.kept and not manners.private else set()
        found |= {412} if MATCH_HEADER["name"] in _names(told) else set()
    return found
