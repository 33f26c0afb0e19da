"""What a process of its own does for ``huying ledger verify``. Its imports wait until Django has been set up there."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

    from huying.cases.queries.proofs.verifying import Checked, Stretch

_own: "dict[str, psycopg.Connection[Any]]" = {}


def begin(arguments: dict[str, Any]) -> None:
    """Open this process's own connection; ``arguments`` say where."""
    import django
    import psycopg

    django.setup()
    from huying.cases.queries.proofs.verifying import prepare

    _own["connection"] = psycopg.connect(**arguments)
    prepare(_own["connection"])


def check(stretch: "Stretch") -> "Checked":
    """Check one stretch over it."""
    from huying.cases.queries.proofs.verifying import check_stretch

    return check_stretch(_own["connection"], stretch)
