"""The documents: every link leads somewhere, and every picture is shown and told in words."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def documents() -> list[Path]:
    """The pages of the repository, as far as it is one."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = ended.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


DOCUMENTS = documents()


def links(page: Path) -> list[tuple[bool, str, str]]:
    """A page's links: whether a picture, the words, and where it leads."""
    text = CODE.sub("", page.read_text("utf-8"))
    return [(mark == "!", words, target) for mark, words, target in LINK.findall(text)]


def anchors(page: Path) -> set[str]:
    """What a page's headings are called in links, as the places that show Markdown make them."""
    text = CODE.sub("", page.read_text("utf-8"))
    words = (heading.lower().replace(" ", "-") for heading in HEADING.findall(text))
    return {re.sub(r"[^\w-]", "", word) for word in words}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    dead = []
    for _, _, target in links(page):
        place, _, anchor = target.partition("#")
        if "://" in target:
            continue
        file = (page.parent / place).resolve() if place else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            dead.append(target)
    assert dead == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_picture_of_a_page_is_told_in_words(page: Path) -> None:
    assert [target for is_picture, words, target in links(page) if is_picture and not words] == []


def test_every_picture_is_shown_somewhere() -> None:
    if not DOCUMENTS:
        pytest.skip("not a clone of the repository")
    shown = {
        (page.parent / target).resolve()
        for page in DOCUMENTS
        for is_picture, _, target in links(page)
        if is_picture
    }
    kept = {file.resolve() for file in (ROOT / "docs").rglob("*.png")}
    assert sorted(kept - shown) == []


def test_the_guide_begins_with_every_page_of_it() -> None:
    guide = ROOT / "docs" / "kayttoopas"
    named = {target for _, _, target in links(guide / "README.md")}
    assert {file.name for file in guide.glob("*.md")} - named == {"README.md"}
