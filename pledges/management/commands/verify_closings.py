"""``manage.py verify_closings``: proves that closed cards and frozen results are still what was closed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pledges.closing import broken_closings, drifted_closings
from pledges.models import Closing


class Command(BaseCommand):
    help = "마감한 카드의 지문과 마감의 이어짐을 확인합니다. 어긋나면 오류로 끝납니다."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [*broken_closings(), *drifted_closings()]
        for found in broken:
            self.stderr.write(f"error: {found.closing}: {found.fault}")
        if broken:
            raise CommandError(f"어긋난 마감 {len(broken)}건. 백업과 대조하고 시스템 관리자에게 알리세요.")
        self.stdout.write(f"마감 {Closing.objects.count()}건이 모두 온전합니다.")
