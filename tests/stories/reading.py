"""Pages as a person without scripts reads them: words, buttons, and forms filled in by what stands beside a box."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

_EMPTY = frozenset({"input", "br", "img", "meta", "link", "hr", "source", "use", "path", "wbr", "col"})
_UNSEEN = frozenset({"script", "style", "template"})
_BLOCKS = frozenset(
    {"p", "li", "div", "td", "th", "tr", "section", "h1", "h2", "h3", "h4", "dt", "dd", "label", "option", "button", "a"}
)  # fmt: skip


@dataclass
class Node:
    """An element; words stand among its ``children`` as plain text."""

    name: str
    given: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, one space between them."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> list[str]:
        if self.name in _UNSEEN:
            return []
        found = [" "] if self.name in _BLOCKS else []
        for child in self.children:
            found += [child] if isinstance(child, str) else child._words()
        return [*found, " "] if self.name in _BLOCKS else found

    def all(self, *names: str) -> list["Node"]:
        """Every element of these names below it, in the order of the page."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.name in names else []
                found += child.all(*names)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Node("page")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if tag in {"li", "option", "p", "tr", "td", "th"} and self._open[-1].name == tag:
            self._open.pop()
        self._open[-1].children.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.name == tag for node in self._open[1:]):
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


class Form:
    """A form with what stands in it; choices are named by the words beside them, or by a part of these."""

    def __init__(self, node: Node) -> None:
        self.node, self.action = node, node.given.get("action", "")
        self.values: dict[str, list[Any]] = {}
        self._choices: dict[str, list[tuple[str, str]]] = {}
        self._many: set[str] = set()
        for label in node.all("label"):
            for box in label.all("input"):
                self._choices.setdefault(box.given.get("name", ""), []).append(
                    (box.given.get("value", ""), label.text)
                )
        for box in node.all("input", "textarea", "select"):
            self._read(box)

    def _read(self, box: Node) -> None:
        name, kind = box.given.get("name", ""), box.given.get("type", "text")
        if not name or kind == "file":
            return
        if box.name == "select":
            rows = [
                (one.given.get("value", one.text), one.text, "selected" in one.given)
                for one in box.all("option")
            ]
            self._choices[name] = [(value, words) for value, words, _chosen in rows]
            self.values.setdefault(name, []).append(
                next((value for value, _w, chosen in rows if chosen), rows[0][0] if rows else "")
            )
        elif kind in {"radio", "checkbox"}:
            self._many |= {name} if kind == "checkbox" else set()
            if "checked" in box.given:
                self.values.setdefault(name, []).append(box.given.get("value", "on"))
        else:
            words = box.text if box.name == "textarea" else box.given.get("value", "")
            self.values.setdefault(name, []).append(words)

    def fill(self, name: str, value: Any) -> Self:
        """Put a value where a person would: type it, or choose what is called so."""
        if name in self._many:
            self.values[name] = [self._choice(name, one) for one in value]
        elif name in self._choices and isinstance(value, str):
            self._choose(name, value)
        else:
            self.values[name] = [*value] if isinstance(value, list) else [value]
        return self

    def chosen(self, name: str) -> list[str]:
        """The words beside what is chosen now."""
        return [label for value, label in self._choices[name] if value in self.values.get(name, [])]

    def _choose(self, name: str, words: str) -> None:
        """Among what is offered, else in the list of all others beside it."""
        other = f"{name}-other"
        if other in self._choices and not any(
            words in label for _v, label in self._choices[name] if _v != "other"
        ):
            self.values[name], self.values[other] = ["other"], [self._choice(other, words)]
        else:
            self.values[name] = [self._choice(name, words)]

    def _choice(self, name: str, words: str) -> str:
        choices = self._choices[name]
        exact = [value for value, label in choices if words == label]
        part = [value for value, label in choices if words in label]
        assert exact or part, f"nothing called {words} in {name}: {[label for _value, label in choices]}"
        return (exact or part)[0]


class Page:
    """What came back: where it was, its words and its forms."""

    def __init__(self, address: str, status: int, html: str) -> None:
        self.address, self.status, self.html = address, status, html
        reader = _Reader()
        reader.feed(html)
        self.top = reader.top

    @property
    def text(self) -> str:
        return self.top.text

    @property
    def title(self) -> str:
        return next(iter(self.top.all("h1")), self.top).text

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def part(self, title: str, names: tuple[str, ...] = ("section", "article", "tr", "li")) -> str:
        """The words of the smallest part of the page in which these stand."""
        found = [node.text for node in self.top.all(*names) if title in node.text]
        assert found, f"{title} does not stand on {self.address}: {self.text[:3000]}"
        return min(found, key=len)

    def form(self, words: str = "", action: str = "") -> Form:
        """The first form that has a button so called, or goes to an address that ends so."""
        for node in self.top.all("form"):
            named = any(words in one.text for one in node.all("button"))
            if (not words or named) and node.given.get("action", "").split("?")[0].endswith(action):
                return Form(node)
        raise AssertionError(f"no form {words}{action} on {self.address}: {self.text[:3000]}")

    def button(self, words: str) -> Node:
        """The link or button of a step, among what may be done there."""
        found = [node for node in self._steps if _is_called(node.text, words)]
        assert found, f"no button {words} on {self.address}: {[node.text for node in self._steps]}"
        return found[0]

    def has_button(self, words: str) -> bool:
        return any(_is_called(node.text, words) for node in self._steps)

    @property
    def _steps(self) -> list[Node]:
        where = next((one for one in self.top.all("section") if one.given.get("id") == "actions"), self.top)
        return where.all("a", "button")

    @property
    def numbers(self) -> list[str]:
        """The numbers of cases that it links to, each once."""
        return numbers_in(self.top)


def numbers_in(part: Node) -> list[str]:
    """The numbers of cases that a part of a page links to, each once."""
    linked = [node.given.get("href", "") for node in [part, *part.all("a")]]
    found = (re.search(r"\d{6}-\d{9}", one) for one in [*linked, part.given.get("data-href", "")])
    return list(dict.fromkeys(one[0] for one in found if one))


def _is_called(text: str, words: str) -> bool:
    return re.sub(r"( \w)?$", "", text) == words or text == words or text.startswith(f"{words}（")
