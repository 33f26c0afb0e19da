"""Which reading shows what a write changes: the same address, or the nearest above it that names one thing."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from huying.api.conduct.versions import etag_of


def current_etag(request: Any, operation: Operation, given: dict[str, Any]) -> str:
    """The tag of what would be read now where the write changes; "" where nothing is read there."""
    twin = twin_of(operation)
    if twin is None:
        return ""
    names = {name for name in given if f"{{{name}}}" in twin.path.replace("int:", "")}
    response: Any = twin.run(request, **{name: given[name] for name in names})
    if response.status_code != 200:
        return ""
    tag = response.headers.get("ETag") or etag_of(response.content)
    return str(tag).removeprefix("W/")


@cache
def twin_of(operation: Operation) -> Operation | None:
    """The reading of what a write changes."""
    known = readings(operation.api)
    if "PUT" in operation.methods and operation.path in known:
        # Also where there is but one of it, as what a district chose.
        return known[operation.path]
    parts = operation.path.split("/")
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end])
        if "{" in path and path in known:
            return known[path]
    return None


@cache
def readings(api: NinjaAPI) -> Mapping[str, Operation]:
    """Every reading by its path, such as ``/cases/{number}``."""
    return {
        each.path: each
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for each in view.operations
        if "GET" in each.methods
    }
