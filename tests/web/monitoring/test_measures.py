"""The page of an adjustment measure: who may tell how it goes, and what is kept and refused."""

from decimal import Decimal

import pytest

from katsaus.core.programmes import Effect, EffectScenario
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Measure
from katsaus.web.planning.queries import programmes
from katsaus.web.planning.use_cases.measures import DecidedEffectError, tell_measure
from katsaus.web.users.models import User
from web.cast import OUTSIDER, allowed, answers, sign_in
from web.monitoring.seen import READERS, text

PAGE = "/kemi/strategia/sopeuttamistoimet/lumen_vastaanotto/"
SAID = {
    "state": "under_way",
    "note": "Taksa on voimassa.",
    "realised-2023-euros": "41 500,50",
    "realised-2023-person_years": "",
    "forecast-2023-euros": "45 000 €",
    "forecast-2023-person_years": "0,5",
}
# In the trail: what became of what was said.
TOLD = {
    "state": "under_way",
    "note": "Taksa on voimassa.",
    "2023.realised.euros": "41500.50",
    "2023.forecast.euros": "45000.00",
    "2023.forecast.person_years": "0.50",
}
REALISED, FORECAST = EffectScenario.REALISED, EffectScenario.FORECAST


def effects(kemi: Municipality) -> dict[tuple[int, str], Effect]:
    found = programmes.measure(kemi, "lumen_vastaanotto")
    assert found
    return {(each.year, each.scenario.value): each for each in found.effects}


def test_who_may_see_a_measure(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_measure_that_is_not_there_is_not_found(kemi: Municipality) -> None:
    assert sign_in("bertta", kemi).get(PAGE.replace("lumen", "jaan")).status_code == 404


def test_only_who_may_edit_the_unit_tells_how_it_goes(kemi: Municipality) -> None:
    names = ("aino", "daavid", "tarkastaja", "hallinta", OUTSIDER, "nobody", "cecilia", "bertta")
    found = {name: sign_in(name, kemi).post(PAGE, SAID).status_code for name in names}
    refused = dict.fromkeys(("aino", "daavid", "tarkastaja", "hallinta"), 403)
    assert found == {**refused, OUTSIDER: 404, "nobody": 302, "cecilia": 302, "bertta": 302}


def test_who_may_not_tell_sees_no_form_and_changes_nothing(kemi: Municipality) -> None:
    daavid = sign_in("daavid", kemi)
    assert "Tell how the measure goes" not in text(daavid, PAGE)
    before = effects(kemi)
    daavid.post(PAGE, SAID)
    assert effects(kemi) == before


def test_what_is_told_is_kept_and_shown_and_what_was_decided_stays(kemi: Municipality) -> None:
    cecilia = sign_in("cecilia", kemi)
    english = {"accept-language": "en"}
    assert cecilia.post(PAGE, SAID, headers=english)["Location"] == PAGE
    assert effects(kemi) == {
        (2023, "decided"): Effect(2023, EffectScenario.DECIDED, Decimal(40000), None),
        (2023, "realised"): Effect(2023, REALISED, Decimal("41500.50"), None),
        (2023, "forecast"): Effect(2023, FORECAST, Decimal(45000), Decimal("0.5")),
    }
    found = text(cecilia, PAGE)
    assert "The measure was saved." in found
    assert "2023 €40,000 €41,501 €45,000 0.5 FTE" in found
    assert "◐ Under way · permanent" in found


def test_the_form_shows_a_number_as_it_reads_it_back(kemi: Municipality) -> None:
    cecilia = sign_in("cecilia", kemi)
    cecilia.post(PAGE, SAID)
    for language in ("fi", "sv", "en"):
        page = cecilia.get(PAGE, headers={"accept-language": language})
        form = page.context["form"]
        kept = {name: form[name].value() for name in SAID}
        assert cecilia.post(PAGE, kept, headers={"accept-language": language}).status_code == 302
        assert effects(kemi)[2023, "realised"].euros == Decimal("41500.50")
        assert effects(kemi)[2023, "forecast"].person_years == Decimal("0.5")


def test_what_is_told_is_in_the_trail_and_telling_the_same_again_is_not(kemi: Municipality) -> None:
    cecilia = sign_in("cecilia", kemi)
    cecilia.post(PAGE, SAID)
    cecilia.post(PAGE, SAID)
    [event] = Event.objects.filter(action="measure.told")
    assert (event.subject, event.person_name) == ("lumen_vastaanotto", "cecilia")
    assert event.before == {
        "note": "Arvio 40 000 euroa vuodessa; vuonna 2023 tuotto on ollut hieman suurempi.",
        "state": "done",
        **dict.fromkeys(set(TOLD) - {"note", "state"}),
    }
    assert event.after == TOLD


def test_an_emptied_field_takes_an_effect_away(kemi: Municipality) -> None:
    cecilia = sign_in("cecilia", kemi)
    cecilia.post(PAGE, SAID)
    emptied = {**SAID, "realised-2023-euros": ""}
    cecilia.post(PAGE, emptied)
    assert (2023, "realised") not in effects(kemi)


@pytest.mark.parametrize(
    ("field", "given", "fault"),
    [
        ("realised-2023-euros", "paljon", "Write a number, such as 12 500 or 2,5."),
        ("realised-2023-euros", "NaN", "Write a number, such as 12 500 or 2,5."),
        ("realised-2023-euros", "9" * 20, "The number is too large."),
        ("forecast-2023-person_years", "2000000", "The number is too large."),
        ("forecast-2023-person_years", "0,555", "Two decimals at most. Part thousands"),
        ("realised-2023-euros", "12,500", "Two decimals at most. Part thousands"),
        ("state", "valmis", "valmis is not one of the available choices."),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_lost(
    kemi: Municipality, field: str, given: str, fault: str
) -> None:
    client = sign_in("cecilia", kemi)
    before = effects(kemi)
    said = {**SAID, field: given}
    response = client.post(PAGE, said, headers={"accept-language": "en"})
    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="#id_{field}"' in page
    assert fault in page
    assert "Taksa on voimassa." in page
    assert field == "state" or f'value="{given}"' in page
    assert effects(kemi) == before


def test_a_measure_is_abandoned_with_a_reason(kemi: Municipality) -> None:
    client = sign_in("cecilia", kemi)
    without = {**SAID, "state": "abandoned", "note": " "}
    assert client.post(PAGE, without).status_code == 422
    assert client.post(PAGE, {**without, "note": "Taksa kumottiin."}).status_code == 302


def test_what_was_decided_cannot_be_told_anew(kemi: Municipality) -> None:
    sign_in("cecilia", kemi)
    decided = Effect(2023, EffectScenario.DECIDED, Decimal(1), None)
    with pytest.raises(DecidedEffectError):
        tell_measure(
            person=User.objects.get(username="cecilia"),
            measure=Measure.objects.get(municipality=kemi, code="lumen_vastaanotto"),
            state=None,
            note="",
            effects=[decided],
        )
