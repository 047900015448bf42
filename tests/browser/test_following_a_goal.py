"""The strategy followed in a real browser: matrix, goal, indicator, who is responsible."""

from playwright.sync_api import Page


def test_a_goal_is_followed_to_its_indicator_and_who_is_responsible(
    bertta: Page, address: str
) -> None:
    bertta.goto(f"{address}/kemi/")
    bertta.click("nav.main a[href$='/strategia/']")
    bertta.click("td a[href*='vihrea_kemi'][href$='#u-64300000']")
    assert bertta.inner_text("h1").startswith("Vihreä ja kestävä Kemi")
    division = bertta.locator("#u-64300000")
    assert "varhaiskasvatuspäällikkö" in division.inner_text()
    division.get_by_role("link", name="Auditoitujen päiväkotien osuus").click()
    assert bertta.inner_text("h1") == "Auditoitujen päiväkotien osuus"
    assert bertta.locator("svg[role=img]").is_visible()
    assert "varhaiskasvatuspäällikkö" in bertta.inner_text("main")
    bertta.click("main a[href*='/tavoite/vihrea_kemi/']")
    assert bertta.url.endswith("#a-paivakotien_sertifiointi")


def test_a_fault_of_a_state_is_said_at_its_field_and_the_choice_stays(
    bertta: Page, address: str
) -> None:
    # The example is all tests' own: what is kept is tried in tests/web/monitoring.
    bertta.goto(f"{address}/kemi/strategia/toimenpide/sertifiointi/?period=2023-06")
    bertta.select_option("[name=state]", "abandoned")
    bertta.fill("[name=reason]", "")
    bertta.click("form.answer button.main")
    bertta.click(".faults a")
    assert bertta.evaluate("document.activeElement.name") == "reason"
    assert bertta.input_value("[name=state]") == "abandoned"
