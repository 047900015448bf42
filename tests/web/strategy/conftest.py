"""The person who edits the strategy."""

import pytest
from django.test import Client

from katsaus.web.organization.models import Municipality
from web.cast import sign_in


@pytest.fixture
def bertta(kemi: Municipality) -> Client:
    return sign_in("bertta", kemi)
