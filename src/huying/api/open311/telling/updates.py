"""What was done about requests, within a span."""

from huying.api.open311.door import Asked
from huying.api.open311.telling.window import happened, ids, page
from huying.api.open311.wire.formats import Rows
from huying.cases.queries.outside.updates import FIELDS, Span, updates

ROOT, EACH = "service_request_updates", "request_update"


def listed(ask: Asked) -> Rows:
    """Those within the span, oldest first. Raises Invalid naming the parameter."""
    span, (offset, limit) = happened(ask.params, ask.now, ask.zone), page(ask.params)
    named = ids(ask.params, ask.district)
    rows = updates(ask.reader, Span(span.since, span.until, named, offset, limit))
    return Rows(ROOT, EACH, FIELDS, rows)
