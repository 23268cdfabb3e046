"""A person at the labelling screen, in headless Chromium."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from jiyao.review.serve import Access

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The box on the page of the code points from ``start`` to ``end`` of the shown text.
_BOX = """([start, end]) => {
  const root = document.querySelector('[class*="htx-richtext"], [class*="richtext__container"], .jiyao-text');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const boxes = [];
  let position = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) { if (node.tagName === 'BR') position += 1; continue; }
    let unit = 0;
    for (const symbol of node.textContent) {
      if (position === start || position === end - 1) {
        const range = document.createRange();
        range.setStart(node, unit); range.setEnd(node, unit + symbol.length);
        const box = range.getBoundingClientRect();
        boxes.push({symbol, x: box.x, y: box.y, width: box.width, height: box.height});
      }
      unit += symbol.length; position += 1;
    }
  }
  return boxes;
}"""


class Reviewer:
    """Does with mouse and keys what a reviewer does. Offsets are code points of the text."""

    def __init__(self, page: Page, access: Access) -> None:
        self.page, self.access = page, access

    def sign_in(self) -> None:
        self.page.goto(f"{self.access.url}/user/login/")
        self.page.fill("input[name=email]", self.access.email)
        self.page.fill("input[name=password]", self.access.password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "login" not in url)

    def open(self, link: str) -> None:
        self.page.goto(link)
        self.page.wait_for_selector(".htx-highlight", state="attached", timeout=120_000)
        self.page.get_by_role("button", name="Submit").or_(self.page.get_by_role("button", name="Update")).wait_for()

    def boxes(self, start: int, end: int) -> list[dict[str, float]]:
        found: list[dict[str, float]] = self.page.evaluate(_BOX, [start, end])
        return found

    def mark(self, key: str, start: int, end: int) -> None:
        """Choose a label by its key and draw over the text."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press(key)
        self.scroll_to(start)
        boxes = self.boxes(start, end)
        first, last = boxes[0], boxes[-1]
        self.page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=8)
        self.page.mouse.up()
        self.page.wait_for_timeout(300)

    def choose(self, start: int, end: int) -> None:
        """Click on a region, at its middle."""
        self.page.keyboard.press("Escape")
        self.scroll_to(start)
        self._click(start, end)

    def relabel(self, start: int, end: int, key: str) -> None:
        self.choose(start, end)
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(300)

    def delete(self, start: int, end: int) -> None:
        self.choose(start, end)
        self.page.keyboard.press("Backspace")
        self.page.wait_for_timeout(300)

    def relate(self, clause: tuple[int, int], mention: tuple[int, int], role: str) -> None:
        """Draw a relation from a clause, clicked where no mention covers it, to a mention, and give it its role."""
        tab = self.page.locator(".lsf-panel-tabs__tab", has_text="Relations").locator("visible=true").first
        rows = self.page.locator(".lsf-relations__item")
        tab.click()
        rows.first.wait_for()
        before = rows.count()
        for attempt in range(1, 5):  # on a busy machine the page may not have seen the first click yet
            self.choose(*clause)
            self.page.keyboard.press("Alt+r")
            self.page.wait_for_timeout(300 * attempt)
            self._click(*mention)
            tab.click()
            with contextlib.suppress(AssertionError):
                expect(rows).to_have_count(before + 1, timeout=15_000)
                break
        row = rows.last
        row.scroll_into_view_if_needed()
        row.hover()
        row.get_by_label("Show Relation Labels").click()
        row.get_by_test_id("select-trigger-").click()
        self.page.get_by_role("option", name=role).or_(self.page.get_by_test_id(f"select-option-{role}")).first.click()
        self.page.keyboard.press("Escape")
        self.page.wait_for_timeout(300)

    def submit(self) -> None:
        with self.page.expect_response(lambda answer: "/annotations" in answer.url and answer.request.method == "POST"):
            self.page.get_by_role("button", name="Submit").click()

    def _click(self, start: int, end: int) -> None:
        box = self.boxes((start + end) // 2, (start + end) // 2 + 1)[0]
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.wait_for_timeout(300)

    def scroll_to(self, start: int) -> None:
        """Bring the text at an offset to the middle of the screen."""
        self.page.evaluate(
            "start => { const all = [...document.querySelectorAll('.htx-highlight')];"
            "const at = all.filter(each => +each.dataset.start <= start).pop(); at && at.scrollIntoView({block: 'center'}); }",
            start,
        )
        self.page.wait_for_timeout(200)


@contextmanager
def reviewer(access: Access) -> Iterator[Reviewer]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
            page.set_default_timeout(120_000)  # a busy machine is slow, not broken
            person = Reviewer(page, access)
            person.sign_in()
            yield person
        finally:
            browser.close()
