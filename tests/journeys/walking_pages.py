"""A reader without scripts: follows the links of pages, fills in their forms and sends them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import etree

_WRITTEN: Final = {"text", "search", "tel", "textarea", "password", "email", "url"}
# What a person sees of a refusal: a field's error, the list over the form, a notice.
_TOLD: Final = {"error", "wrongs", "notice-red"}
_WARNED: Final = "notice-amber"
# One page of these is like the next; of the others each state of a case has its own buttons.
_EACH: Final = {
    "case:page", "citizen:track", "dispatch:pane", "handling:pane", "deliberation:proposal", "consult:page",
}  # fmt: skip


@dataclass
class Control:
    """One field of a form; ``values`` are what may be chosen."""

    name: str
    kind: str
    value: str | None = None
    values: list[str] = field(default_factory=list)

    @property
    def written(self) -> bool:
        """Whether a person writes into it what they like."""
        return self.kind in _WRITTEN


@dataclass
class Form:
    """A form as it stands on a page."""

    page: str
    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """Two forms with one key are the same form about different things."""
        route = route_of(self.action)
        hidden = {name: self.controls[name].value for name in ("outcome", "do") if name in self.controls}
        return (*route, self.method, *sorted(hidden.items()), *sorted(self.controls))

    @property
    def written(self) -> list[Control]:
        """The fields that a person writes into."""
        return [control for control in self.controls.values() if control.written]

    @property
    def chosen(self) -> list[Control]:
        """The fields whose values the page gave, or that take a number or a day."""
        open_to_all = {"file", "csrfmiddlewaretoken", "next"}
        return [
            one
            for one in self.controls.values()
            if not one.written and not {one.kind, one.name} & open_to_all
        ]

    def filled(self, words: str) -> dict[str, Any]:
        """What a willing person sends: first choices taken, ``words`` written where nothing stands."""
        given = {name: _answer(control, words) for name, control in self.controls.items()}
        return {name: value for name, value in given.items() if value is not None}


def _answer(control: Control, words: str) -> str | None:
    if control.value is not None and (control.value or not control.written):
        return control.value
    by_kind = {
        "number": "3",
        "date": "2030-01-31",
        "datetime-local": "2030-01-31T09:00",
        "tel": "13800000001",
    }
    if control.values:
        return next((value for value in control.values if value), "")
    return by_kind.get(control.kind, words if control.written else None)


class _Reader:
    """Links, forms and refusals of one page: what a parser tells of it is noted."""

    def __init__(self, page: str) -> None:
        self.page, self.links, self.forms = page, [], []
        self.told: list[str] = []
        self.warned: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._open: list[set[str]] = []
        self._choice: Control | None = None
        self._text: Control | None = None
        self._said: list[str] = []

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        self._hear()
        self._open.append(set(given.get("class", "").split()))
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.page, given["href"]))
        elif tag == "form":
            action = urljoin(self.page, given.get("action", ""))
            self._form = Form(self.page, action, given.get("method", "get").lower())
            self._by_id[given.get("id", "")] = self._form
            self.forms.append(self._form)
        elif tag in {"input", "select", "textarea", "button", "option"}:
            self._control(tag, given)

    def _control(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "option":
            self._option(given)
            return
        form = self._by_id.get(given["form"], self._form) if given.get("form") else self._form
        name, kind = given.get("name", ""), given.get("type", "text") if tag == "input" else tag
        if form is None or not name or kind in {"button", "reset"}:
            return
        if "readonly" in given or "hidden" in given:
            kind = "hidden"
        control = form.controls.setdefault(name, Control(name, kind))
        if kind in {"radio", "checkbox", "button"}:
            control.values.append(given.get("value", "on"))
            if "checked" in given:
                control.value = given.get("value", "on")
        elif tag == "input":
            control.value = given.get("value", "")
        self._choice = control if tag == "select" else None
        self._text = control if tag == "textarea" else None
        if self._text is not None:
            control.value = ""

    def _option(self, given: Mapping[str, str]) -> None:
        if self._choice is not None:
            self._choice.values.append(given.get("value", ""))
            if "selected" in given:
                self._choice.value = given.get("value", "")

    def end(self, tag: str) -> None:
        self._hear()
        self._open.pop()
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None

    def data(self, said: str) -> None:
        self._said.append(said)

    def close(self) -> None:
        self._hear()

    def _hear(self) -> None:
        """The words since the last tag, which come in pieces."""
        said = "".join(self._said)
        self._said.clear()
        if self._text is not None:
            self._text.value = ((self._text.value or "") + said).removeprefix("\n")
        elif said.strip():
            classes = set().union(*self._open)
            self.told += [said.strip()] if classes & _TOLD else []
            self.warned += [said.strip()] if _WARNED in classes else []


def read(page: str, html: str) -> _Reader:
    reader = _Reader(page)
    if html.strip():
        # A character that no page can hold would end it for the parser.
        etree.fromstring(html.replace("\x00", ""), etree.HTMLParser(target=reader))
    return reader


def route_of(address: str) -> tuple[str, ...]:
    """The route behind an address, with the verb and the sort of thing it is about."""
    return _route(urlsplit(address).path) or (address,)


@cache
def _route(path: str) -> tuple[str, ...]:
    # Every page has the same fifty links; to resolve them takes longer than to read the page.
    try:
        found = resolve(path)
    except Resolver404:
        return ()
    about = [str(found.kwargs[name]) for name in ("verb", "what") if name in found.kwargs]
    return (found.view_name, *about)


# What answered with a file once holds no link and no form for anybody; some take half a second to make.
_files: set[tuple[Any, ...]] = set()


def pages_of(
    client: Client, starts: Sequence[str], seen: set[tuple[Any, ...]], each: Collection[str] = _EACH
) -> Iterator[tuple[str, _Reader]]:
    """Every page reached by links from ``starts``, one of each kind; kinds in ``seen`` are left out.

    Of the routes ``each`` every page is a kind of its own.
    """
    waiting, known = list(starts), set()
    while waiting:
        address = waiting.pop(0).split("#")[0]
        key = page_key(address, each)
        if address in known or key in seen or key in _files or urlsplit(address).netloc:
            continue
        known.add(address)
        seen.add(key)
        answer = client.get(address)
        assert answer.status_code < 500, address
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code >= 300:
            waiting += [answer["Location"]] if 300 <= answer.status_code < 400 else []
            if answer.status_code == 200:
                _files.add(key)
            continue
        reader = read(address, answer.text)
        waiting += reader.links
        yield address, reader


def forms_of(client: Client, starts: Sequence[str], seen: set[tuple[Any, ...]]) -> Iterator[Form]:
    """Every form that the pages reached from ``starts`` offer; pages and forms in ``seen`` are left out."""
    for _address, reader in pages_of(client, starts, seen):
        for form in reader.forms:
            if form.key not in seen:
                seen.add(form.key)
                yield form


def page_key(address: str, each: Collection[str] = _EACH) -> tuple[Any, ...]:
    """Two pages with one key are the same page about different things."""
    route, parts = route_of(address), urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    about = parts.path if route[0] in each else ""
    return ("page", *route, about, asked.get("outcome", ""), asked.get("tab", ""), asked.get("closed", ""))


def holds(html: str, words: str) -> bool:
    """Whether a page shows these words, as text or in a field."""
    return _plain(words) in _plain(unescape(html))


def _plain(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", "", text)
