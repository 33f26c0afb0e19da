"""The only readers of the knowledge base."""

from huying.knowledge.queries.gaps import gap_for, gaps_for, open_gaps
from huying.knowledge.queries.lists import ArticleFilter, ArticlePage, articles_for, ending_for
from huying.knowledge.queries.reading import ArticleInfo, article_for, holding, offered_article, versions_for
from huying.knowledge.queries.searching import Fitting, fitting
from huying.knowledge.queries.uses import most_used, uses_by_channel, uses_of

__all__ = [
    "ArticleFilter",
    "ArticleInfo",
    "ArticlePage",
    "Fitting",
    "article_for",
    "articles_for",
    "ending_for",
    "fitting",
    "gap_for",
    "gaps_for",
    "holding",
    "most_used",
    "offered_article",
    "open_gaps",
    "uses_by_channel",
    "uses_of",
    "versions_for",
]
