"""Schemas of answers from what queries hand out: one field for each member, words beside the closed lists."""

import types
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from ninja import Schema
from pydantic import WithJsonSchema, create_model

from huying.kernel.terms import Term

_MANY = (list, Sequence, Collection, frozenset, set, AbstractSet, tuple)


def told(kind: type, name: str = "", /, *, without: Collection[str] = (), **more: Any) -> type[Schema]:
    """The schema of a dataclass as an answer tells it: ``without`` is left out, ``more`` fields are added."""
    made = _told(kind, name or kind.__name__, frozenset(without))
    return create_model(made.__name__, __base__=made, **more) if more else made


def listed_as(kind: type[Enum]) -> WithJsonSchema:
    """Beside a closed list in an annotation: described with its values and their words."""
    return WithJsonSchema(_choices(kind))


@cache
def _told(kind: type, name: str, without: frozenset[str]) -> type[Schema]:
    hints = get_type_hints(kind)
    members: dict[str, Any] = {
        field.name: (plain(hints[field.name]), ...) for field in fields(kind) if field.name not in without
    }
    doc = (kind.__doc__ or "").strip().partition("\n")[0]
    return create_model(name, __base__=Schema, __doc__=doc, **members)


def plain(hint: Any) -> Any:
    """The annotation under which a value of this kind goes out as JSON."""
    if isinstance(hint, type):
        return _plain_type(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return Union[tuple(plain(arg) for arg in args)]  # noqa: UP007
    if origin is Mapping or origin is dict:
        return dict[str, plain(args[1])]  # type: ignore[misc]
    if origin in _MANY:
        return list[plain(args[0])]  # type: ignore[misc]
    return hint


def _plain_type(hint: type) -> Any:
    if is_dataclass(hint):
        return _told(hint, hint.__name__, frozenset())
    if issubclass(hint, Enum):
        return Annotated[str, WithJsonSchema(_choices(hint))] if issubclass(hint, str) else hint
    return float if hint is Decimal else hint


def _choices(kind: type[Enum]) -> dict[str, Any]:
    values = [member.value for member in kind]
    told = "、".join(f"{member.value} {member.zh}" for member in kind if isinstance(member, Term))
    return {"type": "string", "enum": values} | ({"description": told} if told else {})
