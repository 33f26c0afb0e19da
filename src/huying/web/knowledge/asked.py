"""What the list of articles is asked for by its address."""

from datetime import datetime
from typing import Final

from django.http import QueryDict

from huying.knowledge.queries import ArticleFilter
from huying.knowledge.rules import Standing
from huying.web.knowledge.showing import owners

_WORDS_MOST: Final = 60


def article_filter(district: int, query: QueryDict, now: datetime) -> ArticleFilter:
    """What narrows the list; what is not understood does not."""
    words, state, whose = (query.get(name, "").strip() for name in ("q", "standing", "body"))
    return ArticleFilter(
        words=words[:_WORDS_MOST],
        body_id=int(whose) if whose in {value for value, _name in owners(district, now)} else None,
        standing=Standing(state) if state in set(Standing) else None,
    )
