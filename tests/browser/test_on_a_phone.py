"""Tables of words on a phone: every row is read without scrolling sideways, no word is cut."""

import pytest
from playwright.sync_api import Page

PAGES = (
    "hallinta/yksikot/",
    "hallinta/yksikot/?q=64",
    "hallinta/tilit/",
    "hallinta/tilit/viralliset/",
    "hallinta/hierarkiat/",
    "hallinta/toimielimet/",
    "hallinta/loki/",
    "tuonnit/",
    "strategia/sdg/3/",
)
# Regions that scroll sideways, and cells that reach out of the screen.
SIDEWAYS = "all => all.filter(each => each.scrollWidth > each.clientWidth).length"
OUT = """all => all.filter(each => each.getBoundingClientRect().right > innerWidth)
  .map(each => each.innerText)"""


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("place", PAGES)
def test_a_table_of_words_is_read_without_scrolling_sideways(
    bertta: Page, address: str, place: str, width: int
) -> None:
    bertta.set_viewport_size({"width": width, "height": 800})
    bertta.goto(f"{address}/kemi/{place}")
    assert bertta.locator("main tbody tr").count() > 0
    assert bertta.locator("main .scroll").evaluate_all(SIDEWAYS) == 0
    assert bertta.locator("main tbody :is(th, td):visible").evaluate_all(OUT) == []
