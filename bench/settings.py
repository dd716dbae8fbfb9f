"""The project's settings for a benchmark: a fixed day, and no collected static files needed."""

from datetime import date

from gwanak_se.settings import *  # noqa: F403
from gwanak_se.settings import STORAGES

PINNED_TODAY = date(2026, 6, 30)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
