"""The official list of the Sustainable Development Goals."""

from katsaus.definitions.sdgs import sdg_of, sdgs


def test_there_are_17_goals_with_169_targets() -> None:
    found = sdgs()
    assert [each.number for each in found] == list(range(1, 18))
    targets = [code for each in found for code in each.targets]
    assert len(targets) == len(set(targets)) == 169
    assert all(code.startswith(f"{each.number}.") for each in found for code in each.targets)


# How many numbered and lettered targets each goal has in the General Assembly's resolution
# A/RES/70/1 of 25 September 2015.
IN_THE_RESOLUTION = (
    *((5, 2), (5, 3), (9, 4), (7, 3), (6, 3), (6, 2), (3, 2), (10, 2), (5, 3), (7, 3), (7, 3)),
    *((8, 3), (3, 2), (7, 3), (9, 3), (10, 2), (19, 0)),
)


def test_the_targets_of_each_goal_are_those_of_the_resolution() -> None:
    for goal, (numbered, lettered) in zip(sdgs(), IN_THE_RESOLUTION, strict=True):
        lasts = [*map(str, range(1, numbered + 1)), *"abcd"[:lettered]]
        assert goal.targets == tuple(f"{goal.number}.{last}" for last in lasts)


def test_the_targets_of_a_goal_are_told_from_the_first_to_the_last() -> None:
    assert sdgs()[12].span == "13.1–13.3, 13.a–13.b"
    assert sdgs()[16].span == "17.1–17.19"


def test_a_code_is_of_the_goal_whose_number_it_begins_with() -> None:
    assert sdg_of("13") == sdg_of("13.2") == sdg_of("13.99") == sdgs()[12]
    assert (sdg_of("0"), sdg_of("18"), sdg_of(""), sdg_of("013")) == (None, None, None, None)


def test_every_goal_has_its_name_in_three_languages() -> None:
    assert all(each.names.fi and each.names.sv and each.names.en for each in sdgs())
    assert sdgs()[12].names.fi == "Ilmastotekoja"
    assert sdgs()[13].targets[-1] == "14.c"
