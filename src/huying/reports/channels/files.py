"""A report as a file, made when it is first asked for."""

from datetime import datetime

from django.utils import translation

from huying.access.actor import Actor
from huying.reports.actions import kept_file
from huying.reports.channels.laying import Address, laid
from huying.reports.channels.pdf import pdf_of
from huying.reports.channels.sheet import sheet_of
from huying.reports.channels.word import word_of
from huying.reports.queries.archive import ReportInfo
from huying.reports.rules.kinds import Form

_MAKERS = {Form.WORD: word_of, Form.PDF: pdf_of, Form.EXCEL: sheet_of}


def file_of(
    by: Actor, number: int, form: Form, language: str, now: datetime, address: Address
) -> tuple[str, bytes]:
    """A report's file in a language: what it is called, and its bytes. ``address`` gives what stands behind a number as
    a whole address. Raises NotFound; Unavailable where a PDF cannot be set."""

    def make(report: ReportInfo) -> bytes:
        with translation.override(language):
            return _MAKERS[form](laid(report, language, address))

    report, data = kept_file(by, number, form, language, now, make)
    return file_name(report, form), data


def file_name(report: ReportInfo, form: Form) -> str:
    """What the file is called: kind, area, first day and version, in plain letters."""
    line = report.line
    return f"{line.kind.value}-{line.area}-{line.period.first.isoformat()}-v{line.number}.{form.value}"
