"""Everything that the trail tells of, done once in the example municipality."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client

from katsaus.core.accounts import Account
from katsaus.core.figures import Items
from katsaus.core.indicators import Entry, Value, ValueScenario
from katsaus.core.names import Names
from katsaus.core.organization import BodyKind, Level, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.programmes import Effect, EffectScenario
from katsaus.core.results import CellKey
from katsaus.core.states import State
from katsaus.core.terms import Part, Term
from katsaus.definitions.tables import strategy_table
from katsaus.definitions.thresholds import thresholds
from katsaus.web.access import use_cases as access
from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.imports import uploads
from katsaus.web.imports.models import Batch
from katsaus.web.imports.models import State as Reading
from katsaus.web.imports.use_cases import undo
from katsaus.web.organization import restructuring
from katsaus.web.organization.bodies import keep_body
from katsaus.web.organization.hierarchies import change_hierarchy, copy_hierarchy
from katsaus.web.organization.models import Account as OwnAccount
from katsaus.web.organization.models import Municipality, Unit
from katsaus.web.organization.removing import remove_account, remove_body, remove_hierarchy
from katsaus.web.organization.use_cases import keep_accounts
from katsaus.web.planning.models import Measure
from katsaus.web.planning.use_cases import give_note
from katsaus.web.planning.use_cases.answers import StateAnswer, give_value, report_state
from katsaus.web.planning.use_cases.limits import keep_limits
from katsaus.web.planning.use_cases.measures import tell_measure
from katsaus.web.planning.use_cases.rows import find_row, keep_row, mark_of, move_row, remove_row
from katsaus.web.planning.use_cases.terms import continue_strategy
from katsaus.web.reports import use_cases as reports
from katsaus.web.users.models import User
from web.cast import sign_in

JUNE = Period(2023, 6)
AREA, LIBRARY = "64320000", "64330000"
EXPLANATION = {
    "period": "2023-06",
    "unit": AREA,
    "row": "operating_expenses",
    "cause": "Sijaiset",
    "euros": "-100000.5",
    "duration": "one_off",
    "appropriation": "without",
    "is_example": "no",
}
GOAL = {"code": "koetavoite", "name_fi": "Lasten ääni kuuluu", "is_binding": "no", "units": AREA}


def do_everything(kemi: Municipality) -> None:
    """Do what the example has not done yet, as Bertta; the auditor looks."""
    sign_in("bertta", kemi)
    bertta = User.objects.get(username="bertta")
    _to_people(kemi, bertta)
    _to_the_organization(kemi, bertta)
    _to_files(kemi, bertta)
    _to_figures_and_the_report(kemi, bertta)
    _to_the_strategy(kemi, bertta)
    _look(sign_in("tarkastaja", kemi))


def _to_people(kemi: Municipality, by: User) -> None:
    person, _new = access.add_person(
        by=by,
        municipality=kemi,
        username="uusi",
        name="Uusi",
        email="",
        role=Role.DEPUTY,
        unit=kemi.units.get(code=AREA),
        is_known=False,
    )
    access.change_person(by=by, person=person, municipality=kemi, name="Uusin", email="u@x.fi")
    sign_in("hallinta", kemi)
    hallinta = User.objects.get(username="hallinta")
    access.remove_second_factor(by=by, person=hallinta, municipality=kemi, reason="katosi")
    access.give_password(by=by, person=person, municipality=kemi)
    for is_active in (False, True):
        access.set_active(by=by, person=person, municipality=kemi, is_active=is_active)
    access.give_role(by=by, person=person, municipality=kemi, role=Role.READER, unit=None)
    access.record_told(by=by, municipality=kemi, names=["muualla"])
    access.take_role(by=by, membership=Membership.objects.get(user=person, role=Role.DEPUTY))


def _unit(kemi: Municipality, code: str) -> Unit:
    return kemi.units.select_related("municipality").get(code=code)


def _to_the_organization(kemi: Municipality, person: User) -> None:
    body = keep_body(
        municipality=kemi,
        kind=BodyKind.BOARD,
        names=Names("Koelautakunta", "Provnämnden"),
        person=person,
    )
    names = Names("Koelautakunta", "Provnämnden", "Trial board")
    keep_body(municipality=kemi, kind=BodyKind.COUNCIL, names=names, body=body, person=person)
    [hierarchy] = kemi.hierarchies.all()
    new = copy_hierarchy(
        hierarchy=hierarchy, name="uusi", valid_from=date(2024, 1, 1), person=person
    )
    change_hierarchy(hierarchy=new, name="uusi", valid_from=date(2024, 2, 1), person=person)
    remove_hierarchy(hierarchy=new, is_named=False, person=person)
    wrong = keep_body(
        municipality=kemi, kind=BodyKind.BOARD, names=Names("Väärä", "Fel"), person=person
    )
    remove_body(body=wrong, person=person)
    told = OrgUnit("K1", Names("Koeyksikkö"), Level.UNIT, AREA, governing_body="Koelautakunta")
    first = restructuring.add_unit(municipality=kemi, unit=told, person=person)
    told = OrgUnit("K2", Names("Koeyksikkö"), Level.COST_CENTER, AREA, valid_from=2022)
    restructuring.change_unit(unit=first, told=told, is_code_fixed=False, person=person)
    first = _unit(kemi, "K2")
    restructuring.move_unit(
        unit=first, parent=LIBRARY, year=None, hierarchy=hierarchy, person=person
    )
    successors = [_unit(kemi, LIBRARY)]
    restructuring.end_unit(unit=first, last_year=2030, successors=successors, person=person)
    other = OrgUnit("K3", Names("Toinen"), Level.UNIT, AREA)
    restructuring.add_unit(municipality=kemi, unit=other, person=person)
    mistake = restructuring.add_unit(
        municipality=kemi, unit=replace(other, code="K9"), person=person
    )
    restructuring.remove_unit(unit=mistake, is_used=False, person=person)
    into = OrgUnit("K4", Names("Yhdistetty"), Level.UNIT, AREA)
    merger = restructuring.Merger(("K2", "K3"), into, 2025, is_new=True)
    restructuring.merge_units(municipality=kemi, merger=merger, person=person)
    account = Account("300599", Names("Koetili"), "3005")
    keep_accounts(municipality=kemi, accounts=[account], person=person)
    without_paces = replace(thresholds(), pace={})
    keep_limits(municipality=kemi, given=without_paces, person=person)
    saved = OwnAccount.objects.get(municipality=kemi, number="300599")
    remove_account(account=saved, is_used=False, person=person)


def _to_files(kemi: Municipality, person: User) -> None:
    batch = Batch.objects.get(municipality=kemi, kind="forecasts")
    undo(batch=batch, person=person)
    file = TemporaryUploadedFile("viennit.csv", "text/csv", 12_345, None)
    upload = uploads.receive(
        person=person, municipality=kemi, file=file, kind="postings", period="", source="koe"
    )
    upload.state = Reading.READ
    upload.save()
    uploads.discard(upload=upload, person=person)


def _to_figures_and_the_report(kemi: Municipality, person: User) -> None:
    key = CellKey(AREA, "operating_expenses", "actual_2023_06")
    give_note(
        municipality=kemi, period=JUNE, items=Items.EXTERNAL, key=key, text="Koe", person=person
    )
    reports.keep_text(municipality=kemi, period=JUNE, place=AREA, markdown="Koe.", person=person)
    reports.withdraw(municipality=kemi, period=JUNE, person=person)
    reports.publish(municipality=kemi, period=JUNE, person=person)


def _to_the_strategy(kemi: Municipality, person: User) -> None:
    for name, cells in (("goals", GOAL), ("explanations", EXPLANATION)):
        table = strategy_table(name)
        record = {column.name: cells.get(column.name, "") for column in table.columns}
        assert not keep_row(municipality=kemi, table=table, cells=record, person=person).faults
    for key, cells in _changes(kemi):
        table = strategy_table("explanations" if key.isdigit() else "goals")
        found = find_row(kemi, table, key)
        assert found
        seen, record = mark_of(found.record), found.record | cells
        keep_row(municipality=kemi, table=table, cells=record, key=key, seen=seen, person=person)
        seen = mark_of(record)
        remove_row(municipality=kemi, table=table, key=key, seen=seen, person=person)
    goals = strategy_table("goals")
    move_row(municipality=kemi, table=goals, key="vihrea_kemi", up=False, person=person)
    _answer(kemi, person)
    term = Term("kemi_2026_2029", Names("Kemi 2026–2029"), 2026, 2029)
    ends = frozenset({(Part.GOAL, "vihrea_kemi")})
    continue_strategy(municipality=kemi, code="kemi_2021_2025", term=term, ends=ends, person=person)


def _changes(kemi: Municipality) -> Iterator[tuple[str, dict[str, str]]]:
    [item] = kemi.deviationitem_set.filter(cause="Sijaiset")
    yield str(item.pk), {"euros": "-320000", "duration": "permanent"}
    yield "koetavoite", {"is_binding": "yes"}


def _answer(kemi: Municipality, person: User) -> None:
    answer = StateAnswer(State.BEHIND, "Myöhässä", "Teksti")
    report_state(
        municipality=kemi, person=person, action="sertifiointi", period=JUNE, answer=answer
    )
    for number in ("-5", "1234.5"):
        entry = Entry(
            "arm_hankkeet_uudet", ValueScenario.ACTUAL, JUNE, Value(Decimal(number)), AREA
        )
        give_value(municipality=kemi, person=person, entry=entry)
    measure = Measure.objects.get(municipality=kemi, code="lumen_vastaanotto")
    effects = [Effect(2023, EffectScenario.REALISED, Decimal("41500.5"), Decimal("0.5"))]
    tell_measure(person=person, measure=measure, state=State.DONE, note="", effects=effects)


def _look(auditor: Client) -> None:
    figure = {"unit": AREA, "row": "operating_expenses", "column": "actual_2023_06"}
    for page in ("/kemi/luku/", "/kemi/luku.csv"):
        answer = auditor.get(page, {**figure, "period": "2023-06"})
        assert answer.status_code == 200, page
    assert auditor.get("/kemi/haku/", {"q": "kirja"}).status_code == 200
