"""Opening hours: read as an office writes them, and asked whether a place is open."""

from huying.services.rules.hours.reading import Span, Week, read_hours, read_spans, words_of, words_of_spans
from huying.services.rules.hours.standing import Exceptional, Standing, standing, today_of

__all__ = [
    "Exceptional",
    "Span",
    "Standing",
    "Week",
    "read_hours",
    "read_spans",
    "standing",
    "today_of",
    "words_of",
    "words_of_spans",
]
