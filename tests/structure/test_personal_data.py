"""Whoever adds a field that could hold words or places says what becomes of it when a person's data are erased."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huying.erasure.actions import erasing as whole
from huying.erasure.actions import parts
from huying.erasure.rules.fields import FIELDS, W
from huying.site.documents.personal_data import PAGE, page

OURS = sorted(
    (model for model in apps.get_models() if model.__module__.startswith("huying.")),
    key=lambda model: str(model._meta.label),
)
_WORDS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField, ArrayField, SearchVectorField,
)  # fmt: skip
_TELLING = {"lon", "lat", "caller_id"}


def _to_decide(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        if (isinstance(field, _WORDS) and not getattr(field, "choices", None)) or field.name in _TELLING:
            yield field.name


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_every_field_that_may_hold_words_is_decided_once(model: type[models.Model]) -> None:
    told = FIELDS.get(str(model._meta.label), {})
    decided = [name for names in told.values() for name in names.split()]
    assert sorted(decided) == sorted(_to_decide(model)), "say in erasure/rules/fields.py what they hold"


def test_no_model_is_listed_that_is_gone() -> None:
    assert FIELDS.keys() <= {str(model._meta.label) for model in OURS}


@pytest.mark.parametrize("label", [label for label, told in FIELDS.items() if W.ERASED in told])
def test_what_is_erased_is_erased_by_its_own_package(label: str) -> None:
    package = apps.get_model(label).__module__.split(".models")[0]
    module = import_module(f"{package}.actions.erasing")
    called = {id(value) for listed in (parts, whole) for value in vars(listed).values()}
    assert id(module) in called, f"{package}.actions.erasing is not named in erasure/actions"
    assert apps.get_model(label).__name__ in vars(module) or label in _BY_OTHERS


# Erased through a function beside the module of their package's part, or with the row that leads to them.
_BY_OTHERS = {"allocate.ItemMemory"}


def test_the_page_is_up_to_date() -> None:
    """Stale? ``python -m huying.site.documents.personal_data`` writes the table anew."""
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(written)
