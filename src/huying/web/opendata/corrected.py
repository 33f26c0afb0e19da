"""What changed of a published month, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.opendata.queries import CorrectionInfo

_NAMES = {
    "received": gettext_noop("受理"), "closed": gettext_noop("结案"), "closed_in_time": gettext_noop("办结按时"),
}  # fmt: skip


def changed_words(change: CorrectionInfo) -> Iterable[str]:
    """Each figure that changed, and by how many."""
    for name, by in change.figures.items():
        told = {"name": _(_NAMES[name]), "n": abs(by)}
        yield _("%(name)s多 %(n)s 件") % told if by > 0 else _("%(name)s少 %(n)s 件") % told
