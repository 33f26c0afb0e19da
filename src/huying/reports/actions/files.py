"""The files of reports: made when first asked for, and kept, so that a second asker is given the same bytes."""

from collections.abc import Callable
from datetime import datetime

from huying.access.actor import Actor
from huying.reports.models import ReportFile
from huying.reports.queries.archive import ReportInfo, report_for
from huying.reports.rules.kinds import Form


def kept_file(
    by: Actor, number: int, form: Form, language: str, now: datetime, make: Callable[[ReportInfo], bytes]
) -> tuple[ReportInfo, bytes]:
    """A report and its file in one language, made by ``make`` unless it is kept already. Signed, it is made once more,
    for it then says by whom. Raises NotFound, and what ``make`` raises; nothing is kept of a file that failed."""
    report = report_for(by, number)
    which = {
        "report_id": report.line.id,
        "form": form.value,
        "language": language,
        "signed": report.line.signed_at is not None,
    }
    kept = ReportFile.objects.filter(**which).first()
    if kept is None:
        kept, _made = ReportFile.objects.get_or_create(
            **which, defaults={"data": make(report), "made_at": now}
        )
    return report, bytes(kept.data)
