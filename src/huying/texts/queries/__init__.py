"""The only readers of texts."""

from huying.texts.queries.held import forget, notice_wording, reply_templates
from huying.texts.queries.versions import TextInfo, VersionInfo, text_for, texts_for, versions_for

__all__ = [
    "TextInfo",
    "VersionInfo",
    "forget",
    "notice_wording",
    "reply_templates",
    "text_for",
    "texts_for",
    "versions_for",
]
