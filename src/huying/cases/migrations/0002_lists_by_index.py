"""What lists are read by: an order knows when its case was opened, and the words of open cases stand apart."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RemoveIndex("case", "case_queue"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=[
                    "district",
                    "-urgency",
                    "due_at",
                    "id",
                    "area",
                    "item",
                    "kind",
                    "state",
                    "level",
                    "warn_at",
                    "lon",
                    "lat",
                ],
                condition=models.Q(("closed_at__isnull", True)),
                name="case_queue",
            ),
        ),
        migrations.AddField("order", "opened_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            """
            UPDATE cases_order o SET opened_at = c.opened_at FROM cases_case c
            WHERE c.district = o.district AND c.id = o.case_id
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("order", "opened_at", models.DateTimeField()),
        migrations.RemoveIndex("order", "order_of_body_recent"),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["district", "body_id", "-opened_at", "-case_id"],
                condition=models.Q(("state", "ended")),
                name="order_of_body_ended",
            ),
        ),
        # Every row is written anew, and each would be put into the index again.
        migrations.RemoveIndex("casesearch", "case_search_words"),
        migrations.AddField("casesearch", "opened_at", models.DateTimeField(null=True)),
        migrations.AddField("casesearch", "open", models.BooleanField(null=True)),
        migrations.RunSQL(
            """
            UPDATE cases_casesearch s SET opened_at = c.opened_at, open = c.closed_at IS NULL FROM cases_case c
            WHERE c.district = s.district AND c.id = s.case_id
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("casesearch", "opened_at", models.DateTimeField()),
        migrations.AlterField("casesearch", "open", models.BooleanField()),
        migrations.AddIndex(
            "casesearch",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"], fastupdate=True, name="case_search_words"
            ),
        ),
        migrations.AddIndex(
            "casesearch",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"], fastupdate=True, condition=models.Q(("open", True)), name="case_search_open"
            ),
        ),
        migrations.AddIndex(
            "casesearch",
            models.Index(
                fields=["district", "-opened_at", "-case_id"],
                condition=models.Q(("open", False)),
                name="case_search_closed",
            ),
        ),
    ]
