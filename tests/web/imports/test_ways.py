"""The ways of keeping a file of plans or postings: what each would lose, double or begin."""

import pytest
from django.test import Client
from django.utils.translation import override

from katsaus.ledger.importers import Kind
from katsaus.ledger.problems import Problem, ProblemCode
from katsaus.web.imports import queries, uploads
from katsaus.web.imports.messages import sentence
from katsaus.web.imports.models import State, Upload
from katsaus.web.imports.previews import Preview
from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import FORECAST, act, address, give, kept_batch

WAGES = "64110100;4000;2023;-100,00;31.7.2023;päällikkö;koe\n"
SERVICES = "64110100;4300;2023;-50,00;31.7.2023;päällikkö;koe\n"
POSTINGS = "Yksikkö;Tili;Tositepäivä;Summa\n"
BUDGET = "Yksikkö;Rivi;Vuosi;Summa\n"


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)


def _preview(browser: Client, upload: Upload) -> Preview:
    found = browser.get(address(upload)).context["preview"]
    assert isinstance(found, Preview)
    return found


def _ways(found: Preview) -> list[tuple[bool, bool, str]]:
    return [(way.replaces, way.is_usual, way.told) for way in found.ways]


def test_a_forecast_that_has_all_of_the_older_one_replaces_it(bertta: Client) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    upload = give(bertta, FORECAST + WAGES.replace("-100", "-110") + SERVICES, "uusi.csv")
    assert _ways(_preview(bertta, upload)) == [
        (True, True, ""),
        (False, False, "1 luku on kummassakin ja laskettaisiin kahdesti."),
    ]


def test_a_forecast_of_other_rows_is_added(bertta: Client) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    upload = give(bertta, FORECAST + SERVICES, "uusi.csv")
    assert _ways(_preview(bertta, upload)) == [
        (True, False, "1 luku, jota tiedostossa ei ole, jäisi pois laskuista."),
        (False, True, ""),
    ]


def test_a_forecast_that_has_some_of_the_older_one_is_the_persons_to_settle(
    bertta: Client,
) -> None:
    first = kept_batch(act(bertta, give(bertta, FORECAST + WAGES + SERVICES), "keep"))
    upload = give(bertta, FORECAST + WAGES.replace("-100", "-110"), "uusi.csv")
    page = bertta.get(address(upload))
    assert page.context["preview"].is_open
    assert (page.text.count("required> "), page.text.count("checked> ")) == (2, 0)
    answer = bertta.post(address(upload), {"action": "keep"}, follow=True)
    assert "Valitse, korvaako tiedosto aiemman vai lisätäänkö se siihen." in answer.text
    upload.refresh_from_db()
    assert upload.state == State.READ
    kept_batch(act(bertta, upload, "keep", replaces="1"))
    first.refresh_from_db()
    assert first.status == "superseded"


def _posted(*lines: str) -> str:
    return POSTINGS.strip() + ";Tosite\n" + "".join(f"64110100;4000;5.6.2023;{x}\n" for x in lines)


TWICE = _posted("-3,00;A", "-3,00;A", "-7,00;B")


@pytest.mark.parametrize(
    ("newer", "replacing", "adding"),
    [
        (("-3,00;A", "-3,00;A", "-7,00;B", "-1,00;C"), (True, 0), (False, 3)),
        (("-7,00;C", "-8,00;B"), (False, 3), (True, 0)),
        (("-3,00;A", "-7,00;B"), (False, 1), (False, 2)),
    ],
)
def test_postings_of_the_same_months_are_counted_one_by_one(
    bertta: Client, newer: tuple[str, ...], replacing: tuple[bool, int], adding: tuple[bool, int]
) -> None:
    act(bertta, give(bertta, TWICE, "a.csv", period=""), "keep")
    ways = _ways(_preview(bertta, give(bertta, _posted(*newer), "b.csv", period="")))
    found = [(is_usual, int(told.split()[0]) if told else 0) for _, is_usual, told in ways]
    assert found == [replacing, adding]


def test_a_file_that_cannot_replace_tells_what_adding_it_doubles(bertta: Client) -> None:
    spring = TWICE + "64110100;4000;5.5.2023;-9,00;A\n"
    act(bertta, give(bertta, spring, "a.csv", period=""), "keep")
    upload = give(bertta, _posted("-7,00;B", "-2,00;B"), "b.csv", period="")
    found, page = _preview(bertta, upload), bertta.get(address(upload)).text
    assert found.in_the_way is not None
    why, undo = "Tiedosto ei voi korvata tuontierää", f"era/{found.in_the_way.pk}/peru/"
    assert page.index(why) < page.index(undo) < page.index("Täsmäytyssummat")
    assert '<button class="second" name="action" value="keep">' in page
    assert page.index("Lisää tiedosto vain") < page.index('value="keep"')
    assert _ways(found) == [(False, True, "1 vienti on kummassakin ja laskettaisiin kahdesti.")]


def test_the_sums_before_are_of_the_files_round_and_year(
    kemi: Municipality, bertta: Client
) -> None:
    act(bertta, give(bertta, FORECAST + WAGES), "keep")
    other = _preview(bertta, give(bertta, FORECAST + SERVICES, "toinen.csv", period="2023-08"))
    assert [each.rows for each in other.ways[0].totals] == ["0", "1", "1"]
    budget = give(
        bertta, BUDGET + "64110100;Toimintakulut;2031;-1,00\n", "ta.csv", period="", kind="budget"
    )
    assert [each.rows for each in _preview(bertta, budget).ways[0].totals] == ["0", "1", "1"]
    assert queries.sums(kemi, Kind.BUDGET).rows > 0


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("forecasts", FORECAST + WAGES, "samalta kierrokselta"),
        ("budget", BUDGET + "64110100;Toimintakulut;2031;-100,00\n", "samoilta vuosilta"),
        ("postings", POSTINGS + "64110100;4000;5.6.2023;-100,00\n", "samoilta kuukausilta"),
    ],
)
def test_it_is_said_whether_a_round_years_or_months_are_replaced(
    bertta: Client, kind: str, content: str, told: str
) -> None:
    said = {"kind": kind, "period": "2023-07" if kind == "forecasts" else ""}
    act(bertta, give(bertta, content, "a.csv", **said), "keep")
    upload = give(bertta, content.replace("-100", "-110"), "b.csv", **said)
    page = bertta.get(address(upload)).text
    assert f"Korvaa se, mitä lähde on antanut {told}" in page


def test_postings_of_a_later_month_are_told_to_begin_a_period(bertta: Client) -> None:
    upload = give(bertta, POSTINGS + "64110100;4000;5.7.2023;-3,00\n", "a.csv", period="")
    begins = _preview(bertta, upload).begins
    assert begins is not None
    assert (begins.period, begins.amount) == (
        "1\N{EN DASH}7/2023",
        "\N{MINUS SIGN}3,00\N{NO-BREAK SPACE}€",
    )
    assert "Uusi kausi alkaa" in bertta.get(address(upload)).text
    upload = give(bertta, POSTINGS + "64110100;4000;5.6.2023;-3,00\n", "b.csv", period="")
    assert _preview(bertta, upload).begins is None


def test_a_forecast_of_another_year_than_its_round_is_not_kept(bertta: Client) -> None:
    upload = give(bertta, FORECAST + WAGES.replace("2023;-", "2024;-"))
    page = bertta.get(address(upload)).text
    assert "Ennustekierros on vuodelta 2023, mutta nämä rivit ovat vuodelta 2024" in page
    assert 'value="keep"' not in page


def test_a_budget_with_a_sum_beside_its_parts_names_the_row_and_the_part(bertta: Client) -> None:
    rows = "64110100;Henkilöstökulut;2024;-40,00\n64110100;Toimintakulut;2024;-90,00\n"
    page = bertta.get(address(give(bertta, BUDGET + rows, "ta.csv", period="", kind="budget"))).text
    assert "Yksiköllä 64110100 on sekä ”Toimintakulut” että sen osia (rivejä: 1," in page
    assert "ensimmäinen rivillä 2)" in page
    assert 'value="keep"' not in page


def test_turned_signs_are_asked_about_beside_the_field_that_turns_them(bertta: Client) -> None:
    rows = "64110100;Toimintakulut;2024;90,00\n"
    upload = give(bertta, BUDGET + rows, "ta.csv", period="", kind="budget")
    page = bertta.get(address(upload)).text
    assert "Toimintakulut ovat yhteensä 90,00\N{NO-BREAK SPACE}€, vaikka menot" in page
    assert '<a href="#id_sign">' in page
    assert 'value="keep"' in page
    said = {"kind": "budget", "source": "koe", "period": "", "sign": "expense_positive"}
    turned = act(bertta, upload, "read", **said)
    assert "vaikka menot" not in bertta.get(address(turned)).text


@pytest.mark.parametrize("days", ["2033-05-05", "2033-05-05/2034-01-01"])
def test_days_that_cannot_be_of_postings_are_written_as_days_with_those_that_can(
    days: str,
) -> None:
    possible = ("1999-01-01", "2027-12-31")
    problem = Problem(ProblemCode.OUTSIDE_PERIOD, "x.csv", 2, value=days, possible=possible)
    with override("fi"):
        told = sentence(problem)
    shown = {"2033-05-05": "5.5.2033"}.get(days, "5.5.2033\N{EN DASH}1.1.2034")
    assert f"vientien päiviä: {shown} (" in told
    assert "väliltä 1.1.1999\N{EN DASH}31.12.2027" in told


def test_a_budget_without_a_year_is_read_with_the_one_that_the_form_says(bertta: Client) -> None:
    content = "Yksikkö;Rivi;Summa\n64110100;Toimintakulut;-1,00\n"
    upload = give(bertta, content, "ta.csv", period="", kind="budget")
    assert '<a href="#id_year">' in bertta.get(address(upload)).text
    said = {"kind": "budget", "source": "koe", "period": "", "sign": "revenue_positive"}
    upload = act(bertta, upload, "read", **said, year="2026")
    page = bertta.get(address(upload))
    assert "vuosi 2026" in page.text
    assert page.context["form"]["year"].value() == 2026
    batch = kept_batch(act(bertta, upload, "keep"))
    assert (batch.first_month, batch.rows) == (202600, 1)
    content = content.replace("-1,00", "-2,00")
    upload = give(bertta, content, "ta2.csv", period="", kind="budget")
    assert '<a href="#id_year">' in bertta.get(address(upload)).text  # it is of any year


def test_only_plans_are_asked_for_their_year(bertta: Client) -> None:
    upload = give(bertta, POSTINGS + "64110100;4000;5.6.2023;-3,00\n", "b.csv", period="")
    assert "year" not in bertta.get(address(upload)).context["form"].fields


def test_a_page_that_is_older_than_what_is_kept_is_asked_about_anew(bertta: Client) -> None:
    first = give(bertta, FORECAST + WAGES, "a.csv")
    second = give(bertta, FORECAST + WAGES.replace("-100", "-110"), "b.csv")
    assert len(_preview(bertta, second).ways) == 1
    kept_batch(act(bertta, first, "keep"))
    second = act(bertta, second, "keep")
    assert second.state == State.READ
    told = "samalta lähteeltä on samalta ajalta luvut, jotka tallennettiin sillä välin: a.csv"
    assert told in bertta.get(address(second)).text
    assert len(_preview(bertta, second).ways) == 2
    assert kept_batch(act(bertta, second, "keep", replaces="1")).supersedes.count() == 1


def test_of_two_files_that_are_kept_at_once_the_later_is_asked_about(
    kemi: Municipality, bertta: Client
) -> None:
    uploads_of = [
        give(bertta, FORECAST + WAGES.replace("-100", amount), f"{amount}.csv")
        for amount in ("-100", "-110")
    ]
    bertta_herself = uploads_of[0].person
    assert bertta_herself is not None
    for each in uploads_of:
        uploads.ask_to_keep(upload=each, person=bertta_herself, replaces=False)
    states = [Upload.objects.get(pk=each.pk).state for each in uploads_of]
    assert states == [State.KEPT, State.READ]
    assert len(_preview(bertta, Upload.objects.get(pk=uploads_of[1].pk)).ways) == 2


def test_a_new_round_tells_what_it_leaves_of_the_one_before_it(bertta: Client) -> None:
    act(bertta, give(bertta, FORECAST + WAGES + SERVICES), "keep")
    upload = give(bertta, FORECAST + WAGES, "uusi.csv", period="2023-08")
    said = "Kierroksella 2023-07 on 1 luku, jota tällä kierroksella ei ole"
    assert said in bertta.get(address(upload)).text
    upload = give(bertta, FORECAST + WAGES + SERVICES, "koko.csv", period="2023-08")
    assert "Kierroksella" not in bertta.get(address(upload)).text


def test_months_without_postings_are_named_when_a_period_begins(bertta: Client) -> None:
    lines = "64110100;4000;5.7.2023;-3,00\n64110100;4000;5.10.2023;-3,00\n"
    page = bertta.get(address(give(bertta, POSTINGS + lines, "a.csv", period=""))).text
    assert "Vientejä ei ole kuukausilta 8/2023, 9/2023." in page


def test_remembered_signs_are_said_and_revenue_that_they_turn_is_asked_about(
    bertta: Client,
) -> None:
    turned = "64110100;Toimintakulut;2024;90,00\n"
    upload = give(bertta, BUDGET + turned, "ta.csv", period="", kind="budget")
    said = {"kind": "budget", "source": "koe", "period": "", "sign": "expense_positive"}
    upload = act(bertta, upload, "read", **said)
    assert "etumerkit: kulut +, tuotot −" in bertta.get(address(upload)).text
    act(bertta, upload, "keep")
    taxes = "64900000;Verotulot;2025;100,00\n"
    page = bertta.get(
        address(give(bertta, BUDGET + taxes, "vero.csv", period="", kind="budget"))
    ).text
    assert "etumerkit: kulut +, tuotot −" in page
    assert "Tulot ovat yhteensä \N{MINUS SIGN}100,00" in page


def test_an_amendment_needs_no_governing_body(kemi: Municipality, bertta: Client) -> None:
    content = "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä\n64110100;Toimintakulut;2024;-1,00;2.5.2024\n"
    upload = give(bertta, content, "muutos.csv", period="", kind="amendments")
    batch = kept_batch(act(bertta, upload, "keep"))
    assert batch.rows == 1
    assert batch.plan_set is not None
    [figure] = batch.plan_set.figures.all()
    assert figure.decision is not None
    assert figure.decision.body == ""


def test_an_unknown_governing_body_is_a_remark_and_a_known_one_goes_by_any_case(
    kemi: Municipality, bertta: Client
) -> None:
    head = "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä;Toimielin\n"
    head += "64110100;Toimintakulut;2024;-1,00;2.5.2024;"
    upload = give(bertta, head + "Kaupungin valtusto\n", "m.csv", period="", kind="amendments")
    page = bertta.get(address(upload)).text
    assert "”Kaupungin valtusto” ei ole kunnan toimielin (rivejä: 1)." in page
    assert "Kaupunginhallitus, " in page
    upload = give(bertta, head + "kaupunginhallitus\n", "n.csv", period="", kind="amendments")
    assert "ei ole kunnan toimielin" not in bertta.get(address(upload)).text
    batch = kept_batch(act(bertta, upload, "keep"))
    assert batch.plan_set is not None
    assert {figure.decision.body for figure in batch.plan_set.figures.all() if figure.decision} == {
        "Kaupunginhallitus"
    }


def test_no_part_of_a_files_page_is_stored_by_the_browser(bertta: Client) -> None:
    upload = give(bertta, FORECAST + WAGES)
    for headers in ({}, {"HX-Request": "true"}):
        answer = bertta.get(address(upload), headers=headers)
        assert "no-store" in answer["Cache-Control"]
        assert "HX-Request" in answer["Vary"]


def test_pressing_twice_blames_nobody(bertta: Client) -> None:
    upload = give(bertta, FORECAST + WAGES)
    person = upload.person
    assert person is not None
    Upload.objects.filter(pk=upload.pk).update(state=State.KEEPING, kept_by=person)
    answer = bertta.post(address(upload), {"action": "keep"}, follow=True)
    assert "ehti ensin" not in answer.text


def test_an_amendment_without_a_body_is_the_same_as_the_kept_one(bertta: Client) -> None:
    head = "Yksikkö;Rivi;Vuosi;Summa;Päätöspäivä\n"
    rows = [
        "64110100;Toimintakulut;2024;-1,00;2.5.2024\n",
        "64110100;Toimintatuotot;2024;5,00;2.5.2024\n",
    ]
    first = give(bertta, head + rows[0], "a.csv", period="", kind="amendments")
    kept_batch(act(bertta, first, "keep"))
    both = give(bertta, head + "".join(rows), "b.csv", period="", kind="amendments")
    assert [way.is_usual for way in _preview(bertta, both).ways] == [True, False]


def test_a_file_that_is_recognised_is_read_as_the_sources_last_of_its_kind(bertta: Client) -> None:
    line = "64110100;4000;5.{}.2023;90,00\n"
    upload = give(bertta, POSTINGS + line.format(7), "a.csv", period="", kind="postings")
    said = {"kind": "postings", "source": "koe", "period": "", "sign": "expense_positive"}
    act(bertta, act(bertta, upload, "read", **said), "keep")
    for month in (8, 9):
        upload = give(bertta, POSTINGS + line.format(month), f"{month}.csv", period="", kind="")
        assert "etumerkit: kulut +, tuotot −" in bertta.get(address(upload)).text
        assert kept_batch(act(bertta, upload, "keep")).cents == -9000


def test_postings_that_another_source_has_given_are_told_of(bertta: Client) -> None:
    content = POSTINGS + "64110100;4000;5.7.2023;-3,00\n64110100;4000;6.7.2023;-4,00\n"
    act(bertta, give(bertta, content, "a.csv", period="", kind="postings"), "keep")
    content = content.replace("-4,00", "-5,00")
    upload = give(bertta, content, "b.csv", period="", kind="postings", source="toinen")
    page = bertta.get(address(upload)).text
    assert "Samat viennit on jo tuotu lähteeltä ”koe” (rivejä 1, tiedosto a.csv)" in page
    upload = give(bertta, content, "b.csv", period="", kind="postings")
    assert "Samat viennit" not in bertta.get(address(upload)).text


ROWS = "Yksikkö;Rivi;Vuosi;Summa;Ennustepäivä;Antaja;Perustelu\n"
EXPENSES = "64110100;Toimintakulut;2023;-150,00;31.7.2023;päällikkö;koe\n"
PERSONNEL = "64110100;Henkilöstökulut;2023;-50,00;31.7.2023;päällikkö;koe\n"
PART = "Tiedostossa on 1 luku, joka on osa toisesta tiedostosta tallennettua lukua"
EXAMPLE = (
    "Esimerkiksi rivillä 2 on 64110100 Henkilöstökulut \N{MINUS SIGN}50,00\N{NO-BREAK SPACE}€, ja "
    "tiedostosta vanha.csv on tallennettu 64110100 Toimintakulut "
    "\N{MINUS SIGN}150,00\N{NO-BREAK SPACE}€."
)


def test_a_part_of_a_kept_row_of_the_same_source_is_told_beside_adding(bertta: Client) -> None:
    act(bertta, give(bertta, ROWS + EXPENSES, "vanha.csv"), "keep")
    found = _preview(bertta, give(bertta, ROWS + PERSONNEL, "uusi.csv"))
    replacing, adding = found.ways
    assert (PART in adding.told, EXAMPLE in adding.told) == (True, True)
    assert (PART in replacing.told, found.beside, found.is_open) == (False, [], True)


def test_a_part_of_a_row_that_another_source_gave_is_a_remark_that_forbids_nothing(
    bertta: Client,
) -> None:
    act(bertta, give(bertta, ROWS + EXPENSES, "vanha.csv"), "keep")
    upload = give(bertta, ROWS + PERSONNEL, "uusi.csv", source="toinen")
    page = bertta.get(address(upload))
    assert (PART in page.text, EXAMPLE in page.text) == (True, True)
    assert _ways(_preview(bertta, upload)) == [(False, True, "")]
    assert kept_batch(act(bertta, upload, "keep")).rows == 1


def test_a_forecast_of_another_round_is_no_double(bertta: Client) -> None:
    act(bertta, give(bertta, ROWS + EXPENSES, "vanha.csv"), "keep")
    upload = give(bertta, ROWS + PERSONNEL, "uusi.csv", source="toinen", period="2023-08")
    assert _preview(bertta, upload).beside == []


def test_yearly_sums_of_the_monthly_accounts_of_another_source_are_told(bertta: Client) -> None:
    head = "Yksikkö;Tili;Rivi;Vuosi;Kuukausi;Summa\n"
    months = "".join(f"64110100;4000;;2025;{month};-10,00\n" for month in range(1, 13))
    first = give(bertta, head + months, "vanha.csv", period="", kind="budget")
    act(bertta, first, "keep")
    sums = "64110100;;Toimintakulut;2025;;-120,00\n"
    upload = give(bertta, head + sums, "sum.csv", period="", kind="budget", source="toinen")
    [told] = _preview(bertta, upload).beside
    assert told.startswith("Tiedostossa on 1 luku, jonka osia on tallennettu")
    assert "12 lukua, kuten 64110100 4000, yhteensä \N{MINUS SIGN}120,00" in told
