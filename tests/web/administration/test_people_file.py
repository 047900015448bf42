"""People as a file: out and in the same, all faults at once, nothing half-kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from katsaus.web.access.models import Membership
from katsaus.web.access.rules import Role
from katsaus.web.access.use_cases import give_role
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.users.models import User
from web.cast import ROLES, sign_in

PAGE, FILE = "/kemi/hallinta/henkilot/tuonti/", "/kemi/hallinta/henkilot.csv"
HEADER = "username;name;email;role;unit\n"


def check(client: Client, content: str | bytes) -> tuple[int, list[tuple[int, str]], list[str]]:
    """Give a file, and return the status, the faults and the changes that the page shows."""
    bytes_ = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("henkilöt.csv", bytes_)
    answer = client.post(PAGE, {"file": file}, headers={"accept-language": "en"})
    checked = answer.context["checked"]
    outcome = checked.outcome if checked else None
    faults = [(each.line, each.text) for each in outcome.faults] if outcome else []
    changes = [f"{each.username} {each.text}" for each in outcome.changes] if outcome else []
    return answer.status_code, faults, changes


def keep(client: Client, content: str) -> int:
    return client.post(PAGE, {"content": content, "action": "keep"}).status_code


def everything() -> tuple[object, ...]:
    people = User.objects.order_by("pk").values_list(
        "pk", "username", "first_name", "email", "is_active"
    )
    roles = Membership.objects.order_by("pk").values_list("user", "municipality", "role", "unit")
    return [*people], [*roles], Event.objects.count()


def rows(text: str) -> str:
    return HEADER + text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_goes_out_comes_in_and_changes_nothing(
    administrator: Client, kemi: Municipality, language: str
) -> None:
    for name in ROLES:
        sign_in(name, kemi)
    User.objects.filter(username="cecilia").update(is_active=False)
    User.objects.filter(username="aino").update(first_name='=HYPERLINK("x")', email="a@example.fi")
    content = administrator.get(FILE, headers={"accept-language": language}).content
    word = {"fi": "ei", "sv": "nej", "en": "no"}[language]
    lines = content.decode().splitlines()
    assert [line.split(";")[0] for line in lines if line.endswith(f";{word}")] == ["cecilia"]
    assert b";'=HYPERLINK" in content.replace(b'"', b""), "a formula was not made harmless"
    before = everything()
    assert check(administrator, content) == (200, [], [])
    assert keep(administrator, content.decode("utf-8-sig")) == 302
    assert everything() == before


def test_a_check_keeps_nothing_and_keeping_does_what_was_said(administrator: Client) -> None:
    content = rows(
        "eeva;Sihteeri;eeva@example.fi;unit_head;64320000\neeva;Sihteeri;eeva@example.fi;reader;\n"
    )
    before = everything()
    status, faults, changes = check(administrator, content)
    assert (status, faults) == (200, [])
    assert len(changes) == 2
    assert changes[0].startswith("eeva a new person: unit head 64320000 ")
    assert changes[1] == "eeva is given: reader"
    assert everything() == before
    assert keep(administrator, content) == 302
    eeva = User.objects.get(username="eeva")
    assert (eeva.first_name, eeva.email, eeva.has_usable_password()) == (
        "Sihteeri",
        "eeva@example.fi",
        False,
    )
    assert set(eeva.memberships.values_list("role", "unit__code")) == {
        ("unit_head", "64320000"),
        ("reader", None),
    }


def test_every_fault_is_told_at_once_with_its_row(administrator: Client, aino: User) -> None:
    User.objects.filter(pk=aino.pk).update(email="aino@example.fi")
    content = rows(
        "eeva;Sihteeri;;emperor;\n"
        "eino;Sihteeri;;deputy;99999999\n"
        "elli;Sihteeri;;deputy;\n"
        "elsa;Sihteeri;;reader;64320000\n"
        "e i;Sihteeri;;reader;\n"
        "emma;;;reader;\n"
        "erja;Sihteeri;ei-osoite;reader;\n"
        "esko;Sihteeri;AINO@example.fi;reader;\n"
        "HALLINTA;Sihteeri;;reader;\n"
        "hallinta;;;reader;\n"
        "oona;Sihteeri;;reader;\n"
        "oona;Toinen;;auditor;\n"
    )
    before = everything()
    status, faults, _changes = check(administrator, content)
    assert status == 422
    assert [line for line, _text in faults] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]
    assert all(text for _line, text in faults)
    assert keep(administrator, content) == 422
    assert everything() == before


def test_roles_become_those_of_the_file_and_the_others_stay(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    sign_in("bertta", kemi)
    content = rows("aino;aino;;reader;\n")
    changes = check(administrator, content)[2]
    assert changes[0] == "aino is given: reader"
    assert changes[1].startswith("aino is taken: unit head 64320000 ")
    keep(administrator, content)
    assert [each.role for each in aino.memberships.all()] == ["reader"]
    assert User.objects.get(username="bertta").memberships.get().role == "controller"


def test_administration_passes_from_one_to_another_in_one_file(
    administrator: Client, aino: User
) -> None:
    content = rows("aino;;;administrator;\nhallinta;;;reader;\n")
    assert check(administrator, content)[1] == []
    alone = rows("hallinta;;;reader;\n")
    assert [line for line, _text in check(administrator, alone)[1]] == [2]


def test_an_address_of_another_municipality_that_a_file_tries_is_seen_in_the_trail(
    administrator: Client, outsider: Client
) -> None:
    User.objects.filter(username="simo.hallinta").update(email="simo@example.fi")
    check(administrator, rows("eeva;Sihteeri;simo@example.fi;reader;\n"))
    assert Event.objects.get(action="person.told").subject == "simo@example.fi"


def test_another_municipalitys_person_keeps_name_and_roles(
    administrator: Client, outsider: Client, simo: Municipality, kemi: Municipality
) -> None:
    person = User.objects.get(username="simo.hallinta")
    content = rows("simo.hallinta;Kaapattu;k@example.fi;reader;\n")
    assert check(administrator, content)[2] == [
        "simo.hallinta an account outside the municipality: its name and address stay as they are",
        "simo.hallinta is given: reader",
    ]
    assert Event.objects.get(action="person.told").subject == "simo.hallinta"
    keep(administrator, rows("simo.hallinta;Kaapattu;k@example.fi;reader;\n"))
    assert Event.objects.filter(action="person.told").count() == 1
    person.refresh_from_db()
    assert (person.first_name, person.email) == ("Simon hallinta", "")
    assert set(person.memberships.values_list("municipality__slug", "role")) == {
        ("simo", "administrator"),
        ("kemi", "reader"),
    }
    [(line, _text)] = check(administrator, rows("simo.hallinta;Kaapattu;;reader;\n"))[1]
    assert line == 2
    assert check(administrator, rows("simo.hallinta;Simon hallinta;;auditor;\n"))[1] == []


def test_another_municipalitys_unit_is_not_known(administrator: Client, simo: Municipality) -> None:
    simo.units.create(code="S1", name_fi="Simon yksikkö", level="unit")
    [(_line, text)] = check(administrator, rows("eeva;Sihteeri;;deputy;S1\n"))[1]
    assert text == "There is no unit S1."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("role", ["reader", "READER", " Reader "])
def test_files_of_spreadsheets_are_read(administrator: Client, encoding: str, role: str) -> None:
    content = f"User name;NAME;role\r\npäivi;Ylläpitäjä;{role}\r\n;;\r\n".encode(encoding)
    assert check(administrator, content)[2] == ["päivi a new person: reader"]
    keep(administrator, content.decode(encoding))
    assert User.objects.get(username="päivi").first_name == "Ylläpitäjä"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\xfe", b"name;email\nx;y\n", b"x" * 1_000_001, b'"username;role\n',
     b"username;role\n" + b"x" * 200_000],
    ids=["empty", "not text", "other columns", "too large", "an open quotation", "a long field"],
)  # fmt: skip
def test_what_is_no_file_of_people_is_refused_in_words(
    administrator: Client, content: bytes
) -> None:
    answer = administrator.post(PAGE, {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}


def test_nothing_given_is_said(administrator: Client) -> None:
    assert administrator.post(PAGE, {"action": "check"}).status_code == 422


def test_a_file_cannot_break_the_row_of_the_database(administrator: Client) -> None:
    content = "username;name;role\nee\0va;Sih\0teeri;reader\n"
    assert check(administrator, content)[2] == ["eeva a new person: reader"]


def test_html_in_a_file_is_text(administrator: Client) -> None:
    content = rows("eeva;<script>alert(1)</script>;;<b>;\n")
    file = SimpleUploadedFile("x.csv", content.encode())
    page = administrator.post(PAGE, {"file": file}).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_a_file_takes_people_out_of_use_and_in_use_again(
    administrator: Client, aino: User, kemi: Municipality
) -> None:
    client = sign_in("aino", kemi)
    header = "username;name;role;unit;in use\n"
    content = header + "aino;;unit head;64320000;NO\n"
    assert check(administrator, content) == (200, [], ["aino is taken out of use"])
    keep(administrator, content)
    assert not User.objects.get(pk=aino.pk).is_active
    assert client.get("/kemi/").status_code == 302
    keep(administrator, header + "aino;;unit head;64320000;\n")
    assert not User.objects.get(pk=aino.pk).is_active, "an empty cell says nothing"
    content = header + "aino;;unit head;64320000;kyllä\n"
    assert check(administrator, content)[2] == ["aino is taken in use again"]
    keep(administrator, content)
    actions = Event.objects.filter(subject="aino", action__startswith="person.").order_by("pk")
    assert [each.action for each in actions] == ["person.deactivated", "person.activated"]


def test_faults_in_who_is_in_use_are_told(
    administrator: Client, aino: User, simo: Municipality
) -> None:
    """One's own account and that of a person of two municipalities are not taken out of use."""
    give_role(by=None, person=aino, municipality=simo, role=Role.READER, unit=None)
    faults = check(
        administrator,
        "username;name;role;unit;in use\n"
        "hallinta;;administrator;;no\n"
        "aino;;unit head;64320000;no\n"
        "eeva;Sihteeri;reader;;ehkä\n"
        "oona;Sihteeri;reader;;no\n"
        "oona;Sihteeri;auditor;;yes\n",
    )[1]
    assert [line for line, _text in faults] == [2, 3, 4, 6]


def test_administration_passes_to_one_who_is_taken_in_use_in_the_same_file(
    administrator: Client, aino: User
) -> None:
    User.objects.filter(pk=aino.pk).update(is_active=False)
    content = "username;role;in use\naino;administrator;yes\nhallinta;reader;yes\n"
    assert check(administrator, content)[1] == []
