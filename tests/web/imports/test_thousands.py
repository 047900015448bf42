"""A file in thousands of euros: asked in the browser, recognised from a header, told before."""

from katsaus.web.organization.models import Municipality
from web.cast import sign_in
from web.imports.test_pages import act, address, give, kept_batch

TITLE = "Talousarvio 2031 (t€);;\n"
ROW = "64110100;4000;-25 865\n"
SAID = {"kind": "budget", "period": "", "source": "koe"}
READ = {**SAID, "sign": "revenue_positive"}


def test_a_title_of_thousands_is_asked_about_and_settled_in_the_form(kemi: Municipality) -> None:
    bertta = sign_in("bertta", kemi)
    upload = give(bertta, f"{TITLE}Yksikkö;Tili;TA 2031\n{ROW}", "ta.csv", **SAID)
    page = bertta.get(address(upload)).text
    assert "”Talousarvio 2031 (t€)” kertoo, että summat ovat tuhansia euroja" in page
    assert 'href="#id_amounts_in"' in page
    assert "\N{MINUS SIGN}25 865,00".replace(" ", "\N{NO-BREAK SPACE}") in page
    upload = act(bertta, upload, "read", **READ, amounts_in="thousand")
    page = bertta.get(address(upload)).text
    assert "kertoo, että" not in page
    assert "summat tuhansina euroina" in page
    assert kept_batch(act(bertta, upload, "keep")).cents == -2_586_500_000


def test_thousands_of_a_header_are_recognised_and_can_be_denied(kemi: Municipality) -> None:
    bertta = sign_in("bertta", kemi)
    upload = give(bertta, f"Yksikkö;Tili;TA 2031 (1 000 €)\n{ROW}", "ta.csv", **SAID)
    page = bertta.get(address(upload)).text
    assert "tunnistettu: tuhatta euroa" in page
    assert "summat tuhansina euroina" in page
    upload = act(bertta, upload, "read", **READ, amounts_in="euro")
    assert "summat tuhansina euroina" not in bertta.get(address(upload)).text
    assert kept_batch(act(bertta, upload, "keep")).cents == -2_586_500
