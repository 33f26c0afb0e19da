"""What a tool is: its words, what it takes and gives, who may use it, and the function that answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import mcp_types as types
import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from huying.access.permissions import Permission
from huying.api.assistants.asked import Asked
from huying.api.assistants.told.quoting import NOTICE, holds_quotes
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.people.rules.assistants import Leave

_OPTIONS: Final = orjson.OPT_NON_STR_KEYS | orjson.OPT_INDENT_2
#: An answer longer than this is an error of ours: everything is paged and cut.
MOST_BYTES: Final = 200_000


class Input(BaseModel):
    """What a tool takes: members it does not know are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=4000)


Given = TypeVar("Given", bound=Input)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: one or two sentences for a person, and the data."""

    words: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """``permissions``: any one of them, held by the person, is enough to try. ``gives``: the members of the answer.

    ``once``: asked again with the same input, nothing more happens. ``heavy``: what it does cannot be taken back.
    """

    name: str
    title: str
    description: str
    takes: type[Input]
    gives: Mapping[str, str]
    answer: Callable[[Asked, Any], Told]
    permissions: tuple[Permission, ...]
    leave: Leave = Leave.READ
    once: bool = True
    heavy: bool = False

    def offered_to(self, asked: Asked) -> bool:
        """Whether the asker may try it at all."""
        return asked.asker.lets(self.leave) and any(map(asked.actor.may, self.permissions))

    @property
    def input_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = _without_titles(self.takes.model_json_schema())
        return schema

    def described(self) -> types.Tool:
        """As the protocol lists it."""
        reads = self.leave is Leave.READ
        properties = {name: {"description": zh} for name, zh in {**self.gives, "notice": NOTICE}.items()}
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.input_schema,
            output_schema={"type": "object", "properties": properties, "required": sorted(self.gives)},
            annotations=types.ToolAnnotations(
                title=self.title, read_only_hint=reads, destructive_hint=self.heavy,
                idempotent_hint=self.once, open_world_hint=False,
            ),
        )  # fmt: skip

    def called(self, asked: Asked, arguments: Mapping[str, Any]) -> types.CallToolResult:
        """The answer, or the refusal in words and as data."""
        try:
            asked.must(self.leave, *self.permissions)
            told = self.answer(asked, self._read(arguments))
        except HuyingError as error:
            return refusal(error)
        data = {**told.data, **({"notice": NOTICE} if holds_quotes(told.data) else {})}
        text = orjson.dumps(data, option=_OPTIONS, default=str)
        words = told.words if "notice" not in data else f"{told.words}\n{NOTICE}"
        return types.CallToolResult(
            content=[types.TextContent(text=words), types.TextContent(text=text.decode()[:MOST_BYTES])],
            structured_content=orjson.loads(text),
        )

    def _read(self, arguments: Mapping[str, Any]) -> Input:
        try:
            return self.takes.model_validate(dict(arguments))
        except ValidationError as wrong:
            fields = {
                ".".join(map(str, each["loc"])) or "input": _said(each["type"])
                for each in wrong.errors()[:20]
            }
            raise Invalid(fields=fields) from None


def refusal(error: HuyingError) -> types.CallToolResult:
    """A refusal as a tool's answer: the assistant reads it and may mend what it asked."""
    fields = {name: worded(text, str) for name, text in error.fields.items()}
    data = {
        "code": error.code,
        "status": error.status,
        "detail": worded(error.message, str),
        "errors": fields,
    }
    lines = [str(data["detail"]), *(f"{name}：{text}" for name, text in fields.items())]
    return types.CallToolResult(
        content=[types.TextContent(text="\n".join(lines))], structured_content=data, is_error=True
    )


def _said(kind: str) -> str:
    return {"missing": "请填写。", "extra_forbidden": "没有这个参数。"}.get(
        kind, "取值不对，请看这个工具的说明。"
    )


def _without_titles(schema: Any) -> Any:
    """Titles made of names say nothing that the names do not."""
    if isinstance(schema, dict):
        return {
            name: _without_titles(value)
            for name, value in schema.items()
            if not (name == "title" and isinstance(value, str))
        }
    return [_without_titles(value) for value in schema] if isinstance(schema, list) else schema
