"""Giving a value of an indicator: who may, what is kept, and what is refused at its field."""

from decimal import Decimal

import pytest

from katsaus.core.indicators import Entry, Value, ValueScenario
from katsaus.core.periods import Period
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import IndicatorValue
from katsaus.web.planning.use_cases.answers import AnswerError, give_value
from katsaus.web.users.models import User
from web.cast import OUTSIDER, sign_in
from web.monitoring.seen import bring_in, text

PAGE = "/kemi/strategia/mittari/auditoidut_paivakodit/arvo/"
GIVEN = {"scenario": "actual", "period": "2023-12", "unit": "64300000", "value": "6", "of": "7"}
KINDS = """
indicators: code; name_fi; kind; polarity; aggregation
  valmis; Valmis; yes_no; up; last
  sanoin; Sanoin; text; none; none
indicator_links: indicator; to; code
  valmis; unit; 64300000
  sanoin; unit; 64300000
"""


def kept(kemi: Municipality, code: str = "auditoidut_paivakodit") -> IndicatorValue:
    return IndicatorValue.objects.get(
        indicator__municipality=kemi, indicator__code=code, year=2023, month=12, scenario="actual"
    )


def test_who_may_give(kemi: Municipality) -> None:
    names = ("aino", "bertta", "cecilia", "daavid", "tarkastaja", "hallinta", OUTSIDER, "nobody")
    found = {name: sign_in(name, kemi).get(PAGE).status_code for name in names}
    refused = dict.fromkeys(("aino", "cecilia", "daavid", "tarkastaja", "hallinta"), 403)
    assert found == {"bertta": 200, **refused, OUTSIDER: 404, "nobody": 302}


def test_a_division_s_head_gives_values_of_the_division(kemi: Municipality) -> None:
    bring_in(kemi, "indicator_links: indicator; to; code\n  kavijat_museo; unit; 64520000\n")
    page = "/kemi/strategia/mittari/kavijat_museo/arvo/"
    client = sign_in("cecilia", kemi)
    given = GIVEN | {"of": ""}
    assert client.post(page, given | {"unit": "64520000"}).status_code == 302
    assert client.post(page, given | {"unit": "64330000"}).status_code == 422
    assert client.post(page, given | {"unit": ""}).status_code == 422


def test_what_is_given_is_kept_and_written_down(kemi: Municipality) -> None:
    client = sign_in("bertta", kemi)
    assert client.post(PAGE, GIVEN).status_code == 302
    found = kept(kemi)
    assert (found.number, found.of) == (Decimal(6), Decimal(7))
    assert found.unit
    assert found.unit.code == "64300000"
    event = Event.objects.latest("id")
    assert (event.action, event.before) == ("value.given", None)
    assert event.after == {"value": "6", "of": "7", "unit": "64300000", "place": ""}
    assert client.post(PAGE, GIVEN | {"value": "7"}).status_code == 302
    assert kept(kemi).number == 7
    assert Event.objects.latest("id").before == {"value": "6.000000", "of": "7.000000"}


def test_numbers_are_read_as_people_write_them(kemi: Municipality) -> None:
    sign_in("bertta", kemi).post(PAGE, GIVEN | {"value": "1 234,5", "of": ""})
    assert float(kept(kemi).number or 0) == 1234.5


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"value": "monta"}, "“monta” is not a number."),
        ({"value": "", "of": ""}, "Give a value, or say it in words."),
        ({"of": "seitsemän"}, "“seitsemän” is not a number."),
        ({"low": "9", "high": "3"}, "The smallest value is above the largest."),
        ({"period": "kesä"}, "“kesä” is not a period."),
        ({"on": "20.13."}, "Write the day like 30.6.2023."),
        ({"value": "1.1234567"}, "has too many digits"),
    ],
)
def test_a_fault_is_said_at_its_field(kemi: Municipality, said: dict[str, str], told: str) -> None:
    before = IndicatorValue.objects.count()
    client = sign_in("bertta", kemi)
    response = client.post(PAGE, GIVEN | said, headers={"accept-language": "en"})
    assert response.status_code == 422
    page = response.content.decode()
    field = next(iter(said))
    assert told in page.split(f'<label for="id_{field}"')[1].split("</div>")[0]
    assert f'href="#id_{field}"' in page
    assert IndicatorValue.objects.count() == before


def test_yes_or_no_is_chosen_and_words_have_no_number(kemi: Municipality) -> None:
    bring_in(kemi, KINDS)
    client = sign_in("bertta", kemi)
    yes_no = client.get("/kemi/strategia/mittari/valmis/arvo/").content.decode()
    assert '<select name="value"' in yes_no
    assert 'name="of"' not in yes_no
    given = {"scenario": "actual", "period": "2023-12", "unit": "64300000"}
    refused = client.post("/kemi/strategia/mittari/valmis/arvo/", given | {"value": "2"})
    assert refused.status_code == 422
    words = client.get("/kemi/strategia/mittari/sanoin/arvo/").content.decode()
    assert 'name="value"' not in words
    assert (
        client.post("/kemi/strategia/mittari/sanoin/arvo/", given | {"text": "Hyvin"}).status_code
        == 302
    )
    assert kept(kemi, "sanoin").text == "Hyvin"


def test_what_is_computed_is_not_given_but_its_target_is(kemi: Municipality) -> None:
    page = "/kemi/strategia/mittari/auditoidut_paivakodit_osuus/arvo/"
    client = sign_in("bertta", kemi)
    given = {"period": "2024", "unit": "64300000", "value": "90"}
    assert client.post(page, given | {"scenario": "actual"}).status_code == 422
    assert client.post(page, given | {"scenario": "target"}).status_code == 302


def test_the_use_case_itself_refuses_an_actual_of_what_is_computed(kemi: Municipality) -> None:
    sign_in("bertta", kemi)
    person = User.objects.get(username="bertta")
    entry = Entry(
        "auditoidut_paivakodit_osuus", ValueScenario.ACTUAL, Period(2023, 12), Value(text="x")
    )
    with pytest.raises(AnswerError):
        give_value(municipality=kemi, person=person, entry=entry)


def test_the_given_value_is_on_the_indicators_page(kemi: Municipality) -> None:
    client = sign_in("bertta", kemi)
    client.post(PAGE, GIVEN)
    found = text(client, "/kemi/strategia/mittari/auditoidut_paivakodit/?period=2023-12")
    assert "6 / 7 kpl 1–12/2023" in found


def test_the_form_begins_with_what_is_told_so_that_nothing_of_it_is_lost(
    kemi: Municipality,
) -> None:
    form = sign_in("bertta", kemi).get(PAGE, {"period": "2023-06"}).context["form"]
    found = {name: form[name].value() for name in ("scenario", "period", "value", "of")}
    assert found == {"scenario": "actual", "period": "2023-06", "value": "4", "of": "7"}
    assert form.has_more
