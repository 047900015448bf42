"""The official list of the Sustainable Development Goals."""

from katsaus.definitions.sdgs import sdgs


def test_there_are_17_goals_with_169_targets() -> None:
    found = sdgs()
    assert [each.number for each in found] == list(range(1, 18))
    targets = [code for each in found for code in each.targets]
    assert len(targets) == len(set(targets)) == 169
    assert all(code.startswith(f"{each.number}.") for each in found for code in each.targets)


def test_every_goal_has_its_name_in_three_languages() -> None:
    assert all(each.names.fi and each.names.sv and each.names.en for each in sdgs())
    assert sdgs()[12].names.fi == "Ilmastotekoja"
    assert sdgs()[13].targets[-1] == "14.c"
