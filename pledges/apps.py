from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "공약"

    def ready(self) -> None:
        """Tells the ledger what only the pledges know (docs/adr/0001)."""
        from pledges.entry_rules import beyond_total_cost
        from pledges.openings import asker, must_ask
        from subsidies import checks, questions

        questions.register(must_ask, asker)
        checks.register(beyond_total_cost)
