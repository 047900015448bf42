"""The sample report, and its file in each format, drawn once."""

from collections.abc import Callable
from functools import cache

import pytest

from katsaus.core.reports import Report
from katsaus.rendering.draw import Format, draw
from rendering.sample_report import sample_report

Drawn = Callable[[Format], bytes]


@pytest.fixture(scope="session")
def sample() -> Report:
    return sample_report()


@pytest.fixture(scope="session")
def drawn(sample: Report) -> Drawn:
    return cache(lambda file_format: draw(sample, file_format))
