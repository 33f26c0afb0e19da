"""The only writers of the knowledge base; each runs in one transaction and may be called twice."""

from huying.knowledge.actions.noticing import note_gap, settle_gaps, use_article
from huying.knowledge.actions.starting import load_starter_articles
from huying.knowledge.actions.writing import ArticleDraft, put_article, withdraw_article, write_article

__all__ = [
    "ArticleDraft",
    "load_starter_articles",
    "note_gap",
    "put_article",
    "settle_gaps",
    "use_article",
    "withdraw_article",
    "write_article",
]
