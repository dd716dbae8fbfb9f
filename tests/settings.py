"""The project's settings, made quick and deterministic for tests."""

import os
import shutil
import tempfile
from atexit import register
from datetime import date
from pathlib import Path

from gwanak_se.settings import *  # noqa: F403
from gwanak_se.settings import CACHES, DATABASES, STORAGES, VAR_DIR

PINNED_TODAY = date(2024, 4, 1)
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# What a server beside the tests collects comes and goes (tests/browser/test_served.py); nothing here serves it.
STATIC_ROOT = VAR_DIR / "not-collected"
# A connection that stays open would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: two connections meet each other's locks, as in the running system.
    _FOLDER = tempfile.mkdtemp(prefix="gwanak-sqlite-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    register(shutil.rmtree, _FOLDER, ignore_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": f"{_FOLDER}/test.sqlite3"}
elif "TESTS_POSTGRES_URL" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": "migrated"}  # tests/postgres.py
