"""What is kept in memory: seen anew after every change, in this process and from another."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from installations import complaints
from katsaus.core.names import Names
from katsaus.core.organization import Level, OrgUnit
from katsaus.ledger.importers import Kind
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit import shelves
from katsaus.web.audit.models import Version
from katsaus.web.audit.shelves import shelf
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.finance.queries import Books
from katsaus.web.imports.use_cases import undo
from katsaus.web.organization.use_cases import UnitRow, keep_organization
from katsaus.web.users.models import User
from web.imports.small_town import AMENDMENTS, BUDGET, JUNE, Town

PROGRAM = Path(__file__).with_name("shelves_of_two.py")
FIRST = "11;3300;15.3.2023;100,00;ML1;Myynti"
SECOND = "12;3300;16.3.2023;20,00;ML2;Myynti"


def change(slug: str) -> None:
    record(person=None, municipality=slug, action="units.changed", subject="")


@pytest.mark.django_db
def test_a_value_is_made_once_until_something_is_changed() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    change("posio")
    assert [shelf("posio").get("x", make) for _ in range(3)] == [0, 0, 0]
    change("posio")
    assert [shelf("posio").get("x", make) for _ in range(3)] == [1, 1, 1]


@pytest.mark.django_db
def test_a_look_changes_nothing_and_neither_does_another_municipality() -> None:
    change("posio")
    before = shelf("posio")
    record(
        person=None,
        municipality="posio",
        action="postings.viewed",
        subject="",
        touches=Touch.NOTHING,
    )
    change("simo")
    assert shelf("posio") == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("touches", "stay"),
    [
        (Touch.NOTHING, {"all", "strategy", "figures"}),
        (Touch.TOLD, {"strategy", "figures"}),
        (Touch.STRATEGY, {"figures"}),
        (Touch.ALL, set()),
    ],
)
def test_what_a_change_does_not_touch_stays(touches: Touch, stay: set[str]) -> None:
    def values(new: str) -> dict[str, str]:
        at = shelf("posio")
        shelves_of = {"all": at, "strategy": at.strategy, "figures": at.figures}
        return {name: each.get("x", lambda: new) for name, each in shelves_of.items()}

    change("posio")
    assert set(values("first").values()) == {"first"}
    record(person=None, municipality="posio", action="x", subject="", touches=touches)
    kept = {name for name, value in values("second").items() if value == "first"}
    assert kept == stay


@pytest.mark.django_db
def test_municipalities_do_not_see_what_is_kept_of_each_other() -> None:
    change("posio")
    change("simo")
    assert shelf("posio").get("x", lambda: "posio") == "posio"
    assert shelf("simo").get("x", lambda: "simo") == "simo"
    # Not even where their marks were the same.
    Version.objects.update(mark="same", strategy="same", figures="same")
    assert shelf("posio").get("y", lambda: "posio") == "posio"
    assert shelf("simo").get("y", lambda: "simo") == "simo"


@pytest.mark.django_db
def test_nothing_is_kept_before_a_change_was_recorded() -> None:
    values = iter((1, 2))
    assert [shelf("posio").get("x", lambda: next(values)) for _ in range(2)] == [1, 2]


@pytest.mark.django_db
def test_the_longest_unused_gives_way_when_the_room_is_full() -> None:
    change("posio")
    at, fifth = shelf("posio"), shelves.MOST // 5
    for name in "abcde":
        at.get(name, lambda: "first", lambda _: fifth)
    at.get("a", lambda: "second")
    at.get("f", lambda: "first", lambda _: fifth)
    assert at.get("a", lambda: "second") == "first"
    assert at.get("b", lambda: "second") == "second"


@pytest.mark.django_db
def test_a_value_that_would_fill_the_room_is_not_kept() -> None:
    change("posio")
    at, values = shelf("posio"), iter((1, 2))
    assert at.get("small", lambda: "first") == "first"
    assert [at.get("x", lambda: next(values), lambda _: shelves.MOST) for _ in range(2)] == [1, 2]
    assert at.get("small", lambda: "second") == "first"


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    return Town.found("posio", tmp_path)


def test_an_import_and_its_undoing_are_seen_at_once(town: Town) -> None:
    town.post(FIRST)
    assert town.value("actual_2023_06") == Decimal("100.00")
    batch = town.post(SECOND)
    assert town.value("actual_2023_06") == Decimal("120.00")
    undo(batch=batch)
    assert town.value("actual_2023_06") == Decimal("100.00")


def test_a_new_amendment_is_seen_at_once(town: Town) -> None:
    town.bring_in(Kind.BUDGET, BUDGET + "11;3300;;2023;500,00\n")
    assert town.value("amended_budget_2023") == Decimal("500.00")
    town.bring_in(Kind.AMENDMENTS, AMENDMENTS + "11;3300;2023;50,00;Kunnanvaltuusto;15.2.2023;7\n")
    assert town.value("amended_budget_2023") == Decimal("550.00")
    assert town.value("budget_2023") == Decimal("500.00")


def test_a_moved_unit_is_seen_at_once(town: Town) -> None:
    town.post(FIRST)
    assert town.value("actual_2023_06", unit="20") is None
    moved = UnitRow(OrgUnit("11", Names("11"), Level.UNIT, "20"))
    keep_organization(municipality=town.owner, rows=[moved])
    assert town.value("actual_2023_06", unit="20") == Decimal("100.00")
    assert town.value("actual_2023_06", unit="10") is None


def test_a_statement_of_one_tree_is_not_given_for_another(town: Town) -> None:
    """A unit moved between reading the tree and asking: the answer is of the tree in hand."""
    town.post(FIRST)
    old = Books(town.owner, JUNE).question("operating")
    keep_organization(
        municipality=town.owner, rows=[UnitRow(OrgUnit("11", Names("11"), Level.UNIT, "20"))]
    )
    Books(town.owner, JUNE).answer(old)
    assert town.value("actual_2023_06", unit="20") == Decimal("100.00")


def test_a_page_is_computed_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so a test of what is seen anew is a test of something."""
    town.post(FIRST)
    user = User.objects.create_user("bertta", password=None)
    Membership.objects.create(user=user, municipality=town.owner, role=Role.CONTROLLER)
    client = Client(headers={"accept-language": "fi"})
    client.force_login(user)
    first = client.get("/posio/")
    monkeypatch.setattr("katsaus.web.finance.queries.compute", None)
    assert client.get("/posio/").content == first.content
    monkeypatch.undo()
    town.post(SECOND)
    assert b"120" in client.get("/posio/talous/").content


def test_what_another_process_brings_in_is_seen_at_once(tmp_path: Path) -> None:
    assert complaints(PROGRAM, tmp_path) == ""
