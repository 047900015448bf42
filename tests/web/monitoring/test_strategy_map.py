"""The strategy map: on the screen and as PDF, from the data alone."""

import io

import pikepdf

from katsaus.cli import demo
from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in
from web.monitoring.seen import READERS, text

PAGE, FILE = "/kemi/strategia/kartta/", "/kemi/strategia/kartta.pdf"


def kemijarvi() -> Municipality:
    demo.load_third()
    return Municipality.objects.get(slug="kemijarvi")


def test_who_may_see_the_map(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed(*READERS)
    assert answers(FILE, kemi) == allowed(*READERS)


def test_mission_vision_and_values_stand_above_the_themes(kemi: Municipality) -> None:
    found = text(sign_in("bertta", kemijarvi()), "/kemijarvi/strategia/kartta/")
    order = ("Mission", "Vision", "Values", "5 goals · 18 actions · 21 indicators", "15 indicators")
    places = [found.index(each) for each in order]
    assert places == sorted(places)


def test_each_goal_leads_to_its_page(kemi: Municipality) -> None:
    page = sign_in("daavid", kemi).get(PAGE).content.decode()
    assert page.count('<a href="/kemi/strategia/tavoite/') == 16


def test_the_map_is_one_landscape_page_of_pdf(kemi: Municipality) -> None:
    response = sign_in("daavid", kemi).get(FILE)
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert len(document.pages) == 1
        _x, _y, width, height = document.pages[0].mediabox
        assert width > height
