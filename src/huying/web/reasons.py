"""The reasons of a suggestion in the reader's language: the ledger keeps them as they were said, in Chinese."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# As huying.loop.allocate.queries.bodies writes them.
_SENTENCES: Final = (
    (
        re.compile(r"首判：“(?P<item>.+)”先由(?P<body>.+)处置"),
        gettext_noop("首判：“%(item)s”先由%(body)s处置"),
    ),
    (
        re.compile(r"清单：“?(?P<item>.+?)”?由(?P<body>.+)牵头"),
        gettext_noop("清单：“%(item)s”由%(body)s牵头"),
    ),
    (
        re.compile(
            r"历史：近 (?P<days>\d+) 天(?P<place>.+)最近 (?P<all>\d+) 件同类中 (?P<own>\d+) 件由(?P<body>.+)办理"
        ),
        gettext_noop("历史：近 %(days)s 天%(place)s最近 %(all)s 件同类中 %(own)s 件由%(body)s办理"),
    ),
    (
        re.compile(r"先例：(?P<month>[\d-]+) 裁定（案件 (?P<case>[\d-]+)）同类情形由其办理"),
        gettext_noop("先例：%(month)s 裁定（案件 %(case)s）同类情形由其办理"),
    ),
)


def reason(said: str) -> str:
    """The sentence in the language of the page; one of another making as it stands."""
    for pattern, words in _SENTENCES:
        found = pattern.fullmatch(said)
        if found:
            return _(words) % found.groupdict()
    return said
