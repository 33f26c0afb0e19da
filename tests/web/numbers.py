"""Every number of a page opened: whatever says how many leads to a list of exactly so many."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

_WHOLE = re.compile(r"\d+")
_PARTS = re.compile(r"(?P<above>[\d.]+) / (?P<below>[\d.]+)")


@dataclass
class Link:
    """One link of a page: its words, the value of a tile in it, and what its title says."""

    href: str
    title: str
    words: str = ""
    value: str = ""

    @property
    def counts(self) -> int | None:
        """How many the link says there are; None where it says nothing of the kind."""
        if self.value.isdigit():
            return int(self.value)
        if self.value:
            return sum(map(int, _WHOLE.findall(re.sub(r"[+−]?\d+\.\d+%?", "", self.words)))) or None
        if parts := _PARTS.fullmatch(self.title):
            return int(float(parts["below"]))
        last = self.words.split()[-1:] or [""]
        return int(last[0]) if last[0].isdigit() else None


@dataclass
class Page(HTMLParser):
    """What the main part of a page links to, and how many lines its list has."""

    links: list[Link] = field(default_factory=list)
    lines: int = 0
    following: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside = self._value = False
        self._link: Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = self._inside or tag == "main"
        if tag == "a" and given.get("rel") == "next":
            self.following = given["href"]
        elif tag == "a" and self._inside:
            self._link = Link(given.get("href", ""), given.get("title", ""))
        elif tag == "tr" and ("data-href" in given or "data-person" in given):
            self.lines += 1
        self._value = "tile-value" in given.get("class", "")

    def handle_data(self, data: str) -> None:
        if self._link and self._value:
            self._link.value += data.strip()
        elif self._link:
            self._link.words += f" {data.strip()}"

    def handle_endtag(self, tag: str) -> None:
        self._value = False
        if tag == "a" and self._link:
            self.links.append(self._link)
            self._link = None
        self._inside = self._inside and tag != "main"


def read(client: Client, path: str) -> Page:
    answer = client.get(path.partition("#")[0])
    assert answer.status_code == 200, path
    page = Page()
    page.feed(answer.content.decode())
    return page


def _at(page: str, href: str) -> str:
    """Where a link of a page leads; one that begins with "?" stays there, with nothing kept of what was asked."""
    return href if href.startswith("/") else page.partition("?")[0] + href


def lines_at(client: Client, path: str) -> int:
    """How many lines a list has on all its pages together."""
    found, lines = read(client, path), 0
    while True:
        lines += found.lines
        if not found.following:
            return lines
        path = _at(path, found.following)
        found = read(client, path)


def walked(client: Client, path: str) -> tuple[int, list[str]]:
    """How many numbers of a page were opened, and in words those that lead to another number of lines."""
    opened, wrong = 0, []
    for link in read(client, path).links:
        if (said := link.counts) is None:
            continue
        opened += 1
        there = lines_at(client, _at(path, link.href))
        if there not in {said, said / 60}:
            wrong.append(f"{path}: {link.value or link.words.strip()} ({said}) -> {link.href}: {there}")
    return opened, wrong
