"""What was made by mistake is removed: hierarchies, governing bodies, own accounts."""

from datetime import date

import pytest
from django.test import Client

from katsaus.core.organization import BodyKind
from katsaus.web.audit.models import Event
from katsaus.web.organization.hierarchies import copy_hierarchy
from katsaus.web.organization.models import Account, GoverningBody, Hierarchy, Municipality
from katsaus.web.organization.queries import organization
from katsaus.web.planning.models import FigureNote
from katsaus.web.reports.models import ReportTemplate
from katsaus.web.reports.use_cases import keep_template
from web.cast import allowed, answers, sign_in

ADMINISTRATION = "/kemi/hallinta/"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


@pytest.fixture
def mistake(kemi: Municipality) -> Hierarchy:
    [first] = kemi.hierarchies.all()
    return copy_hierarchy(hierarchy=first, name="1.1.2023 väärä", valid_from=date(2023, 1, 1))


def added_account(kemi: Municipality) -> Account:
    return Account.objects.create(
        municipality=kemi, number="430099", name_fi="Väärä", official="4300"
    )


def added_body(kemi: Municipality) -> GoverningBody:
    return kemi.bodies.create(kind=BodyKind.BOARD, name_fi="Väärä lautakunta")


def path(kind: str, pk: int) -> str:
    return f"{ADMINISTRATION}{kind}/{pk}/poisto/"


def refused(browser: Client, address: str) -> str:
    answer = browser.post(address)
    assert answer.status_code == 422
    return str(answer.context["form"].non_field_errors())


def test_controller_and_administrator_open_them(kemi: Municipality, mistake: Hierarchy) -> None:
    pages = (
        path("hierarkiat", mistake.pk),
        path("toimielimet", added_body(kemi).pk),
        path("tilit", added_account(kemi).pk),
    )
    for each in pages:
        assert answers(each, kemi) == allowed("bertta", "hallinta")
        elsewhere = each.replace("/kemi/", "/simo/")
        assert sign_in("simo.talous", kemi).post(elsewhere).status_code == 404


def test_a_hierarchy_is_removed_after_a_question_and_units_stay(
    bertta: Client, kemi: Municipality, mistake: Hierarchy
) -> None:
    units = kemi.units.count()
    address = path("hierarkiat", mistake.pk)
    assert address in bertta.get(address.removesuffix("poisto/")).text
    question = bertta.get(address).text
    assert "Poistetaanko 1.1.2023 väärä?" in question
    assert f'href="{ADMINISTRATION}hierarkiat/">Peruuta</a>' in question
    assert bertta.post(address).status_code == 302
    assert kemi.hierarchies.count() == 1
    assert (kemi.units.count(), len(list(organization(kemi)))) == (units, units)
    event = Event.objects.latest("id")
    assert (event.action, event.subject) == ("hierarchy.removed", "1.1.2023 väärä")
    assert event.before == {"name": "1.1.2023 väärä", "valid_from": "2023-01-01"}


def test_the_only_hierarchy_and_the_one_that_the_report_names_stay(
    bertta: Client, kemi: Municipality, mistake: Hierarchy
) -> None:
    yaml = ReportTemplate.objects.get(municipality=kemi).yaml
    named = f'hierarchy: "{mistake.name}"\n{yaml}'
    keep_template(municipality=kemi, yaml=named, source="report.yaml")
    address = path("hierarkiat", mistake.pk)
    assert "asettelu mainitsee" in refused(bertta, address)
    keep_template(municipality=kemi, yaml=yaml, source="report.yaml")
    assert bertta.post(address).status_code == 302
    [last] = kemi.hierarchies.all()
    assert "ainoa" in refused(bertta, path("hierarkiat", last.pk))
    assert "/poisto/" not in bertta.get(f"{ADMINISTRATION}hierarkiat/{last.pk}/").text


def test_a_body_is_removed_unless_units_answer_to_it(bertta: Client, kemi: Municipality) -> None:
    body = added_body(kemi)
    assert bertta.post(path("toimielimet", body.pk)).status_code == 302
    assert not kemi.bodies.filter(pk=body.pk).exists()
    assert Event.objects.latest("id").action == "body.removed"
    used = kemi.bodies.get(name_fi="Hyvinvointilautakunta")
    assert "Yksiköitä" in refused(bertta, path("toimielimet", used.pk))
    assert "/poisto/" not in bertta.get(f"{ADMINISTRATION}toimielimet/{used.pk}/").text


def test_an_account_is_removed_unless_something_stands_on_it(
    bertta: Client, kemi: Municipality
) -> None:
    account = added_account(kemi)
    address = path("tilit", account.pk)
    assert address in bertta.get(address.removesuffix("poisto/")).text
    assert bertta.post(address).status_code == 302
    assert not kemi.accounts.filter(pk=account.pk).exists()
    event = Event.objects.latest("id")
    assert (event.action, event.subject) == ("account.removed", "430099")
    assert (event.before or {})["official"] == "4300"


@pytest.mark.parametrize("stands", ["posting", "note"])
def test_an_account_with_figures_stays(bertta: Client, kemi: Municipality, stands: str) -> None:
    account = kemi.accounts.get(number="430010")
    if stands == "note":
        account = added_account(kemi)
        unit = kemi.units.get(code="64320000")
        FigureNote.objects.create(
            municipality=kemi,
            unit=unit,
            period="2023-06",
            row="purchases_of_services.430099",
            column="actual_2023_06",
            items="all",
            text="koe",
        )
    address = path("tilit", account.pk)
    assert "Tilillä on" in refused(bertta, address)
    assert address not in bertta.get(address.removesuffix("poisto/")).text
