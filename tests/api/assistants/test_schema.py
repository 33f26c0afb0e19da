"""What tools are called, take and promise, as written down: whoever connects an assistant relies on it."""

import json
from pathlib import Path

from huying.api.assistants.offered import TOOLS
from huying.people.rules.assistants import Leave

WRITTEN = Path(__file__).parent / "tools.json"


def told() -> dict[str, object]:
    found = {}
    for tool in TOOLS:
        shown = tool.described()
        assert shown.annotations
        found[tool.name] = {
            "title": shown.title,
            "leave": tool.leave.value,
            "permissions": [one.value for one in tool.permissions],
            "takes": {
                name: sorted(set(one) - {"description", "default"})
                for name, one in shown.input_schema["properties"].items()
            },
            "required": shown.input_schema.get("required", []),
            "gives": sorted(tool.gives),
            "read_only": shown.annotations.read_only_hint,
            "destructive": shown.annotations.destructive_hint,
            "idempotent": shown.annotations.idempotent_hint,
        }
    return found


def test_the_tools_are_as_written_down() -> None:
    assert told() == json.loads(WRITTEN.read_text(encoding="utf-8")), "see told() above"


def test_every_input_is_strict_and_bounded() -> None:
    for tool in TOOLS:
        schema = tool.input_schema
        assert schema["additionalProperties"] is False
        for name, one in schema["properties"].items():
            assert one.get("description"), (tool.name, name)
            if one.get("type") == "string":
                assert "maxLength" in one or "pattern" in one, (tool.name, name)


def test_only_what_sends_is_destructive_and_only_what_acts_is_no_reading() -> None:
    for tool in TOOLS:
        shown = tool.described().annotations
        assert shown is not None
        assert shown.destructive_hint == (tool.leave is Leave.SEND)
        assert shown.read_only_hint == (tool.leave is Leave.READ)
