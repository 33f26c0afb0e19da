"""Residents and staff of a story. They read pages, press buttons and fill in forms, and can do nothing else."""

import io
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.simulate.loading.photos import drawn
from tests.people.cast import PASSWORD, enter
from tests.stories.hotline import handed_over
from tests.stories.reading import Form, Page, numbers_in

if TYPE_CHECKING:
    from tests.stories.narrator import Story

_DONE: Final = "已记入办理过程"
_ANYWAY: Final = "仍然发送"
_PASSWORD_DUE: Final = "修改密码"


class _Person:
    def __init__(self, story: "Story", name: str) -> None:
        self.story, self.name, self.client = story, name, Client()

    def opens(self, address: str) -> Page:
        """Go to a page and read it; where it leads on, follow."""
        answer = self.client.get(address, follow=True)
        return _read(answer, address)

    def sends(self, form: Form, here: str, button: tuple[str, str] | None = None, **files: Any) -> Page:
        """Press the button of a form."""
        given = {**form.values, **({button[0]: button[1]} if button else {}), **files}
        answer = self.client.post(form.action or here, given, follow=True)
        self.story.settle()
        return _read(answer, form.action or here)


class Resident(_Person):
    """``receipt`` is that of what was said last."""

    def __init__(self, story: "Story", name: str, phone: str) -> None:
        super().__init__(story, name)
        self.phone, self.receipt = phone, ""

    def says(self, text: str, spot: str, *, photo: bool = False, place: str = "") -> Page:
        """Report something on the phone, standing at the spot; the page with the receipt."""
        form = self.opens("/report").form("提交")
        lon, lat = self.story.town.spots[spot]
        form.fill("text", text).fill("place", place or spot).fill("phone", self.phone)
        form.fill("lon", f"{lon}").fill("lat", f"{lat}").fill("accuracy", "12")
        page = self.sends(form, "/report", **({"photos": [picture(mended=False)]} if photo else {}))
        assert "/receipt/" in page.address, page.text
        self.receipt = page.address.rsplit("/", 1)[1]
        return page

    def rings(self, text: str, spot: str, *, kind: str = "complaint") -> None:
        """Tell it to the city's hotline, which hands it over; then look it up by receipt and the end of the number."""
        lon, lat = self.story.town.spots[spot]
        appeal = {"text": text, "kind": kind, "place_text": spot, "lon": lon, "lat": lat, "datum": "cgcs2000",
                  "name": self.name, "phone": self.phone, "channel": "hotline"}  # fmt: skip
        self.receipt = handed_over(self.story.town.key, f"hotline-{self.phone}", appeal)["receipt"]
        self.story.settle()
        form = self.opens("/track").form("查询").fill("receipt", self.receipt).fill("tail", self.phone[-4:])
        assert text[:12] in self.sends(form, "/track")

    def track(self) -> Page:
        """What the receipt shows now."""
        return self.opens(f"/track/{self.receipt}")

    def messages(self) -> list[str]:
        """The text messages on their telephone, oldest first."""
        return self.story.messages_to(self.phone)

    def judges(self, *, solved: bool, part: str = "", **stars: int | str) -> Page:
        """Answer whether it was solved; where the matter has several parts, of the one with these words."""
        page = self.track()
        where = next(
            node
            for node in page.top.all("section")
            if part in node.text and any("rating" in f.given.get("action", "") for f in node.all("form"))
        )
        forms = [Form(node) for node in where.all("form") if node.given.get("action", "").endswith("/rating")]
        form = next(one for one in forms if not stars or "speed" in str(one.node.all("input")))
        for name, value in stars.items():
            form.values[name] = [str(value)]
        return self.sends(form, page.address, ("solved", "yes" if solved else "no"))


class Officer(_Person):
    """Somebody signed in; who was away for long signs in again."""

    def __init__(self, story: "Story", name: str, account: int) -> None:
        super().__init__(story, name)
        self.account, self.password = account, PASSWORD

    def opens(self, address: str) -> Page:
        self._sign_in()
        page = super().opens(address)
        if page.title != _PASSWORD_DUE:
            return page
        self._change_password(page)
        return super().opens(address)

    def _change_password(self, page: Page) -> None:
        """What the platform asks of everybody every ninety days."""
        form, old = page.form("保存新密码"), self.password
        self.password = f"Huying-{self.story.clock.now:%y%m%d}"
        form.fill("old", old).fill("new", self.password).fill("again", self.password)
        changed = self.sends(form, page.address)
        assert changed.title != _PASSWORD_DUE, changed.text

    def _sign_in(self) -> None:
        seen = self.client.session.get("seen", 0) if "sessionid" in self.client.cookies else 0
        if self.story.clock.now.timestamp() - seen > 600:
            self.client.cookies.clear()
            enter(self.client, self.account)

    def finds(self, words: str, desk: str = "/case/") -> str:
        """The number of the case that a desk lists under these words."""
        page = self.opens(desk)
        for row in page.top.all("tr", "li", "article"):
            if words in row.text and (numbers := numbers_in(row)):
                return numbers[0]
        raise AssertionError(f"{words} is not at {desk} of {self.name}: {page.text[:3000]}")

    def case(self, number: str) -> Page:
        return self.opens(f"/case/{number}")

    def does(self, number: str, step: str, *, photos: bool = False, **facts: Any) -> Page:
        """Take a step on the page of a case by the button so called; it must be taken."""
        page = self.tries(number, step, photos=photos, **facts)
        if _ANYWAY in page:
            # Advice on a reply is read, and stops nobody.
            page = self.sends(page.form(_ANYWAY), page.address)
        assert _DONE in page, f"{self.name} could not {step}: {page.text[:3000]}"
        return page

    def tries(self, number: str, step: str, *, photos: bool = False, **facts: Any) -> Page:
        """The same, whatever comes of it."""
        page = self.case(number)
        button = page.button(step)
        if button.name == "button":
            return self.sends(page.form(step), page.address)
        address = button.given["href"]
        page = self.opens(address)
        form = page.form(action=address.split("?")[0])
        if "item" in facts:
            words = facts["item"]
            form.fill("item-words", words)
            form = self.sends(form, address, ("find", "item")).form(action=address.split("?")[0])
        for name, value in facts.items():
            form.fill(name, value)
        files = {"photos_before": [picture(mended=False)], "photos": [picture(mended=True)]} if photos else {}
        return self.sends(form, address, **files)

    def told(self) -> str:
        """Everything that stands under the bell."""
        return self.opens("/account/notices?show=all").text


def picture(*, mended: bool) -> SimpleUploadedFile:
    """A drawn street, before or after."""
    content = io.BytesIO(drawn(1, mended=mended)).getvalue()
    return SimpleUploadedFile("现场.png", content, content_type="image/png")


def _read(answer: Any, address: str) -> Page:
    last = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else address
    page = Page(last, answer.status_code, answer.content.decode())
    assert answer.status_code < 500, page.text[:2000]
    return page
