"""What waits of one field of photos, in a template."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(pictures: Mapping[str, Sequence[Any]], field: str) -> Sequence[Any]:
    """The photos of this field."""
    return pictures.get(field, ())
