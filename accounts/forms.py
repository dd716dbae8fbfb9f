from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    """Django's form with messages that an officer understands, and that do not tell which half was wrong."""

    error_messages = {
        "invalid_login": "사용자 이름 또는 비밀번호가 맞지 않습니다. 한/영 키와 대문자 잠금(Caps Lock)을 확인하세요.",
        "inactive": "사용이 정지된 계정입니다. 시스템 관리자에게 문의하세요.",
    }
