"""The seed card, loaded for tests that write beside it."""

import pytest

from pledges.models import Pledge
from tests import copies


@pytest.fixture
def seed(db: None) -> Pledge:
    """Pledge 1-3 of 민선8기 with all that the seed brings, examples included; rolled back after the test."""
    copies.seed()
    return Pledge.objects.get(number="1-3", term__name="민선8기")
