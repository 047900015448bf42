"""One person: roles given and taken, a new password, a lost second factor, out of use."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.cast import allowed, answers, enrol, sign_in

PAGE = "/kemi/hallinta/henkilot/"
ACTS = (
    {"action": "give_role", "role": "reader"},
    {"action": "take_role"},
    {"action": "change", "name": "Joku muu"},
    {"action": "give_password"},
    {"action": "remove_second_factor", "reason": "puhelin katosi"},
    {"action": "deactivate"},
)


def do(client: Client, person: User, action: str, **values: str) -> str:
    """Do a thing to a person, and return the page that is shown then."""
    address = f"{PAGE}{person.pk}/"
    english = {"accept-language": "en"}
    return client.post(address, {"action": action, **values}, follow=True, headers=english).text


def is_in(client: Client) -> bool:
    return get_user(client.get("/accounts/login/").wsgi_request).is_authenticated


def state(person: User) -> tuple[object, ...]:
    """Return all that can be changed of a person."""
    found = User.objects.get(pk=person.pk)
    return (
        found.password,
        found.is_active,
        found.first_name,
        found.email,
        sorted(Membership.objects.filter(user=found).values_list("municipality", "role", "unit")),
        Authenticator.objects.filter(user=found).count(),
    )


def test_only_the_administrator_opens_it(kemi: Municipality, aino: User) -> None:
    assert answers(f"{PAGE}{aino.pk}/", kemi) == allowed("hallinta")


@pytest.mark.parametrize("values", ACTS, ids=lambda values: values["action"])
@pytest.mark.parametrize("name", ["bertta", "cecilia", "tarkastaja", "simo.talous", "nobody"])
def test_nobody_else_does_anything(
    kemi: Municipality, aino: User, name: str, values: dict[str, str]
) -> None:
    enrol(aino)
    before = state(aino)
    own = str(aino.memberships.get().pk)
    answer = sign_in(name, kemi).post(f"{PAGE}{aino.pk}/", {**values, "membership": own})
    assert answer.status_code in (302, 403, 404)
    assert state(aino) == before


@pytest.mark.parametrize("values", ACTS, ids=lambda values: values["action"])
def test_another_municipalitys_administrator_reaches_nobody_here(
    outsider: Client, aino: User, values: dict[str, str]
) -> None:
    enrol(aino)
    before = state(aino)
    sent = {**values, "membership": str(aino.memberships.get().pk)}
    for address in (f"{PAGE}{aino.pk}/", f"/simo/hallinta/henkilot/{aino.pk}/"):
        assert outsider.post(address, sent).status_code == 404
        assert outsider.get(address).status_code == 404
    assert state(aino) == before


@pytest.mark.parametrize("values", ACTS[2:], ids=lambda values: values["action"])
def test_the_account_of_a_person_of_two_municipalities_is_neithers(
    administrator: Client, aino: User, simo: Municipality, values: dict[str, str]
) -> None:
    enrol(aino)
    Membership.objects.create(user=aino, municipality=simo, role=Role.READER)
    before = state(aino)
    page = do(administrator, aino, **values)
    assert state(aino) == before
    assert "belongs to another municipality too" in page
    assert 'class="secret"' not in page


def test_an_outsider_cannot_take_over_a_person_by_giving_them_a_role(
    outsider: Client, aino: User, simo: Municipality
) -> None:
    values = {"username": "aino", "name": "x", "email": "", "role": "reader", "known": "aino"}
    outsider.post("/simo/hallinta/henkilot/uusi/", {**values, "with_password": "on"})
    assert aino.memberships.filter(municipality=simo).exists()
    before = state(aino)
    for sent in ACTS[2:]:
        outsider.post(f"/simo/hallinta/henkilot/{aino.pk}/", sent)
    assert state(aino) == before


def test_the_roles_here_of_a_person_of_two_municipalities_are_given_and_taken(
    administrator: Client, aino: User, simo: Municipality, kemi: Municipality
) -> None:
    elsewhere = Membership.objects.create(user=aino, municipality=simo, role=Role.READER)
    do(administrator, aino, "take_role", membership=str(elsewhere.pk))
    assert Membership.objects.filter(pk=elsewhere.pk).exists(), "a role elsewhere was taken"
    own = aino.memberships.get(municipality=kemi)
    page = do(administrator, aino, "take_role", membership=str(own.pk))
    assert list(aino.memberships.all()) == [elsewhere]
    assert f"{PAGE}{aino.pk}/" not in page, "the person is still listed"


def test_a_role_is_given_over_a_unit_and_taken(administrator: Client, aino: User) -> None:
    do(administrator, aino, "give_role", role="deputy", unit="64500000")
    given = aino.memberships.get(role="deputy")
    assert given.unit is not None
    assert given.unit.code == "64500000"
    do(administrator, aino, "take_role", membership=str(given.pk))
    assert [each.role for each in aino.memberships.all()] == ["unit_head"]
    taken = Event.objects.get(municipality="kemi", action="role.taken")
    assert (taken.subject, taken.before) == ("aino", {"role": "deputy", "unit": "64500000"})


def test_a_role_taken_twice_is_taken_once(administrator: Client, aino: User) -> None:
    do(administrator, aino, "give_role", role="reader")
    given = str(aino.memberships.get(role="reader").pk)
    for _ in range(2):
        do(administrator, aino, "take_role", membership=given)
    assert Event.objects.filter(action="role.taken").count() == 1


def test_another_municipalitys_unit_is_not_given(
    administrator: Client, aino: User, simo: Municipality
) -> None:
    simo.units.create(code="S1", name_fi="Simon yksikkö", level="unit")
    page = do(administrator, aino, "give_role", role="deputy", unit="S1")
    assert 'href="#id_unit"' in page
    assert "Simon yksikkö" not in page
    assert aino.memberships.count() == 1


def test_a_fault_in_a_role_keeps_what_was_chosen(administrator: Client, aino: User) -> None:
    page = do(administrator, aino, "give_role", role="deputy")
    assert "choose the unit too" in page
    assert '<option value="deputy" selected>' in page


def test_the_last_role_is_not_taken(administrator: Client, aino: User) -> None:
    page = do(administrator, aino, "take_role", membership=str(aino.memberships.get().pk))
    assert "last role" in page
    assert aino.memberships.count() == 1


def test_the_last_administrator_stays(administrator: Client) -> None:
    person = User.objects.get(username="hallinta")
    do(administrator, person, "give_role", role="reader")
    own = str(person.memberships.get(role="administrator").pk)
    assert "Nobody else is the administrator" in do(
        administrator, person, "take_role", membership=own
    )
    assert person.memberships.filter(role="administrator").exists()


def test_an_administrator_out_of_use_does_not_count_as_another(
    administrator: Client, aino: User
) -> None:
    do(administrator, aino, "give_role", role="administrator")
    do(administrator, aino, "deactivate")
    person = User.objects.get(username="hallinta")
    do(administrator, person, "give_role", role="reader")
    own = str(person.memberships.get(role="administrator").pk)
    do(administrator, person, "take_role", membership=own)
    assert person.memberships.filter(role="administrator").exists()


def test_one_of_two_administrators_gives_way(administrator: Client, aino: User) -> None:
    do(administrator, aino, "give_role", role="administrator")
    own = str(aino.memberships.get(role="administrator").pk)
    do(administrator, aino, "take_role", membership=own)
    assert not aino.memberships.filter(role="administrator").exists()


@pytest.mark.parametrize("values", ACTS[3:], ids=lambda values: values["action"])
def test_ones_own_account_is_changed_on_the_own_page(
    administrator: Client, values: dict[str, str]
) -> None:
    person = User.objects.get(username="hallinta")
    before = state(person)
    assert "your own account" in do(administrator, person, **values)
    assert state(person) == before
    assert is_in(administrator)


def test_the_name_and_the_address_are_changed(administrator: Client, aino: User) -> None:
    do(administrator, aino, "change", name="Uusi nimi", email="uusi@example.fi")
    aino.refresh_from_db()
    assert (aino.first_name, aino.email) == ("Uusi nimi", "uusi@example.fi")
    event = Event.objects.get(action="person.changed", municipality="kemi")
    assert event.before == {"name": "aino", "email": ""}


def test_anothers_address_is_refused(administrator: Client, aino: User, kemi: Municipality) -> None:
    sign_in("bertta", kemi)
    User.objects.filter(username="bertta").update(email="b@example.fi")
    page = do(administrator, aino, "change", name="Aino", email="B@example.fi")
    assert 'href="#id_email"' in page
    assert User.objects.get(pk=aino.pk).email == ""


def test_a_new_password_ends_the_sessions(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    client = sign_in("aino", kemi)
    found = re.search(
        r'<code class="secret" id="password">([^<]+)</code>',
        do(administrator, aino, "give_password"),
    )
    assert found
    assert not is_in(client)
    aino.refresh_from_db()
    assert aino.check_password(found[1])
    assert aino.must_change_password
    assert Event.objects.get(action="password.given", municipality="kemi").subject == "aino"


def test_no_browser_keeps_the_page_of_a_new_password(administrator: Client, aino: User) -> None:
    page = administrator.post(f"{PAGE}{aino.pk}/", {"action": "give_password"})
    assert 'class="secret"' in page.text
    assert "no-store" in page["Cache-Control"]
    # A script shows the button that copies it; no script is inside the page.
    assert re.search(r'<button [^>]*data-copies="password"[^>]* hidden>', page.text)
    assert re.findall(r"<script>|<script [^>]*>(?!</script>)", page.text) == []


def test_a_lost_second_factor_is_removed_with_its_reason(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    client = sign_in("aino", kemi)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=aino, type=kind, data={})
    assert "#id_reason" in do(administrator, aino, "remove_second_factor", reason=" ")
    assert Authenticator.objects.filter(user=aino).count() == 2
    do(administrator, aino, "remove_second_factor", reason="puhelin katosi")
    assert not Authenticator.objects.filter(user=aino).exists()
    assert not is_in(client)
    assert is_in(administrator), "the administrator was signed out too"
    event = Event.objects.get(action="second_factor.removed", municipality="kemi")
    assert event.after == {"reason": "puhelin katosi"}
    assert event.before == {"second_factor": ["recovery_codes", "totp"]}


def test_out_of_use_signs_out_for_good_and_in_use_again_does_not_sign_in(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    client = sign_in("aino", kemi)
    assert "was taken out of use and signed out" in do(administrator, aino, "deactivate")
    assert not is_in(client)
    assert "is in use again" in do(administrator, aino, "activate")
    assert User.objects.get(pk=aino.pk).is_active
    assert not is_in(client), "the old session opened again"
    actions = Event.objects.filter(subject="aino", action__startswith="person.")
    assert [each.action for each in actions] == ["person.activated", "person.deactivated"]


def test_an_act_that_is_not_there_does_nothing(administrator: Client, aino: User) -> None:
    before = state(aino)
    answer = administrator.post(f"{PAGE}{aino.pk}/", {"action": "promote"})
    assert answer.status_code == 404
    assert state(aino) == before
