"""Markdown is read into paragraphs and lists, and nothing that a person wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from katsaus.rendering.prose import BulletList, Paragraph, Run, plain_lines, read_prose


def lines(markdown: str) -> list[str]:
    return list(plain_lines(read_prose(markdown)))


def test_faces_are_runs() -> None:
    assert read_prose("a **b** *c*") == (
        Paragraph((Run("a "), Run("b", True), Run(" "), Run("c", False, True))),
    )


def test_lists_keep_their_marks_and_depth() -> None:
    assert lines("- a\n  - b\n\n3. c\n4. d") == ["• a", "   • b", "3. c", "4. d"]


def test_a_list_holds_paragraphs_and_lists() -> None:
    (found,) = read_prose("- a\n\n  b\n  - c")
    assert isinstance(found, BulletList)
    assert [type(block) for block in found.items[0]] == [Paragraph, Paragraph, BulletList]


def test_html_and_code_are_their_text() -> None:
    assert lines("<script>x</script>") == ["<script>x</script>"]
    assert lines("    koodi\n") == ["koodi"]
    assert lines("`a`") == ["a"]


def test_a_link_is_its_text_and_address() -> None:
    assert lines("[ohjelma](https://kemi.example/o)") == ["ohjelma (https://kemi.example/o)"]
    assert lines("<https://kemi.example>") == ["https://kemi.example"]


@given(st.text(alphabet="abcäö 0123.,\n", max_size=80))
def test_words_without_marks_survive(text: str) -> None:
    letters = "".join(character for character in text if character.isalpha())
    read = "".join(lines(text))
    assert "".join(character for character in read if character.isalpha()) == letters
