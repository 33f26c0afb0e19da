"""Formulas in the words of what they count."""

from django.utils.translation import gettext as _

from huying.figures.rules import expressions
from huying.web.remembering import per_language


@per_language
def spoken(expression: str) -> str:
    """A formula in the words of what it counts."""
    text = expression
    # The longest names first, so that no name is replaced within another.
    for measure in sorted(expressions.names(expression), key=lambda one: -len(one.value)):
        text = text.replace(measure.value, _(measure.zh))
    return text.replace("*", "×").replace("/", "÷")
