"""재원 gets a field of its own: in an opening ``source`` is where the figure was read (출처)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0002_closed_figures")]

    operations = [
        migrations.RemoveConstraint("executionopening", "executionopening_once"),
        *(
            operation
            for model in ("executionopening", "historicalexecutionopening")
            for operation in (
                migrations.RenameField(model, "source", "fund"),
                migrations.AddField(
                    model,
                    "source",
                    models.CharField("출처", max_length=200, blank=True, default=""),
                    preserve_default=False,
                ),
            )
        ),
        migrations.AddConstraint(
            "executionopening",
            models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("pledge", "on", "year", "after_term", "fund", "closed"),
                name="executionopening_once",
                violation_error_message="그 연도·재원·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
        ),
    ]
