"""Adding a person: a new account, or a role to one who is known elsewhere already."""

import re

import pytest
from django.test import Client

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User

PAGE = "/kemi/hallinta/henkilot/uusi/"
EEVA = {"username": "eeva", "name": "Sihteeri", "email": "eeva@example.fi", "role": "reader"}


def add(client: Client, **values: str) -> int:
    return client.post(PAGE, {**EEVA, **values}).status_code


def people_and_roles() -> tuple[object, ...]:
    people = User.objects.order_by("pk").values_list("username", "first_name", "email", "password")
    events = Event.objects.exclude(action="person.told").count()
    return [*people], [*Membership.objects.order_by("pk").values_list()], events


def test_a_new_person_comes_in_with_the_password_that_is_shown(administrator: Client) -> None:
    page = administrator.post(PAGE, {**EEVA, "with_password": "on"})
    found = re.search(r'<code class="secret" id="password">([^<]+)</code>', page.text)
    assert found
    assert page["Cache-Control"].count("no-store") == 1
    person = User.objects.get(username="eeva")
    assert (person.first_name, person.email) == ("Sihteeri", "eeva@example.fi")
    assert person.check_password(found[1])
    assert person.must_change_password


def test_without_a_password_the_account_has_none(administrator: Client) -> None:
    assert add(administrator) == 302
    assert not User.objects.get(username="eeva").has_usable_password()


def test_the_account_and_the_role_stand_in_the_municipalitys_trail(administrator: Client) -> None:
    add(administrator, role="deputy", unit="64320000")
    events = Event.objects.filter(municipality="kemi", subject="eeva").order_by("id")
    assert [each.action for each in events] == ["person.created", "role.given"]
    assert {each.person_name for each in events} == {"hallinta"}
    assert events[1].after == {"role": "deputy", "unit": "64320000"}


def test_the_password_stands_nowhere(administrator: Client) -> None:
    page = administrator.post(PAGE, {**EEVA, "with_password": "on"})
    found = re.search(r'<code class="secret" id="password">([^<]+)</code>', page.text)
    assert found
    events = Event.objects.filter(subject="eeva").values_list("before", "after")
    assert found[1] not in str(list(events))
    assert found[1] not in administrator.get("/kemi/hallinta/henkilot/").text


@pytest.mark.parametrize("role", ["director", "unit_head", "deputy", "contributor"])
def test_these_roles_need_a_unit(administrator: Client, role: str) -> None:
    page = administrator.post(PAGE, {**EEVA, "role": role})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"unit"}
    assert not User.objects.filter(username="eeva").exists(), "half of it was kept"
    assert add(administrator, role=role, unit="64320000") == 302


@pytest.mark.parametrize("role", ["administrator", "controller", "auditor", "reader"])
def test_these_roles_are_over_the_whole(administrator: Client, role: str) -> None:
    page = administrator.post(PAGE, {**EEVA, "role": role, "unit": "64320000"})
    assert page.context["form"].errors.keys() == {"unit"}
    assert add(administrator, role=role) == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"name": ""}, "name"),
        ({"email": "ei-osoite"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "emperor"}, "role"),
        ({"unit": "99999999"}, "unit"),
        ({"username": "HALLINTA"}, "username"),
        ({"email": "AINO@example.fi"}, "email"),
    ],
)
def test_a_fault_is_told_at_its_field_and_the_rest_is_kept(
    administrator: Client, aino: User, given: dict[str, str], field: str
) -> None:
    User.objects.filter(pk=aino.pk).update(email="aino@example.fi")
    before = User.objects.count()
    page = administrator.post(PAGE, {**EEVA, **given})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert f'<a href="#id_{field}">' in page.text
    assert "Sihteeri" in page.text or field == "name"
    assert User.objects.count() == before


def test_a_user_name_of_this_municipality_is_refused_with_a_link_to_the_person(
    administrator: Client, aino: User
) -> None:
    before = people_and_roles()
    for username in ("aino", "AINO"):
        page = administrator.post(PAGE, {**EEVA, "username": username, "known": username})
        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {"username"}
        assert f'<a href="/kemi/hallinta/henkilot/{aino.pk}/">' in page.text
        assert 'name="known"' not in page.text
    assert people_and_roles() == before


def test_another_municipalitys_person_is_asked_about_before_the_role_is_given(
    administrator: Client, outsider: Client
) -> None:
    """Neither a name nor a municipality is told: that there is an account was told before too."""
    values = {**EEVA, "username": "simo.hallinta"}
    before = people_and_roles()
    for known in ("", "toinen", "SIMO.HALLINTA"):
        page = administrator.post(PAGE, {**values, "known": known})
        assert page.status_code == 422
        assert '<button class="main" name="known" value="simo.hallinta">' in page.text
        assert "Simo" not in page.text.replace("simo.hallinta", "")
        assert "Sihteeri" in page.text, "what was typed is gone"
        assert people_and_roles() == before
    assert administrator.post(PAGE, {**values, "known": "simo.hallinta"}).status_code == 302


def test_who_asks_for_names_of_other_municipalities_is_seen_in_the_trail(
    administrator: Client, outsider: Client
) -> None:
    """Each time a name is told to have an account; a name of nobody or a faulty form tells none."""
    for values in ({"username": "simo.hallinta"}, {"username": "simo.hallinta", "role": ""}):
        administrator.post(PAGE, {**EEVA, **values})
    add(administrator)
    [event] = Event.objects.filter(action="person.told")
    assert (event.municipality, event.person_name) == ("kemi", "hallinta")
    assert event.subject == "simo.hallinta"
    page = administrator.get("/kemi/hallinta/loki/", headers={"accept-language": "fi"}).text
    assert "kunnan ulkopuolella" in page


def test_a_taken_name_or_address_of_another_municipality_is_seen_in_the_trail_too(
    administrator: Client, outsider: Client, aino: User
) -> None:
    """One of the own municipality tells nothing that the list of people does not."""
    User.objects.filter(username="simo.hallinta").update(email="simo@example.fi")
    User.objects.filter(pk=aino.pk).update(email="aino@example.fi")
    for values in (
        {"username": "SIMO.hallinta"},
        {"email": "Simo@example.fi"},
        {"email": "aino@example.fi"},
    ):
        assert administrator.post(PAGE, {**EEVA, **values}).status_code == 422
    said = {"action": "change", "name": "Aino", "email": "simo@example.fi"}
    administrator.post(f"/kemi/hallinta/henkilot/{aino.pk}/", said)
    events = Event.objects.filter(action="person.told").order_by("id")
    assert [each.subject for each in events] == [
        "SIMO.hallinta",
        "Simo@example.fi",
        "simo@example.fi",
    ]


def test_a_user_name_of_nobody_is_not_asked_about(administrator: Client) -> None:
    assert 'name="known"' not in administrator.get(PAGE).text
    assert add(administrator, known="eeva") == 302
    assert User.objects.get(username="eeva").first_name == "Sihteeri"


def test_another_municipalitys_person_is_given_a_role_and_stays_as_they_are(
    administrator: Client, outsider: Client, kemi: Municipality
) -> None:
    """Nothing of the person is told before they are here, and nothing of the form is kept."""
    assert "Simon hallinta" not in administrator.get(PAGE).text
    values = {**EEVA, "username": "simo.hallinta", "with_password": "on", "known": "simo.hallinta"}
    page = administrator.post(PAGE, values, follow=True)
    person = User.objects.get(username="simo.hallinta")
    assert (person.first_name, person.email) == ("Simon hallinta", "")
    assert not person.must_change_password
    assert 'class="secret"' not in page.text
    assert 'class="said warning"' in page.text
    assert Membership.objects.get(user=person, municipality=kemi).role == Role.READER
    assert outsider.get("/simo/hallinta/henkilot/").status_code == 200, "the session ended"


def test_a_form_sent_twice_makes_one_person_with_one_role(administrator: Client) -> None:
    """As when the page that shows the password is loaded again: the password stays as it is."""
    values = {**EEVA, "with_password": "on"}
    assert 'class="secret"' in administrator.post(PAGE, values).text
    person = User.objects.get(username="eeva")
    page = administrator.post(PAGE, values)
    assert page.status_code == 422
    assert 'class="secret"' not in page.text
    assert f'<a href="/kemi/hallinta/henkilot/{person.pk}/">' in page.text
    assert User.objects.get(username="eeva").password == person.password
    assert Membership.objects.filter(user=person).count() == 1


@pytest.mark.parametrize(
    "given", [{"role": ""}, {"role": "deputy"}, {"unit": "64320000"}, {"email": "ei-osoite"}]
)
def test_a_form_with_faults_does_not_tell_who_is_elsewhere(
    administrator: Client, outsider: Client, given: dict[str, str]
) -> None:
    """Otherwise a form that is never kept would list the user names of other municipalities."""
    told = []
    for username in ("simo.hallinta", "nobody"):
        page = administrator.post(PAGE, {**EEVA, "username": username, **given})
        told.append((str(page.context["form"].errors), 'name="known"' in page.text))
    assert told[0] == told[1]
    assert told[0][0]
