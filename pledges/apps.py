from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "공약"

    def ready(self) -> None:
        from pledges.openings import could_ask, must_ask
        from subsidies import questions

        questions.register(must_ask, could_ask)
