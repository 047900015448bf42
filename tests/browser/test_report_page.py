"""The report in a real browser: readable by all, at every width, with nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

REPORT = "/kemi/2023-06/"
FORMATS = ("pdf", "docx", "xlsx", "html", "json", "csv")
# The widths of a desk and of the narrowest phone (WCAG 2.1, 1.4.10: 320 CSS pixels).
DESK, PHONE, NARROWEST = 1440, 390, 320

# What reaches over the right edge, leaving out what stands in a region that scrolls by itself.
WIDER_THAN_THE_PAGE = """() => [...document.querySelectorAll("body *")]
  .filter(each => !each.parentElement.closest(".scroll, svg"))
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const {tagName, className, textContent, hash} = document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
  const {top, bottom, left, right} = document.activeElement.getBoundingClientRect();
  return {tag: tagName, class: className, text: textContent.trim().slice(0, 40), hash,
          outline: outlineStyle === "none" ? 0 : parseFloat(outlineWidth),
          seen: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth};
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a desk's width, whose browser keeps nothing."""
    # The test's own script and styles may go in; the pages' policy is tried by itself.
    context = chromium.new_context(viewport={"width": DESK, "height": 900}, bypass_csp=True)
    page = context.new_page()
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds: the rule and the places."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes']]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, NARROWEST])
def test_axe_finds_nothing_on_the_report_and_the_empty_page(
    page: Page, address: str, empty_address: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for place in (f"{address}{REPORT}", empty_address):
        page.goto(place)
        for summary in page.locator("summary").all():
            summary.click()
        assert violations(page) == []


@pytest.mark.parametrize("width", [NARROWEST, PHONE])
def test_only_tables_scroll_sideways(
    page: Page, address: str, empty_address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for place in (f"{address}{REPORT}", empty_address):
        page.goto(place)
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate(WIDER_THAN_THE_PAGE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_may_be_twice_as_large(page: Page, address: str) -> None:
    page.set_viewport_size({"width": DESK // 2, "height": 450})
    page.goto(f"{address}{REPORT}")
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(WIDER_THAN_THE_PAGE) == []


def test_the_page_takes_nothing_from_elsewhere_and_nothing_fails(page: Page, address: str) -> None:
    asked, failed, said = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if not answer.ok else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}{REPORT}")
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    # A browser asks for an icon by itself where a page names none.
    assert [url for url in failed if not url.endswith("favicon.ico")] == []
    assert [text for text in said if "404" not in text] == []


def test_the_typeface_is_the_applications_own(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate(
        "[...document.fonts].filter(each => each.status === 'loaded').map(each => each.family)"
    )
    assert any("Source Sans 3" in family for family in loaded)


def test_static_files_are_hashed_and_kept_by_browsers(page: Page, address: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{address}{REPORT}")
    styles = [each for each in answers if each.url.endswith(".css")]
    assert len(styles) >= 1
    for each in styles:
        assert "immutable" in each.headers["cache-control"]


def test_the_keyboard_begins_with_the_skip_link_and_reaches_everything_in_sight(
    page: Page, address: str
) -> None:
    page.goto(f"{address}{REPORT}")
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert (stops[0]["class"], stops[0]["hash"]) == ("skip", "#main")
    assert [stop for stop in stops if not stop["seen"]] == []
    assert [stop for stop in stops if stop["outline"] < 2] == []
    reached = [stop for stop in stops if stop["class"] == "scroll"]
    closed = page.locator("details:not([open]) .scroll").count()
    assert len(reached) == page.locator(".scroll").count() - closed > 4
    assert len([stop for stop in stops if stop["text"] in ("PDF", "JSON")]) == 2


def test_the_skip_link_leads_past_the_head_of_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_table_scrolls_by_the_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    page.goto(f"{address}{REPORT}")
    regions = page.locator(".scroll:visible").all()
    assert len(regions) == 6  # tables A to F; the chart's own is folded
    for region in regions:
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=5000)


def test_the_contents_lead_to_every_chapter(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    links = page.locator(".contents a").all()
    chapters = page.locator("article h2").all_inner_texts()
    assert [link.inner_text() for link in links] == chapters
    for link, chapter in zip(links, chapters, strict=True):
        link.click()
        section = page.evaluate("document.querySelector(':target h2').innerText")
        assert section == chapter


def test_the_page_is_whole_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.url == f"{address}{REPORT}"
    assert page.locator("article table").count() == 30
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()
    context.close()


def test_every_file_arrives_under_its_name(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    for file_format in FORMATS:
        with page.expect_download() as expected:
            page.get_by_role("link", name=file_format.upper(), exact=True).click()
        arrived = expected.value
        assert arrived.suggested_filename == f"kemi-2023-06.{file_format}"
        assert arrived.path().stat().st_size > 5000


@pytest.mark.parametrize("width", [DESK, PHONE, NARROWEST])
def test_the_texts_of_the_chart_can_be_read_at_every_width(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{REPORT}")
    shown = page.locator("figure.chart svg:visible")
    assert shown.count() == 1
    heights = shown.locator("text").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= 15  # a line of 12 pixels' type


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_tell_better_from_worse_by_class_sign_and_colour(
    page: Page, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}{REPORT}")
    bars = page.locator("figure.chart svg").first
    texts = [
        text.replace("\N{NO-BREAK SPACE}", " ") for text in bars.locator("text").all_text_contents()
    ]
    figures = [text for text in texts if text[0] in "▲▼"]
    assert figures == ["▲ 356", "▼ −499", "▼ −1 240", "▼ −170", "▼ −1 553"]
    assert bars.locator("line").count() == 1
    for name, count in {"chart-better": 1, "chart-worse": 4}.items():
        assert bars.locator(f"path.{name}").count() == count
        fills = bars.locator(f".{name}").evaluate_all(
            "found => found.map(each => getComputedStyle(each).fill)"
        )
        expected = page.evaluate(
            f"""() => {{ const probe = document.createElement("i");
            probe.style.color = "var(--{name.removeprefix("chart-")})";
            document.body.append(probe); return getComputedStyle(probe).color }}"""
        )
        assert set(fills) == {expected}


def test_the_stand_alone_file_opens_by_itself_and_axe_finds_nothing(
    page: Page, loaded: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    place = (loaded / "reports" / "kemi-2023-06.html").as_uri()
    page.goto(place)
    assert asked == [place]
    assert violations(page) == []
    targets = page.locator("a[href^='#']").evaluate_all("all => all.map(each => each.hash)")
    assert len(targets) > 4
    assert all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets)
    hrefs = page.locator("[href], [src]").evaluate_all(
        "all => all.map(each => each.getAttribute('href') || each.getAttribute('src'))"
    )
    assert [href for href in hrefs if not href.startswith("#")] == []


def test_print_has_the_report_and_not_its_navigation(page: Page, address: str) -> None:
    page.goto(f"{address}{REPORT}")
    page.emulate_media(media="print")
    for navigation in (".top", ".downloads", ".contents"):
        assert not page.locator(navigation).is_visible()
    assert page.locator("h1").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    assert page.evaluate(WIDER_THAN_THE_PAGE) == []
