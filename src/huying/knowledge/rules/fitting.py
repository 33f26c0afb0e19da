"""How well an article answers what somebody says: a whole sentence on the phone, or two words in a search box."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from huying.kernel.tokens import bigrams, query_terms

# What people say around a question. Left in, "怎么办理" would find every article there is.
_AROUND: Final = re.compile(
    "请问一下|请问|您好|你好|我想问一下|我想问|想问一下|想问|我要问|我想|咨询一下|咨询|帮我|查一下|问一下|一下|"
    "怎么办理|如何办理|怎样办理|怎么办|怎么|如何|怎样|什么时候|什么|哪里|哪儿|哪个|多久|多少|"
    "需要|可以|能不能|可不可以|是不是|有没有|要不要|我们|你们|现在|这个|那个|一个|为什么|办理|"
    "[吗呢啊吧了的呀哦嗯，。？！、,.?!]"
)
FITS: Final = 0.6
_IN_ANSWER: Final = 0.4
_NAMED_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Words:
    """An article's texts as they are compared."""

    question: str
    keywords: tuple[str, ...]
    answer: str


def core(text: str) -> str:
    """What is left of a question without the words around it; "" where it was nothing else."""
    return _AROUND.sub(" ", text).strip()


def terms(text: str) -> list[str]:
    """The search terms of what is asked, without the words around it."""
    return query_terms(core(text))


def words_of(words: Words) -> list[str]:
    """The tokens an article is kept under."""
    return bigrams(" ".join((words.question, *words.keywords, words.answer)))


def any_of(asked: Sequence[str]) -> str:
    """The terms as the text of a ``tsquery`` that one of them is enough for; "" for none."""
    return " | ".join(f"'{term}':*" if len(term) == 1 else f"'{term}'" for term in asked)


def fit(asked: str, words: Words) -> float:
    """How well the article answers; from ``FITS`` on it is shown.

    Three things add up: how much of what is asked stands in the article (in its answer less), how much of the
    article's own question was said, and which of its keywords were said whole, long ones more.
    """
    wanted = terms(asked)
    if not wanted:
        return 0.0
    head, body, own = _tokens(words)
    covered = sum(1.0 if _in(t, head) else _IN_ANSWER if _in(t, body) else 0.0 for t in wanted) / len(wanted)
    said = len(own & set(wanted)) / len(own) if own else 0.0
    text = asked.lower()
    named = sum(min(len(word), _NAMED_MOST) / 5 for word in words.keywords if word and word.lower() in text)
    return covered + said + named


@lru_cache(1024)
def _tokens(words: Words) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The tokens of question and keywords, of the answer, and the terms that the question itself asks."""
    head = bigrams(" ".join((words.question, *words.keywords)))
    return frozenset(head), frozenset(bigrams(words.answer)), frozenset(terms(words.question))


def _in(term: str, tokens: frozenset[str]) -> bool:
    return term in tokens or (len(term) == 1 and any(token.startswith(term) for token in tokens))
