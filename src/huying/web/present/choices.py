"""What a field of a form offers, known only when the form is made for somebody."""

from typing import Any

from django import forms


def put_choices(form: forms.Form, name: str, choices: Any) -> None:
    """Let a field of choices offer these; pairs, groups of pairs, or what gives them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
