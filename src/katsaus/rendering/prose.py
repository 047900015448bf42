"""The texts of a report: Markdown read into paragraphs and lists, which every form can draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a heading within a text is one of strong runs, under no heading of its own."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The paragraph without its faces."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; `is_ordered` numbers its items from `start`."""

    items: tuple[tuple["ProseBlock", ...], ...]
    is_ordered: bool = False
    start: int = 1


ProseBlock = Paragraph | BulletList
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def read_prose(markdown: str) -> tuple[ProseBlock, ...]:
    """Read Markdown. Never fails: what is no paragraph, list or emphasis is kept as its text."""
    return tuple(_blocks(SyntaxTreeNode(_MARKDOWN.parse(markdown)).children))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[ProseBlock]:
    for node in nodes:
        if node.type in ("bullet_list", "ordered_list"):
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            yield BulletList(items, node.type == "ordered_list", int(node.attrs.get("start", 1)))
        elif node.type in ("paragraph", "heading"):
            yield Paragraph(tuple(_runs(node.children, Run("", node.type == "heading"))))
        elif node.type == "blockquote":
            yield from _blocks(node.children)
        elif node.content:
            yield Paragraph((Run(node.content.rstrip("\n")),))


def _runs(nodes: Sequence[SyntaxTreeNode], face: Run) -> Iterator[Run]:
    for node in nodes:
        strong = face.is_strong or node.type == "strong"
        emphasised = face.is_emphasised or node.type == "em"
        if node.type in ("softbreak", "hardbreak"):
            yield Run(" " if node.type == "softbreak" else "\n", strong, emphasised)
        elif node.children:
            yield from _runs(node.children, Run("", strong, emphasised))
        elif node.content:
            yield Run(node.content, strong, emphasised)
        if node.type == "link" and str(node.attrs.get("href")) not in _text_of(node):
            # On paper a link is its address.
            yield Run(f" ({node.attrs['href']})", strong, emphasised)


def _text_of(node: SyntaxTreeNode) -> str:
    return "".join(each.content for each in node.walk() if each.type == "text")


def plain_lines(blocks: Sequence[ProseBlock], indent: str = "") -> Iterator[str]:
    """Return a text as lines without faces, each item of a list after its mark."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield indent + block.text
            continue
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.is_ordered else "• "
            first, *rest = [*plain_lines(item)] or [""]
            yield indent + mark + first
            yield from (indent + "   " + line for line in rest)
