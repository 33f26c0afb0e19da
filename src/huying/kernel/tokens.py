"""What a text is found by: pairs of Chinese characters, and whole words and numbers.

Chinese writes no spaces, and cutting it into words needs a dictionary that never knows the next estate's
name. Every pair of neighbouring characters is therefore a token, which finds any phrase of two characters
or more without a dictionary. The last character of each run is a token by itself, so that a search for one
single character, asked as the beginning of a token, finds it wherever it stands.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

# Unified ideographs with their extensions, compatibility forms, and 〇 as in 二〇二六.
_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN: Final = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+)")
# A lexeme longer than this is a pasted key or picture, which nobody searches for.
_LONGEST: Final = 64


def bigrams(text: str) -> list[str]:
    """The search tokens of ``text``, each once, in order of first appearance.

    Full-width forms are folded and letters lowered. Chinese runs give their pairs and their last character;
    words and numbers stay whole, cut at 64 characters.

    >>> bigrams("龙田路ＡＢ12号")
    ['龙田', '田路', '路', 'ab12', '号']
    """
    found: list[str] = []
    for han, word in _RUN.findall(_folded(text)):
        if han:
            found += [a + b for a, b in pairwise(han)]
            found.append(han[-1])
        else:
            found.append(word[:_LONGEST])
    return list(dict.fromkeys(found))


def query_terms(text: str) -> list[str]:
    """The terms a stored text must all have to be found by ``text``, each once.

    A term of one Chinese character is to be matched as the beginning of a token, every other one whole
    (:func:`tsquery` writes it so).

    >>> query_terms("龙田路 积水")
    ['龙田', '田路', '积水']
    """
    found: list[str] = []
    for han, word in _RUN.findall(_folded(text)):
        if len(han) > 1:
            found += [a + b for a, b in pairwise(han)]
        else:
            found.append(han or word[:_LONGEST])
    return list(dict.fromkeys(found))


def tsquery(text: str) -> str:
    """:func:`query_terms` as the text of a PostgreSQL ``tsquery``; empty when there is nothing to search.

    >>> tsquery("积水 路")
    "'积水' & '路':*"
    """
    return " & ".join(f"'{term}':*" if _is_single_han(term) else f"'{term}'" for term in query_terms(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _is_single_han(term: str) -> bool:
    match = _RUN.fullmatch(term) if len(term) == 1 else None
    return bool(match and match[1])
