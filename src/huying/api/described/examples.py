"""An example that fits a schema, in Chinese, made from its fields."""

from collections.abc import Mapping
from typing import Any, Final

from huying.api.described.words import DAY, MOMENT, NUMBERS, WORDS

Json = Mapping[str, Any]
_DEEPEST: Final = 8
_OF_FORMAT: Final = {
    "date-time": MOMENT, "date": DAY, "uuid": "9b1f6c1e-6a0e-4a51-9d6f-0f1f6f0c2c11", "binary": "",
    "time": "08:30:00",
}  # fmt: skip


class NoExample(LookupError):
    """A text field for which nobody has written what stands in it."""


def example_of(schema: Json, known: Json, name: str = "", depth: int = 0) -> Any:
    """A value that the schema allows. Raises NoExample naming the field for which there is none."""
    schema = _whole(schema, known)
    for given in ("example", "const"):
        if given in schema:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    made = _MAKERS.get(schema.get("type", ""))
    if depth > _DEEPEST or made is None:
        return {} if "type" not in schema else None
    return made(schema, known, name, depth)


def _whole(schema: Json, known: Json) -> Json:
    if "$ref" in schema:
        return _whole(known[schema["$ref"].rsplit("/", 1)[-1]], known)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            own = {key: value for key, value in schema.items() if key != several}
            first = next((one for one in schema[several] if one.get("type") != "null"), {"type": "null"})
            return {**_whole(first, known), **own}
    return schema


def _object(schema: Json, known: Json, name: str, depth: int) -> Any:
    properties: Json = schema.get("properties", {})
    told = {each: example_of(inner, known, each, depth + 1) for each, inner in properties.items()}
    more = schema.get("additionalProperties")
    if not properties and isinstance(more, Mapping) and depth < _DEEPEST:
        return {"solved": example_of(more, known, name, depth + 1)} if more else {}
    return told


def _array(schema: Json, known: Json, name: str, depth: int) -> Any:
    return [example_of(schema.get("items", {}), known, name, depth + 1)]


def _string(schema: Json, known: Json, name: str, depth: int) -> Any:
    if schema.get("format") in _OF_FORMAT:
        return _OF_FORMAT[schema["format"]]
    if name not in WORDS:
        raise NoExample(name)
    return WORDS[name]


def _number(schema: Json, known: Json, name: str, depth: int) -> Any:
    least = schema.get("minimum", schema.get("exclusiveMinimum", 1))
    value = NUMBERS.get(name, 1)
    return max(value, least) if "maximum" not in schema else min(max(value, least), schema["maximum"])


_MAKERS: Final = {
    "object": _object, "array": _array, "string": _string, "integer": _number, "number": _number,
    "boolean": lambda *_: True, "null": lambda *_: None,
}  # fmt: skip
