"""The limits of deviations: who changes them, and what the pages then tell."""

from decimal import Decimal

import pytest
from django.test import Client

from katsaus.core.organization import Level
from katsaus.definitions.thresholds import thresholds
from katsaus.web.audit.models import Event
from katsaus.web.audit.use_cases import Touch, record
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import ensure_municipality
from katsaus.web.planning.models import Limit
from katsaus.web.planning.queries.limits import limits
from web.cast import allowed, answers, sign_in

PAGE = "/kemi/hallinta/rajat/"
DEVIATIONS = "/kemi/poikkeamat/"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def fields(browser: Client, **changed: str) -> dict[str, str]:
    form = browser.get(PAGE).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changed


def test_the_controller_changes_them(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed("bertta")
    for name in ("aino", "hallinta", "tarkastaja"):
        sign_in(name, kemi).post(PAGE, {"action": "usual"})
    assert not Event.objects.filter(action="limits.changed").exists()
    assert sign_in("simo.talous", kemi).get(PAGE).status_code == 404


def test_the_usual_limits_are_shown_first(kemi: Municipality, bertta: Client) -> None:
    assert limits(kemi) == thresholds()
    said = fields(bertta)
    assert (said["forecast_division_percent"], said["forecast_division_euros"]) == ("1", "100000")
    assert "Ota tavalliset rajat" not in bertta.get(PAGE).text
    assert bertta.post(PAGE, said).status_code == 302
    assert not Limit.objects.exists()


def test_own_limits_decide_what_is_told_and_the_usual_ones_come_back(
    kemi: Municipality, bertta: Client
) -> None:
    before = bertta.get(DEVIATIONS).context["outlook"]
    said = fields(bertta, forecast_service_area_percent="0,5", forecast_service_area_euros="1 000")
    assert bertta.post(PAGE, said).status_code == 302
    after = bertta.get(DEVIATIONS).context["outlook"]
    assert len(after.worse) > len(before.worse)
    assert "0,5\N{NO-BREAK SPACE}% ja 1\N{NO-BREAK SPACE}000" in bertta.get(DEVIATIONS).text
    event = Event.objects.latest("id")
    assert event.action == "limits.changed"
    assert (event.before or {})["forecast (service_area)"] == ["2", "50000"]
    assert (event.after or {})["forecast (service_area)"] == ["0.5", "1000"]
    assert limits(ensure_municipality(slug_or_number="posio")) == thresholds()
    assert "Ota tavalliset rajat" in bertta.get(PAGE).text
    bertta.post(PAGE, {"action": "usual"})
    assert limits(kemi) == thresholds()
    assert len(bertta.get(DEVIATIONS).context["outlook"].worse) == len(before.worse)


@pytest.mark.parametrize("written", ["100 000,50", "100000,5", "100\N{NO-BREAK SPACE}000,50"])
def test_a_limit_of_euros_may_have_cents(kemi: Municipality, bertta: Client, written: str) -> None:
    said = fields(bertta, forecast_division_euros=written)
    assert bertta.post(PAGE, said).status_code == 302
    assert limits(kemi).forecast[Level.DIVISION].euros == Decimal("100000.50")
    assert 'value="100000,50"' in bertta.get(PAGE).text
    page = bertta.get(DEVIATIONS).text
    assert "1\N{NO-BREAK SPACE}% ja 100\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}€" in page


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fi", "2 % ja 50 000 €", "0,5 % ja 1 000,50 €"),
        ("sv", "2 % och 50 000 €", "0,5 % och 1 000,50 €"),
        ("en", "2% and €50,000", "0.5% and €1,000.50"),
    ],
)
def test_the_audit_log_tells_limits_in_the_language_of_its_reader(
    kemi: Municipality, bertta: Client, language: str, before: str, after: str
) -> None:
    said = fields(
        bertta, forecast_service_area_percent="0,5", forecast_service_area_euros="1000,50"
    )
    bertta.post(PAGE, said)
    page = bertta.get("/kemi/hallinta/loki/", headers={"accept-language": language}).text
    shown = page.replace("\N{NO-BREAK SPACE}", " ")
    assert before in shown
    assert after in shown


def test_limits_that_were_recorded_as_a_text_are_told_alike(
    kemi: Municipality, bertta: Client
) -> None:
    record(
        person=None,
        municipality=kemi.slug,
        action="limits.changed",
        subject="",
        touches=Touch.TOLD,
        before={"pace (division)": "5 % 100000 €"},
        after={"pace (division)": "0.5 % 1000 €"},
    )
    page = bertta.get("/kemi/hallinta/loki/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "5 % ja 100 000 €" in page
    assert "0,5 % ja 1 000 €" in page


def test_paces_are_marked_by_the_limits_of_the_level(kemi: Municipality, bertta: Client) -> None:
    address = "/kemi/talous/?row=operating_expenses&unit=64000000"
    empty = {name: "" for name in fields(bertta) if name.startswith("pace_")}
    bertta.post(PAGE, fields(bertta, **empty))
    assert 'class="pace over"' not in bertta.get(address).text
    tight = dict.fromkeys(empty, "0")
    bertta.post(PAGE, fields(bertta, **tight))
    assert 'class="pace over"' in bertta.get(address).text


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"pace_division_euros": ""}, "pace_division_euros"),
        ({"pace_division_percent": "101"}, "pace_division_percent"),
        ({"pace_division_euros": "-1"}, "pace_division_euros"),
        ({"pace_division_euros": "paljon"}, "pace_division_euros"),
        ({"pace_division_euros": "1,005"}, "pace_division_euros"),
    ],
)
def test_what_is_no_limit_is_a_fault_at_its_field(
    bertta: Client, changed: dict[str, str], wrong: str
) -> None:
    answer = bertta.post(PAGE, fields(bertta, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert f'href="#id_{wrong}"' in answer.text
    assert not Limit.objects.exists()


def test_no_limits_at_all_are_refused(bertta: Client) -> None:
    answer = bertta.post(PAGE, dict.fromkeys(fields(bertta), ""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])
