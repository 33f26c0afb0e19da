"""Bodies as vendors write them: flat XML and JSON, read without trust, written as they are expected."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

import orjson
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from huying.kernel.errors import Invalid

MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 60


def xml_fields(body: bytes) -> dict[str, str]:
    """The fields of a flat ``<xml>``; what lies within a field is left out.

    Raises Invalid for what is no XML, declares anything of its own (entities, a document type), or is too large.
    """
    if len(body) > MOST_BYTES:
        raise Invalid("请求太大。")
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Invalid("请求不是可读的 XML。") from error
    if len(root) > _MOST_FIELDS:
        raise Invalid("请求的字段太多。")
    return {child.tag: (child.text or "").strip() for child in root if isinstance(child.tag, str)}


def json_fields(body: bytes) -> dict[str, Any]:
    """The fields of a JSON object. Raises Invalid for anything else, or what is too large."""
    if len(body) > MOST_BYTES:
        raise Invalid("请求太大。")
    try:
        found = orjson.loads(body)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise Invalid("请求不是可读的 JSON。") from error
    if not isinstance(found, dict) or len(found) > _MOST_FIELDS:
        raise Invalid("请求不是可读的 JSON。")
    return found


def text_of(fields: Mapping[str, Any], name: str, most: int = 2000) -> str:
    """A field as text: numbers as they are written, anything else as nothing."""
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:most]


def degrees_of(text: str, most: float) -> float | None:
    """A number of degrees, or None for what is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if -most <= number <= most else None


def xml_of(fields: Mapping[str, str | int]) -> bytes:
    """Flat XML; texts stand as character data, numbers as they are."""
    inner = "".join(
        f"<{name}>{value}</{name}>" if isinstance(value, int) else f"<{name}>{_cdata(value)}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inner}</xml>".encode()


def _cdata(text: str) -> str:
    return escape(text) if "]]>" in text else f"<![CDATA[{text}]]>"
