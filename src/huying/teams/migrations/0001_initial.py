import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(choices=[("lead", "带班领导"), ("officer", "值班员")], max_length=10),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("each", models.IntegerField(default=1)),
                ("first_day", models.DateField()),
                ("filled_to", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DutyPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("area", models.CharField(max_length=15)),
                ("name", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "area"], name="teams_post_area")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "name"),
                        name="teams_post_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("name", models.CharField(max_length=40)),
                ("job", models.CharField(blank=True, default="", max_length=40)),
                ("area", models.CharField(max_length=15)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_digest", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MemberKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=20)),
                (
                    "part",
                    models.CharField(
                        choices=[("leader", "网格长"), ("worker", "网格员"), ("force", "共治力量")],
                        max_length=10,
                    ),
                ),
                ("place", models.IntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "code"), name="teams_kind_code"),
                    models.UniqueConstraint(fields=("district", "name"), name="teams_kind_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("grid", models.CharField(max_length=15)),
                (
                    "part",
                    models.CharField(
                        choices=[("leader", "网格长"), ("worker", "网格员"), ("force", "共治力量")],
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.memberkind"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="teams.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "role",
                    models.CharField(choices=[("lead", "带班领导"), ("officer", "值班员")], max_length=10),
                ),
                ("day", models.DateField()),
                ("area", models.CharField(max_length=15)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="teams.member"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="teams.dutypost",
                    ),
                ),
                (
                    "rotation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="teams.rotation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等对方答复"),
                            ("taken", "已换班"),
                            ("refused", "没有同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=60)),
                ("asked_by_account", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="swaps", to="teams.shift"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "days",
                    models.CharField(
                        choices=[("every", "每天"), ("working", "工作日"), ("off", "休息日和节假日")],
                        max_length=10,
                    ),
                ),
                ("leads", models.IntegerField()),
                ("officers", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="teams.dutypost"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="shift",
            name="turn",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="teams.turn"
            ),
        ),
        migrations.AddField(
            model_name="rotation",
            name="turn",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rotations", to="teams.turn"
            ),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("notes", models.TextField()),
                ("numbers", models.JSONField(default=dict)),
                ("cases", models.JSONField(default=list)),
                ("given_by", models.CharField(max_length=60)),
                ("given_by_account", models.BigIntegerField()),
                ("given_at", models.DateTimeField()),
                ("taken_by", models.CharField(blank=True, default="", max_length=60)),
                ("taken_by_account", models.BigIntegerField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("remark", models.CharField(blank=True, default="", max_length=500)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="teams.dutypost",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "at"), name="teams_handover_once")],
            },
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["district", "area"], name="teams_member_area"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("district", "phone_digest"), name="teams_member_phone"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("account",), name="teams_member_account"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["member"], name="teams_membership_member"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "leader"), ("valid_to", None)),
                fields=("district", "grid"),
                name="teams_one_leader",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("district", "grid", "member", "kind"),
                name="teams_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("shift",), name="teams_swap_open"
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(
                condition=models.Q(("cancelled_at", None)),
                fields=["district", "starts_at"],
                name="teams_shift_now",
            ),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["post", "day"], name="teams_shift_post"),
        ),
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(
                condition=models.Q(("cancelled_at", None)),
                fields=["member", "ends_at"],
                name="teams_shift_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None)),
                fields=("turn", "day", "role", "member"),
                name="teams_shift_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rotation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("turn", "role"), name="teams_one_rotation"
            ),
        ),
    ]
