"""The screen's pages as the browser prints them: every figure whole, heads on each page."""

from contextlib import closing

import pypdfium2
import pytest
from playwright.sync_api import Page

from rendering.readers import squeezed

MARGIN = 12 / 25.4 * 72  # print.css says 12 mm, a page is measured in points
SPACE = 4  # a space that ends a line hangs into the margin
POSTINGS = "luku/?unit=64100000&row=operating_margin&column=actual_2022&period=2023-06"
LOG = "hallinta/loki/?action=role.given"  # of the whole log what other tests did decides the pages
LAST_HEADS = {
    "": "Poikkeama2023",
    "talous/": "Poikkeama2023",
    POSTINGS: "Summa,€",
    "poikkeamat/": "Poikkeama2023",
    "strategia/": "Ympäristö",
    LOG: "Ennenjajälkeen",
    "hallinta/yksikot/": "Toimielin",
}
# What the cells at the right say, of tables that are not behind a word.
LAST_CELLS = """() => [...document.querySelectorAll("main tr > td:last-child")]
  .filter(each => each.checkVisibility() && !each.querySelector("details"))
  .map(each => {
    const shown = each.cloneNode(true);
    shown.querySelectorAll(".unseen").forEach(word => word.remove());
    return shown.textContent;
  })"""


def texts_of(content: bytes) -> list[str]:
    """Return what each page says, when all of it is within the margins."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return [text_within_margins(page) for page in document]


def text_within_margins(page: pypdfium2.PdfPage) -> str:
    """Return what a page says; nothing may reach over its right margin."""
    said = page.get_textpage()
    right = max(said.get_charbox(at)[2] for at in range(said.count_chars()))
    assert right <= page.get_width() - MARGIN + SPACE
    return squeezed(said.get_text_bounded())


@pytest.mark.parametrize("place", LAST_HEADS)
def test_a_printed_page_has_every_column_whole(bertta: Page, address: str, place: str) -> None:
    bertta.set_viewport_size({"width": 1280, "height": 900})
    bertta.goto(f"{address}/kemi/{place}")
    cells = [squeezed(each) for each in bertta.evaluate(LAST_CELLS)]
    texts = texts_of(bertta.pdf(format="A4", prefer_css_page_size=True))
    assert LAST_HEADS[place] in "".join(texts)
    assert cells
    assert [each for each in cells if each not in "".join(texts)] == []
    assert [len(each) for each in texts if len(each) < 100] == []
    assert "Bertta" not in "".join(texts)


def test_a_long_table_begins_on_the_first_page_and_its_heads_are_on_each(
    bertta: Page, address: str
) -> None:
    bertta.goto(f"{address}/kemi/{POSTINGS}")
    texts = texts_of(bertta.pdf(format="A4", prefer_css_page_size=True))
    first = squeezed(bertta.locator("#entries tbody tr").first.inner_text())
    assert len(texts) > 1
    assert first in texts[0]
    assert ["Summa,€" in each for each in texts] == [True] * len(texts)
