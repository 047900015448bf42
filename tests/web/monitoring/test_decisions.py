"""The register of decisions: what each set in motion, and what is still undone."""

from pytest_django import DjangoAssertNumQueries

from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, bring_in, text

PAGE = "/kemi/strategia/paatokset/"


def test_who_may_see_the_decisions(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)


def test_a_page_asks_the_database_15_times_at_most(
    kemi: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("daavid", kemi)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_the_budgets_amendments_stand_in_the_register(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "Kaupunginvaltuusto 29 May 2023 § 34 Budget 2023: 1 amendment, -€700,000" in found


def test_a_decision_tells_its_goals_actions_measures_and_what_is_undone(kemi: Municipality) -> None:
    found = text(sign_in("daavid", kemi), PAGE)
    assert "5 decisions. Of 3 something is still undone." in found
    row = found.split("Kaupunginvaltuusto 31 Jan 2022 § 3 Talousohjelma")[1]
    assert row.startswith(" Goal: We are a municipality that renews itself")
    assert "Toimeenpano on kesken muualla kuin keskusvirastossa." in row
    newest = found.split("Kaupunginvaltuusto 30 Oct 2023 § 61 example data")[1]
    assert "Measure: Käyttämätön tontti myydään ○ Not started" in newest
    assert "4 actions or measures are not done." in newest


def test_the_newest_is_first_and_a_decision_has_its_link(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
decisions: code; body; decided_on; section; title; link
  d; Kaupunginhallitus; 2024-01-15; 7; Hankinta; https://kemi.example/7
""",
    )
    client = sign_in("daavid", kemi)
    found = text(client, PAGE)
    assert found.index("Kaupunginhallitus 15 Jan 2024 § 7") < found.index("30 Oct 2023")
    assert 'href="https://kemi.example/7"' in client.get(PAGE).content.decode()


def test_a_municipality_without_decisions_says_so(kemi: Municipality) -> None:
    empty = Municipality.objects.create(slug="tyhja", number="998", name_fi="Tyhjä")
    found = text(sign_in("bertta", empty), "/tyhja/strategia/paatokset/")
    assert "No decisions have been given." in found
