"""The pages of hierarchies and governing bodies: who may, and what they keep."""

from datetime import date

import pytest
from django.test import Client

from katsaus.web.audit.models import Event
from katsaus.web.organization.models import GoverningBody, Hierarchy, Municipality
from katsaus.web.organization.queries import organization
from katsaus.web.reports.models import ReportTemplate
from katsaus.web.reports.use_cases import keep_template
from web.cast import allowed, answers, sign_in

HIERARCHIES = "/kemi/hallinta/hierarkiat/"
BODIES = "/kemi/hallinta/toimielimet/"
NAME = "1.1.2022 virallinen"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def hierarchy(kemi: Municipality) -> Hierarchy:
    return kemi.hierarchies.get(name=NAME)


def body(kemi: Municipality) -> GoverningBody:
    return kemi.bodies.get(name_fi="Hyvinvointilautakunta")


def test_controller_and_administrator_open_them(kemi: Municipality) -> None:
    own = (f"{HIERARCHIES}{hierarchy(kemi).pk}/", f"{BODIES}{body(kemi).pk}/")
    for path in (HIERARCHIES, BODIES, *own):
        assert answers(path, kemi) == allowed("bertta", "hallinta")


def test_those_of_another_municipality_are_not_there(kemi: Municipality) -> None:
    client = sign_in("simo.talous", kemi)
    assert client.get(f"/simo/hallinta/hierarkiat/{hierarchy(kemi).pk}/").status_code == 404
    assert client.get(f"/simo/hallinta/toimielimet/{body(kemi).pk}/").status_code == 404


def test_a_hierarchy_is_copied_with_all_its_places(bertta: Client, kemi: Municipality) -> None:
    said = {"source": hierarchy(kemi).pk, "name": "1.1.2027", "valid_from": "2027-01-01"}
    assert bertta.post(HIERARCHIES, said).status_code == 302
    assert kemi.hierarchies.get(name="1.1.2027").valid_from == date(2027, 1, 1)
    assert list(organization(kemi, "1.1.2027")) == list(organization(kemi, NAME))
    assert Event.objects.get(action="hierarchy.added").subject == "1.1.2027"
    answer = bertta.post(HIERARCHIES, said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_a_hierarchy_gets_another_name_unless_the_report_names_it(
    bertta: Client, kemi: Municipality
) -> None:
    path = f"{HIERARCHIES}{hierarchy(kemi).pk}/"
    yaml = ReportTemplate.objects.get(municipality=kemi).yaml
    keep_template(municipality=kemi, yaml=f'hierarchy: "{NAME}"\n{yaml}', source="report.yaml")
    said = {"name": "vanha", "valid_from": "2022-01-01"}
    answer = bertta.post(path, said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    keep_template(municipality=kemi, yaml=yaml, source="report.yaml")
    assert bertta.post(path, said).status_code == 302
    assert kemi.hierarchies.get().name == "vanha"


def test_a_governing_body_is_added_and_changed(bertta: Client, kemi: Municipality) -> None:
    said = {"name_fi": "Lupalautakunta", "name_sv": "Tillståndsnämnden", "kind": "board"}
    assert bertta.post(BODIES, said).status_code == 302
    found = kemi.bodies.get(name_fi="Lupalautakunta")
    assert "Lupalautakunta" in bertta.get(BODIES).content.decode()
    changed = {**said, "name_en": "Permit Board"}
    assert bertta.post(f"{BODIES}{found.pk}/", changed).status_code == 302
    assert kemi.bodies.get(name_fi="Lupalautakunta").name_en == "Permit Board"
    answer = bertta.post(BODIES, said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name_fi"])
    actions = Event.objects.order_by("id").values_list("action", flat=True)
    assert list(actions)[-2:] == ["body.added", "body.changed"]


def test_a_body_is_listed_with_its_units(bertta: Client) -> None:
    text = bertta.get(BODIES).content.decode()
    assert "Hyvinvointitoimiala" in text
    assert "Perusopetus" not in text  # it answers to the body of the unit above
