"""The seed card, loaded for tests that write beside it."""

from io import StringIO

import pytest
from django.core.management import call_command

from pledges.models import Pledge
from tests.copies import copied


@pytest.fixture
def seed(db: None) -> Pledge:
    """Pledge 1-3 of 민선8기 with all that the seed brings, examples included; rolled back after the test."""
    copied("seed", lambda: call_command("load_seed", stdout=StringIO()))
    return Pledge.objects.get(number="1-3", term__name="민선8기")
