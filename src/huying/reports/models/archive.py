"""The archive: versions of reports, who signed which, and the files that were made of them."""

from django.db import models

from huying.reports.rules.kinds import Form, Origin, ReportKind


class Report(models.Model):
    """One version of a report (报告). Rows are only added: a correction is a further version beside the others.

    ``area`` is the district's (6 digits) or a street's (9). ``text`` holds the document in each language, ``measures``
    what is to be done, ``numbers`` what is compared with other reports.
    """

    district = models.IntegerField()
    area = models.CharField(max_length=9, db_collation="C")
    kind = models.CharField(max_length=5, choices=ReportKind.choices())
    first = models.DateField()
    last = models.DateField()
    number = models.IntegerField()
    origin = models.CharField(max_length=5, choices=Origin.choices())
    area_name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    text = models.JSONField()
    measures = models.JSONField()
    numbers = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "area", "kind", "first", "number"], name="report_version_once"
            )
        ]
        indexes = [models.Index(fields=["district", "-first", "kind", "area"], name="report_newest")]


class Signing(models.Model):
    """签发: who signed a version, holding which post, and when. Rows are only added."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="signing")
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=60)
    account_id = models.BigIntegerField()
    post = models.CharField(max_length=20)


class Awaiting(models.Model):
    """待签发: a report waits to be signed, by the district's limit until ``due_at``. Signed, the row is gone.

    ``report`` is the version with which the waiting began, by which whoever may sign was told of it.
    """

    district = models.IntegerField()
    area = models.CharField(max_length=9, db_collation="C")
    kind = models.CharField(max_length=5, choices=ReportKind.choices())
    first = models.DateField()
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "area", "kind", "first"], name="report_awaits_once")
        ]
        indexes = [
            models.Index(
                fields=["district", "due_at"],
                condition=models.Q(reminded_at__isnull=True),
                name="report_to_remind",
            )
        ]


class ReportFile(models.Model):
    """A file made of a version, kept so that whoever asks again is given the same. Signed, it is another file."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=5, choices=Form.choices())
    language = models.CharField(max_length=10)
    signed = models.BooleanField()
    data = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "form", "language", "signed"], name="report_file_once")
        ]
