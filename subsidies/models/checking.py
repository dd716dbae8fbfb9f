"""Records that were saved although something about them was doubtful: 확인 필요, until somebody has looked."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from common.models import Kept, KeptQuerySet


class CheckableQuerySet(KeptQuerySet):
    def unchecked(self) -> Self:
        """확인 필요: saved with a warning that nobody has looked into yet."""
        return self.live().exclude(needs_check="").filter(checked_on__isnull=True)


class Checkable(Kept):
    """A record that keeps the warnings it was saved with, and the day on which they were looked into."""

    needs_check = models.TextField(
        "확인 필요", blank=True, editable=False, help_text="저장할 때의 경고, 한 줄에 하나씩"
    )
    checked_on = models.DateField("확인 처리일", null=True, blank=True, editable=False)
    objects: ClassVar[Any] = CheckableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def warnings(self) -> list[str]:
        """The warnings it was saved with, one by one."""
        return self.needs_check.splitlines()

    @property
    def is_unchecked(self) -> bool:
        return bool(self.needs_check) and self.checked_on is None and not self.is_void

    def warn(self, lines: str) -> None:
        """Keeps the warnings of this saving, one a line; other ones than before have not been looked into yet."""
        if lines != self.needs_check:
            self.needs_check, self.checked_on = lines, None
