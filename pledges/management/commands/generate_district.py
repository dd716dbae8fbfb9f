"""A synthetic district for benchmarks."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges.seeding.district import AlreadyThere, Size, generate


class Command(BaseCommand):
    help = "벤치마크에 쓸 가상의 구 자료를 만듭니다. 같은 크기와 씨앗은 같은 숫자를 만듭니다. 이름에 (예시)가 붙습니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pledges", type=int, required=True, help="공약 수")
        parser.add_argument("--years", type=int, required=True, help="몇 해치")
        parser.add_argument("--disbursements", type=int, required=True, help="교부·지급 건수")
        parser.add_argument("--enterprises", type=int, required=True, help="기업 수")
        parser.add_argument("--seed", type=int, default=1, help="난수 씨앗")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("pledges", "years", "disbursements", "enterprises", "seed")
        self.started = self.told = perf_counter()
        try:
            made = generate(Size(**{name: options[name] for name in names}), self.tell)
        except ValueError as error:
            raise CommandError(str(error)) from error
        except AlreadyThere as error:
            raise CommandError("가상의 구 자료가 이미 있습니다. 빈 데이터베이스에서 만드세요.") from error
        for name, rows in made.items():
            self.stdout.write(f"{name}: {rows:,}")
        self.stdout.write(f"{perf_counter() - self.started:.1f}초")

    def tell(self, name: str, rows: int) -> None:
        """About one line a second."""
        if perf_counter() - self.told >= 1:
            self.told = perf_counter()
            self.stdout.write(f"… {name} {rows:,} ({self.told - self.started:.0f}초)")
            self.stdout.flush()
