"""The front page of administration: who may open it, and what it leads to."""

from katsaus.web.organization.models import Municipality
from web.cast import allowed, answers, sign_in

PAGE = "/kemi/hallinta/"


def test_controller_auditor_and_administrator_open_it(kemi: Municipality) -> None:
    assert answers(PAGE, kemi) == allowed("bertta", "tarkastaja", "hallinta")


def test_it_leads_to_the_audit_log(kemi: Municipality) -> None:
    assert "/kemi/hallinta/loki/" in sign_in("tarkastaja", kemi).get(PAGE).content.decode()
