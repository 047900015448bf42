"""Telling the state of an action: who may, what is kept, and what is asked for."""

import pytest

from katsaus.core.periods import Period
from katsaus.core.states import State
from katsaus.web.audit.models import Event
from katsaus.web.organization.models import Municipality
from katsaus.web.planning.models import Action, StateReport
from katsaus.web.planning.use_cases.answers import AnswerError, StateAnswer, report_state
from katsaus.web.users.models import User
from web.cast import OUTSIDER, sign_in
from web.monitoring.seen import bring_in, text

PAGE = "/kemi/strategia/toimenpide/sertifiointi/"
TOLD = {
    "period": "2023-06",
    "state": "under_way",
    "reason": "",
    "text": "Auditoitu.",
    "reported_on": "30.6.2023",
}


def current(kemi: Municipality, action: str = "sertifiointi") -> StateReport:
    found = StateReport.objects.filter(
        municipality=kemi, action__code=action, year=2023, month=6, is_current=True
    )
    return found.get()


def test_who_may_tell(kemi: Municipality) -> None:
    names = ("aino", "bertta", "cecilia", "daavid", "tarkastaja", "hallinta", OUTSIDER, "nobody")
    found = {name: sign_in(name, kemi).get(PAGE).status_code for name in names}
    refused = dict.fromkeys(("aino", "cecilia", "daavid", "tarkastaja", "hallinta"), 403)
    assert found == {"bertta": 200, **refused, OUTSIDER: 404, "nobody": 302}


def test_a_unit_head_tells_of_the_unit_s_own_actions(kemi: Municipality) -> None:
    bring_in(kemi, "actions: code; goal; unit; name\n  oma; vihrea_kemi; 64320000; Oma toimi\n")
    client = sign_in("aino", kemi)
    assert client.get("/kemi/strategia/toimenpide/oma/").status_code == 200
    assert client.post("/kemi/strategia/toimenpide/oma/", TOLD).status_code == 302
    assert current(kemi, "oma").given_by == User.objects.get(username="aino")
    assert client.post(PAGE, TOLD).status_code == 403


def test_what_is_told_is_kept_and_what_was_told_before_is_history(kemi: Municipality) -> None:
    before = current(kemi)
    response = sign_in("bertta", kemi).post(PAGE, TOLD)
    assert response["Location"].endswith("/tavoite/vihrea_kemi/?period=2023-06#a-sertifiointi")
    after = current(kemi)
    assert (after.state, after.text, str(after.reported_on)) == (
        "under_way",
        "Auditoitu.",
        "2023-06-30",
    )
    before.refresh_from_db()
    assert not before.is_current
    event = Event.objects.latest("id")
    assert (event.action, event.subject) == ("state.reported", "sertifiointi 2023-06")
    assert event.after == {"state": "under_way", "reason": "", "text": "Auditoitu."}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"state": "abandoned"}, "What is abandoned needs a reason."),
        ({"state": "", "text": " "}, "Tell the state, what has been done, or both."),
        ({"reported_on": "kesällä"}, "Write the day like 30.6.2023."),
        ({"period": "1999-06"}, "1999-06"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    kemi: Municipality, said: dict[str, str], told: str
) -> None:
    before = StateReport.objects.count()
    client = sign_in("bertta", kemi)
    response = client.post(PAGE, TOLD | said, headers={"accept-language": "en"})
    assert response.status_code == 422
    page = response.content.decode()
    field = next(iter(said)) if "abandoned" not in said.values() else "reason"
    assert told in page
    assert f'href="#id_{field}"' in page
    assert f'aria-describedby="id_{field}' in page or 'aria-invalid="true"' in page
    assert ("Auditoitu." in page) == ("text" not in said)  # nothing typed is lost
    assert StateReport.objects.count() == before


def test_a_state_that_is_not_the_proposed_one_needs_a_reason(kemi: Municipality) -> None:
    bring_in(
        kemi,
        """
actions: code; goal; unit; name; schedule
  vanha; vihrea_kemi; 64100000; Vanha; 2022
""",
    )
    page = "/kemi/strategia/toimenpide/vanha/"
    client = sign_in("bertta", kemi)
    refused = client.post(page, TOLD, headers={"accept-language": "en"})
    assert refused.status_code == 422
    assert "The rule proposes “Behind”. Say why you see it otherwise." in refused.content.decode()
    assert client.post(page, TOLD | {"reason": "Takuutyöt jatkuvat."}).status_code == 302
    assert client.post(page, TOLD | {"state": "behind"}).status_code == 302


def test_a_finished_action_after_its_end_needs_no_reason(kemi: Municipality) -> None:
    bring_in(
        kemi,
        "actions: code; goal; unit; name; schedule\n  vanha; vihrea_kemi; 64100000; Vanha; 2022\n",
    )
    done = sign_in("bertta", kemi).post(
        "/kemi/strategia/toimenpide/vanha/", TOLD | {"state": "done"}
    )
    assert done.status_code == 302


def test_the_page_shows_what_is_known(kemi: Municipality) -> None:
    found = text(sign_in("bertta", kemi), PAGE)
    assert "What is known on 30 Jun 2023" in found
    assert "No target with a number, no end that has passed" in found


def test_an_action_that_is_not_there_is_not_found(kemi: Municipality) -> None:
    assert sign_in("bertta", kemi).get("/kemi/strategia/toimenpide/ei/").status_code == 404


def test_the_use_case_itself_refuses_what_lacks_a_reason(kemi: Municipality) -> None:
    sign_in("bertta", kemi)
    person = User.objects.get(username="bertta")
    assert Action.objects.filter(municipality=kemi, code="sertifiointi").exists()
    for answer, field in (
        (StateAnswer(State.ABANDONED), "reason"),
        (StateAnswer(State.UNDER_WAY, proposed=State.BEHIND), "reason"),
        (StateAnswer(None), "state"),
    ):
        with pytest.raises(AnswerError) as error:
            report_state(
                municipality=kemi,
                person=person,
                action="sertifiointi",
                period=Period(2023, 6),
                answer=answer,
            )
        assert error.value.field == field


def test_what_is_told_is_at_once_in_the_matrix(kemi: Municipality) -> None:
    client = sign_in("bertta", kemi)
    assert "3 are done" in text(client, "/kemi/strategia/")
    client.post(PAGE, TOLD | {"state": "done"})
    assert "4 are done" in text(client, "/kemi/strategia/")
