"""What an operation does otherwise than the rest; most say nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
_MARK: Final = "huying_manners"


@dataclass(frozen=True, slots=True)
class Manners:
    """``kept``: answers are kept under an ``Idempotency-Key``. ``matched``: ``If-Match`` is compared for it.

    ``media``: what its body may come as. ``private``: its answer names a person: never kept, never cached.
    """

    kept: bool = True
    matched: bool = True
    media: tuple[str, ...] = ("application/json",)
    private: bool = False


USUAL: Final = Manners()


def mannered(manners: Manners) -> Callable[[View], View]:
    """Mark a view function with its manners."""

    def mark(view: View) -> View:
        setattr(view, _MARK, manners)
        return view

    return mark


def manners_of(view: Callable[..., Any]) -> Manners:
    """What was marked, or what is usual."""
    found: Manners = getattr(view, _MARK, USUAL)
    return found
