"""Prompts (提示): what people ask assistants for again and again, as files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import mcp_types as types

from huying.api.assistants.told.quoting import CLOSE, OPEN
from huying.kernel.errors import Invalid, NotFound

_FOLDER: Final = Path(__file__).parent / "prompts"
_LONGEST: Final = 40


@cache
def _held() -> dict[str, dict[str, Any]]:
    files = sorted(_FOLDER.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def listed() -> list[types.Prompt]:
    """Every prompt with what it asks for."""
    return [
        types.Prompt(
            name=name, title=held["title"], description=held["description"],
            arguments=[types.PromptArgument(**one) for one in held["arguments"]],
        )
        for name, held in _held().items()
    ]  # fmt: skip


def prompt(name: str, given: dict[str, str]) -> types.GetPromptResult:
    """A prompt with its blanks filled in. Raises NotFound; Invalid for what is missing, unknown or too long."""
    held = _held().get(name)
    if held is None:
        raise NotFound("没有这个提示。")
    asked = {one["name"]: one["required"] for one in held["arguments"]}
    wrong = {each: "没有这个参数。" for each in given if each not in asked}
    wrong |= {
        each: "请填写。" for each, needed in asked.items() if needed and not given.get(each, "").strip()
    }
    wrong |= {each: "太长。" for each, value in given.items() if len(value) > _LONGEST}
    if wrong:
        raise Invalid(fields=wrong)
    text = str(held["text"]).strip()
    for each in asked:
        value = given.get(each, "").strip().translate(str.maketrans("", "", f"{OPEN}{CLOSE}\r\n{{}}"))
        text = text.replace(f"{{{each}}}", value)
    message = types.PromptMessage(role="user", content=types.TextContent(text=text))
    return types.GetPromptResult(description=held["description"], messages=[message])
