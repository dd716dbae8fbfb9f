"""Takes the example enterprises out of the register, before real ones come in."""

from typing import Any

from django.core.management.base import BaseCommand

from pledges.seeding.examples import remove_examples


class Command(BaseCommand):
    help = "예시 기업을 무효 처리합니다. 교부·교부결정·참여 기록이 딸린 기업은 남기고 알려 줍니다."

    def handle(self, *args: Any, **options: Any) -> None:
        removed, kept = remove_examples()
        self.stdout.write(f"예시 기업 {removed}개를 무효 처리했습니다.")
        for enterprise in kept:
            self.stdout.write(f"남김: {enterprise.name} (딸린 기록이 있습니다. 그 기록부터 무효 처리하세요.)")
