"""The description: valid, every operation told whole, with examples in Chinese that fit its own schemas."""

import re
from typing import Any, get_args

import jsonschema_rs
from ninja import Schema
from schemathesis.specs.openapi.definitions import OPENAPI_31

from huying.api.urls import urlpatterns
from huying.api.v1.interface import api

CHINESE = re.compile("[一-鿿]")
Operation = tuple[str, dict[str, Any]]


def _whole() -> dict[str, Any]:
    assert urlpatterns
    return dict(api.get_openapi_schema())


def _operations() -> list[Operation]:
    return [
        (f"{method.upper()} {path}", told)
        for path, methods in _whole()["paths"].items()
        for method, told in methods.items()
    ]


def _contents(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    answers = [(status, one.get("content", {})) for status, one in told["responses"].items()]
    asked = [("body", told["requestBody"]["content"])] if "requestBody" in told else []
    return [(name, one) for name, media in asked + answers for one in media.values()]


def test_the_document_is_openapi_3_1() -> None:
    faults = list(jsonschema_rs.Draft202012Validator(OPENAPI_31).iter_errors(_whole()))
    assert [f"{list(fault.instance_path)}: {fault.message[:200]}" for fault in faults] == []


def test_operations_have_names_of_their_own() -> None:
    names = [told["operationId"] for _, told in _operations()]
    assert sorted(names) == sorted(set(names))


def test_every_operation_is_told_whole() -> None:
    for name, told in _operations():
        assert CHINESE.search(told["summary"]), name
        assert told.get("description"), name
        assert told["tags"], name
        assert {"400", "500"} <= set(told["responses"]), name


def _bodies(operation: Any) -> set[type]:
    bodies = [model for model in operation.models if model.__ninja_param_source__ == "body"]
    fields = [one for model in bodies for one in model.model_fields.values()]
    answers = [model for model in operation.response_models.values() if isinstance(model, type)]
    fields += [one for model in answers for one in model.model_fields.values()]
    return {kind for one in fields for kind in _schemas(one.annotation, set())}


def _schemas(hint: Any, seen: set[type]) -> set[type]:
    if isinstance(hint, type) and issubclass(hint, Schema) and hint not in seen:
        seen.add(hint)
        for one in hint.model_fields.values():
            _schemas(one.annotation, seen)
    for part in get_args(hint):
        _schemas(part, seen)
    return seen


def test_no_two_schemas_share_a_name() -> None:
    named: dict[str, set[str]] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for kind in set().union(*(_bodies(one) for one in view.operations)):
                told = str(sorted(kind.model_fields.items(), key=lambda pair: pair[0]))
                named.setdefault(kind.__name__, set()).add(told)
    assert len(named) > 200
    assert sorted(name for name, kinds in named.items() if len(kinds) > 1) == []


def test_examples_fit_their_schemas() -> None:
    # All in one schema: to read the components anew for each takes minutes.
    schemas, examples = {}, {}
    for name, told in _operations():
        for place, (where, content) in enumerate(_contents(told)):
            if content["schema"].get("format") == "binary":
                continue
            assert "example" in content, (
                f"{name} {where}: say in api/described/words.py what stands in its fields"
            )
            schemas[f"{name} {where} {place}"] = content["schema"]
            examples[f"{name} {where} {place}"] = content["example"]
    whole = {"type": "object", "properties": schemas, "components": _whole()["components"]}
    faults = jsonschema_rs.Draft202012Validator(whole).iter_errors(examples)
    assert [f"{list(fault.instance_path)}: {fault.message[:100]}" for fault in faults] == []


def test_examples_speak_chinese() -> None:
    for name, told in _operations():
        assert any(CHINESE.search(str(one.get("example"))) for _, one in _contents(told)), name
