"""Sparse fields: ``fields=number,title`` leaves the rest of an answer out."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, get_args, get_origin

from ninja.operation import Operation
from pydantic import BaseModel

from huying.api.members import must_know
from huying.kernel.errors import Invalid

PARAMETER: Final = "fields"
AFTER: Final = "after"
_LONGEST: Final = 1000


def names_of(operation: Operation) -> frozenset[str]:
    """The fields that can be chosen of an operation's answer: of its rows where it is a list; empty where none."""
    row = _row(_answer(operation))
    return frozenset(row.model_fields) if row is not None else frozenset()


def columns_of(operation: Operation) -> Sequence[str]:
    """The fields of a list's rows in their order; empty for an operation that answers with no list."""
    answer = _answer(operation)
    row = _row(answer)
    return () if row is None or row is answer else tuple(row.model_fields)


def rows_of(data: Any) -> tuple[Sequence[Mapping[str, Any]], str]:
    """The rows of a list's answer, and where its next page begins."""
    if isinstance(data, list):
        return data, ""
    return data[_rows_name(data)], data[AFTER]


def chosen(given: str | None, known: Collection[str]) -> frozenset[str] | None:
    """The names asked for; None for all. Raises Invalid naming what is not known, with the nearest."""
    if given is None or not known:
        return None
    if len(given) > _LONGEST:
        raise Invalid(fields={PARAMETER: "字段写得太多了。"})
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names:
        return None
    must_know(names, known, f"{PARAMETER}.")
    return frozenset(names)


def only(data: Any, names: frozenset[str]) -> Any:
    """The answer with the chosen fields alone; a page keeps its frame."""
    if isinstance(data, list):
        return [only(row, names) for row in data]
    if isinstance(data, Mapping):
        rows = _rows_name(data)
        if rows:
            return {**data, rows: [only(row, names) for row in data[rows]]}
        return {name: value for name, value in data.items() if name in names}
    return data


def _rows_name(data: Mapping[str, Any]) -> str:
    if AFTER not in data or len(data) != 2:
        return ""
    return next(name for name in data if name != AFTER)


def _answer(operation: Operation) -> Any:
    answer = operation.response_models.get(200)
    if isinstance(answer, type) and issubclass(answer, BaseModel):
        return answer.model_fields["response"].annotation
    return None


def _row(told: Any) -> type[BaseModel] | None:
    if get_origin(told) is list:
        return _row(get_args(told)[0])
    if not (isinstance(told, type) and issubclass(told, BaseModel)):
        return None
    members = told.model_fields
    if set(members) > {AFTER} and len(members) == 2:
        return _row(next(field.annotation for name, field in members.items() if name != AFTER))
    return told
