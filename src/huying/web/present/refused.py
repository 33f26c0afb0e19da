"""A refusal of the domain, said where it belongs on a form."""

from django import forms
from django.utils.translation import gettext as _

from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded


def refused(form: forms.Form, error: HuyingError) -> None:
    """Put a refusal at the fields it speaks of, the rest over the form."""
    known = {name: text for name, text in error.fields.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, worded(text, _))
    if not known:
        form.add_error(None, worded(error.message, _))
