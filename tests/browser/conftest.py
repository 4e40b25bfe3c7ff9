"""One real Chromium for all browser tests. Without a browser they fail; they are never skipped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sna.privacy.release import Release
from sna.render.pages import render_pages

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "render")]

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Visit:
    """A page opened from a file, and everything it did that it should not have done."""

    page: Page
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.goto(path.as_uri() + fragment)
        if path.parent.name == "networks":
            self.page.wait_for_function("window.snaPage !== undefined")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = import_module("browser_path").find_browser()
    if path is None:
        pytest.fail("No browser was found: python tests/browser_path.py --install", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens pages offline; any request but the page itself, any message and any dialog is a fault."""
    visits: list[Visit] = []

    def start(width: int = 1280, height: int = 800, **options: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        page = context.new_page()
        visit = Visit(page)
        page.on("console", lambda message: visit.faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: visit.faults.append(f"error: {error}"))

        def refuse(dialog: object) -> None:
            visit.faults.append("a dialog")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.on("request", lambda request: visit.requests.append(request.url))
        visits.append(visit)
        return visit

    yield start
    for visit in visits:
        visit.page.context.close()
        assert visit.faults == []
        asked = [url for url in visit.requests if not url.startswith("data:")]
        assert all(url.startswith("file:") and url.split("#")[0].endswith(".html") for url in asked), asked


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Release], Path]:
    """Writes the pages of a release once, and gives their folder."""
    done: dict[str, Path] = {}

    def write(name: str, made: Release) -> Path:
        if name not in done:
            folder = tmp_path_factory.mktemp("pages")
            (folder / "networks").mkdir()
            for path, text in render_pages(made, 1).items():
                (folder / path).write_text(text, encoding="utf-8")
            done[name] = folder
        return done[name]

    return write
