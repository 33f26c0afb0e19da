"""Foreign keys follow the stack, migrations stand alone, and large tables can be spread by district."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.structure.tree import ROOT, SOURCE

# From the bottom up; the import linter cannot see foreign keys named by strings.
STACK = (
    "annals",
    "places",
    "people",
    "catalogue",
    "knowledge",
    "texts",
    "cases",
    "teams",
    "loop",
    "chat",
    "figures",
    "notices",
    "longwork",
    "webhooks",
    "opendata",
    "exchange",
    "prevent",
    "reports",
    "deliberation",
    "emergency",
    "gridding",
    "devices",
    "video",
    "services",
    "volunteers",
    "residents",
    "visits",
    "patrol",
    "erasure",
    "jobs",
    "web",
)
STAGES = {"collect", "allocate", "dispose", "supervise", "evaluate"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("huying.")]


def _layer(model: type[models.Model]) -> str:
    if model.__module__.startswith("huying.prevent."):
        return "prevent"
    return "loop" if model._meta.app_label in STAGES else model._meta.app_label


def _references() -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    for model in OURS:
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if isinstance(target, type) and target in OURS:
                yield model, target


def test_foreign_keys_point_down_the_stack() -> None:
    upward = [
        f"{model._meta.label} -> {target._meta.label}"
        for model, target in _references()
        if STACK.index(_layer(target)) > STACK.index(_layer(model))
    ]
    assert upward == []


def test_stages_do_not_refer_to_each_other() -> None:
    across = [
        f"{model._meta.label} -> {target._meta.label}"
        for model, target in _references()
        if {_layer(model), _layer(target)} == {"loop"} and model._meta.app_label != target._meta.app_label
    ]
    assert across == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_every_unique_rule_of_a_large_table_includes_the_district(model: type[models.Model]) -> None:
    if not isinstance(model._meta.pk, models.CompositePrimaryKey):
        return
    assert "district" in model._meta.pk.field_names
    assert not [
        field.name for field in model._meta.local_concrete_fields if field.unique and not field.primary_key
    ]
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint):
            assert "district" in rule.fields, rule.name


def test_migrations_import_no_application_code() -> None:
    found = []
    for path in sorted(SOURCE.rglob("migrations/0*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name.split(".")[0] == "huying"]
    assert found == []


def test_edges_reach_no_model_by_name_either() -> None:
    edges = [path for edge in ("web", "api", "live", "jobs") for path in (SOURCE / edge).rglob("*.py")]
    reaching = [path.name for path in edges if "get_model(" in path.read_text(encoding="utf-8")]
    assert reaching == []
