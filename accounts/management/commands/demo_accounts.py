"""One demonstration account per role, for trying the system; an account that is there stays as it is."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Department, Role, User
from common.kept_secret import kept_secret

NAMES = {
    Role.STAFF: "김담당(예시)",
    Role.MANAGER: "이팀장(예시)",
    Role.COORDINATOR: "박총괄(예시)",
    Role.AUDITOR: "최감사(예시)",
    Role.ADMIN: "정관리(예시)",
}


class Command(BaseCommand):
    help = "역할마다 시범 계정을 하나씩 만들고 비밀번호를 알려 줍니다."

    def handle(self, *args: Any, **options: Any) -> None:
        password = settings.DEMO_PASSWORD or kept_secret(settings.VAR_DIR / "demo-password", length=9)
        with transaction.atomic():
            for role in Role:
                ensure_account(role, password)
        self.stdout.write("시범 계정: " + ", ".join(f"{role.value}({role.label})" for role in Role))
        self.stdout.write(f"비밀번호: {password}")


def ensure_account(role: Role, password: str) -> User:
    """The account named like `role`. A password given by DEMO_PASSWORD is set again, a made one only once."""
    user, created = User.objects.get_or_create(
        username=role.value,
        defaults={"role": role, "full_name": NAMES[role], "department": Department.objects.first()},
    )
    if created or (settings.DEMO_PASSWORD and not user.check_password(password)):
        user.set_password(password)
        user.save()
    return user
