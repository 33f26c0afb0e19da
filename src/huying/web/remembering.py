"""What is drawn again and again, remembered for each language."""

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import get_language

Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")


def per_language(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Remember the last few thousand results of a function of hashable arguments, apart for each language."""

    @lru_cache(4096)
    def remembered(language: str | None, *args: Any, **kwargs: Any) -> Drawn:
        return draw(*args, **kwargs)

    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        return remembered(get_language(), *args, **kwargs)  # type: ignore[arg-type]

    return update_wrapper(drawn, draw)
