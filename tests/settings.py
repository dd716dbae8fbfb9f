"""The project's settings, made quick and deterministic for tests."""

from datetime import date

from gwanak_se.settings import *  # noqa: F403
from gwanak_se.settings import DATABASES, STORAGES

PINNED_TODAY = date(2024, 4, 1)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A connection that stays open would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
