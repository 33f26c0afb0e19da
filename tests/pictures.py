"""Pictures of every main page, in both languages, for docs/pictures: ``python -m tests.pictures [word in a name …]``.

Starts the platform with the demonstration district in a data folder of its own (kept in the temporary folder, so that
the second run is quick), opens the pages in Chromium as the people who sit at them, and writes one WebP each.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from huying.people.rules.codes import code_at
from tests.browser.chromium import CHROMIUM, DESK, FLAGS, PHONE, SCREEN, WALL

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PORT = "8197"
FOLDER = Path(tempfile.gettempdir()) / "huying-pictures"
BASE = f"http://127.0.0.1:{PORT}"
# What a phone shows when it offers to put the page among its apps.
SHOWN_TO_INSTALL = {"report": "phone-report.webp", "track": "phone-track.webp"}
STATIC = Path(__file__).parents[1] / "src" / "huying" / "web" / "static"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True)
class Picture:
    """A page as one person sees it; ``wait`` is what must have been drawn, ``scheme`` light or dark."""

    name: str
    login: str
    path: str
    size: tuple[int, int] = DESK
    wait: str = ""
    scheme: str = "light"


_SIGNED_IN: dict[str, Any] = {}

SHOTS = (
    Picture("home", "", "/", PHONE),
    Picture("report", "", "/report", PHONE),
    Picture("track", "", "/track", PHONE),
    Picture("public", "", "/public", PHONE),
    Picture("questions", "", "/questions/", PHONE),
    Picture("nearby", "", "/nearby/?area=990101001001#found", PHONE),
    Picture("booking", "", "/nearby/services/", PHONE),
    Picture("seat", "zuoxi", "/seat/"),
    Picture("dispatch", "jiedao", "/dispatch/"),
    Picture("home-dark", "", "/", PHONE, scheme="dark"),
    Picture("dispatch-dark", "jiedao", "/dispatch/", scheme="dark"),
    Picture("handling", "shiwu", "/handling/"),
    Picture("handling-phone", "shiwu", "/handling/", PHONE),
    Picture("cases", "quji", "/case/"),
    Picture("checks", "jiedao", "/oversight/checks"),
    Picture("follow-ups", "pingjia", "/evaluation/follow-ups"),
    Picture("disputes", "caiding", "/oversight/disputes"),
    Picture("oversight", "duban", "/oversight/"),
    Picture("supervision-orders", "duban", "/oversight/orders"),
    Picture("evaluation", "pingjia", "/evaluation/"),
    Picture("reports", "duban", "/reports/"),
    Picture("checkup", "duban", "/checkup/"),
    Picture("tasks", "duban", "/account/work/"),
    Picture("imports", "quji", "/admin/imports/"),
    Picture("figures-paper", "pingjia", "/evaluation/?paper=1&span=quarter"),
    Picture("knowledge", "zuoxi", "/admin/knowledge/"),
    Picture("teams", "quji", "/admin/teams/?area=990101001001"),
    Picture("roster", "jiedao", "/admin/duty/2/week"),
    Picture("duty-phone", "jiedao", "/duty/", PHONE),
    Picture("musters", "jiedao", "/volunteers/"),
    Picture("joint-units", "jiedao", "/volunteers/units/"),
    Picture("volunteer", "", "/volunteer/", PHONE),
    Picture("areas", "guanli", "/admin/areas"),
    Picture("list", "guanli", "/admin/catalogue/1"),
    Picture("what-if", "guanli", "/admin/catalogue/1/what-if"),
    Picture("settings", "guanli", "/admin/settings"),
    Picture("calendar", "guanli", "/admin/settings/calendar"),
    Picture("formulas", "guanli", "/admin/settings/formulas"),
    Picture("accounts", "guanli", "/admin/accounts"),
    Picture("bodies", "guanli", "/admin/bodies"),
    Picture("texts", "guanli", "/admin/texts/"),
    Picture("changes", "shenji", "/admin/audit/changes"),
    Picture("bookings", "jiedao", "/services/"),
    Picture("facilities", "jiedao", "/services/facilities/"),
    Picture("circle", "duban", "/services/circle?kind=clinic"),
    Picture("command", "quji", "/command/", SCREEN, "[data-drawn]"),
    Picture("command-wall", "quji", "/command/", WALL, "[data-drawn]"),
)


@contextmanager
def platform() -> Iterator[str]:
    """The platform with its demonstration; the password of its people."""
    folder = FOLDER
    kept = {name: text for name, text in os.environ.items() if not name.startswith("HUYING_")}
    environment = {**kept, "HUYING_DATA_DIR": str(folder), "HUYING_PORT": PORT}

    def huying(*words: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "huying", *words],
            env=environment,
            check=True,
            text=True,
            capture_output=True,
        )
        return told.stdout + told.stderr

    huying("migrate")
    notes = folder / "demo.txt"
    told = huying("demo", "--if-empty")
    if "Huying-" in told:
        notes.write_text(told, encoding="utf-8")
    password = re.search(r"Huying-\d+", notes.read_text(encoding="utf-8"))
    if password is None:
        raise SystemExit(f"no password in {notes}: remove {folder} and begin again")
    serving = subprocess.Popen([sys.executable, "-m", "huying", "serve"], env=environment)
    try:
        _until_up()
        yield password[0]
    finally:
        serving.terminate()
        serving.wait(30)


def _until_up() -> None:
    for _ in range(120):
        try:
            if httpx.get(f"{BASE}/healthz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise SystemExit("the platform did not come up")


def enter(page: Any, login: str, password: str) -> None:
    """Sign in by the form; who must have a second factor sets one up, whose secret is kept beside the data."""
    secret = FOLDER / f"{login}.secret"
    page.goto(f"{BASE}/account/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    if "second-factor" in page.url:
        secret.write_text("".join(page.inner_text("code.number").split()), encoding="utf-8")
    if page.locator("[name=code]").count():
        page.fill("[name=code]", code_at(secret.read_text(encoding="utf-8"), datetime.now(UTC)))
        page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def take(chromium: Any, shot: Picture, language: str, password: str) -> str:
    """One picture, written; "" or what went wrong on the page. Who signed in stays so for the next."""
    width, height = shot.size
    context = chromium.new_context(
        storage_state=_SIGNED_IN.get(shot.login),
        viewport={"width": width, "height": height},
        locale=LANGUAGES[language],
        has_touch=width < 600,
        color_scheme=shot.scheme,
    )
    faults: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        if shot.login and shot.login not in _SIGNED_IN:
            enter(page, shot.login, password)
            _SIGNED_IN[shot.login] = context.storage_state()
        page.goto(BASE + ("/account/" if shot.login else "/"))
        _say(page, language)
        page.goto(BASE + shot.path)
        if shot.wait:
            page.wait_for_selector(shot.wait)
        page.wait_for_timeout(800)
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.save(PICTURES / f"{shot.name}-{language}.webp", quality=80, method=6)
        if language == "zh" and shot.name in SHOWN_TO_INSTALL:
            picture.save(STATIC / SHOWN_TO_INSTALL[shot.name], quality=80, method=6)
    finally:
        context.close()
    return "; ".join(faults)


def _say(page: Any, language: str) -> None:
    """Switch the page where it speaks the other language: an account's own comes before the visitor's."""
    if not page.locator("html").get_attribute("lang").startswith(language):
        with page.expect_navigation():
            page.click("button[name=language]")


def main(wanted: list[str]) -> int:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with platform() as password, sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for shot in SHOTS:
            if wanted and not any(word in shot.name for word in wanted):
                continue
            for language in LANGUAGES:
                faults = take(chromium, shot, language, password)
                wrong += bool(faults)
                sys.stderr.write(f"{shot.name}-{language} {faults or 'ok'}\n")
        chromium.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
