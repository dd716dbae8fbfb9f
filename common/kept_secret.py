"""A secret made once and kept in a file: `python -m common.kept_secret FILE` prints it."""

import os
import secrets
import sys
from pathlib import Path


def kept_secret(path: Path, length: int = 48) -> str:
    """The secret in the file `path`, made of `length` random bytes and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(length)
        file.write(secret)
    return secret


if __name__ == "__main__":
    sys.stdout.write(kept_secret(Path(sys.argv[1])))
