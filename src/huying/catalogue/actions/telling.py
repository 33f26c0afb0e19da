"""How an edition of the list is told in the record of changes."""

from datetime import datetime

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.catalogue.models import Edition


def tell_edition(
    by: Actor, edition: Edition, deed: Deed, now: datetime, *, former: Edition | None = None,
    holds_from: datetime | None = None,
) -> None:  # fmt: skip
    """Write down what was done to an edition; ``former`` is the one that held until then."""
    before = {"生效的版本": _words(former)} if former is not None else {}
    after = {"生效的版本": _words(edition)} if deed in (Deed.LIVE, Deed.WAIT) else {}
    note_change(
        by,
        NewChange(
            Subject.CATALOGUE,
            str(edition.number),
            _words(edition),
            deed,
            before,
            after,
            holds_from=holds_from,
        ),
        now,
    )


def _words(edition: Edition) -> str:
    return f"第{edition.number}版 {edition.name}"
