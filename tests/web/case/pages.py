"""Reading forms out of pages as a browser without scripts would."""

import re
from typing import Any

from huying.cases.models import Case
from huying.kernel.numbers import case_number


def address(case: Case) -> str:
    return f"/case/{case_number(case.district, case.id)}"


def hidden(page: str) -> dict[str, str]:
    """What the step's form would send by itself."""
    form = page[page.index('class="stack step-form"') :]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return {name: value for name, value in inputs if name != "csrfmiddlewaretoken"}


def names(page: str) -> set[str]:
    return set(re.findall(r'\bname="([^"]+)"', page))


def text(answer: Any) -> str:
    return str(answer.content.decode())
