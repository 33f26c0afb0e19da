from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE residents_id", "DROP SEQUENCE residents_id"),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("estate", models.CharField(blank=True, default="", max_length=60)),
                ("address", models.CharField(blank=True, default="", max_length=120)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("floors", models.SmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "area", "id"], name="residents_building_area")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "area", "estate", "name"),
                        name="residents_building_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("name_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("relation", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "person_id"], name="residents_contact_of")],
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("register", "人口房屋登记"),
                            ("care", "关爱走访"),
                            ("guard", "安全守护"),
                            ("service", "帮办服务"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "取得本人同意"),
                            ("duty", "履行法定职责"),
                            ("emergency", "应对紧急情况"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "书面同意"),
                            ("guardian", "监护人书面同意"),
                            ("oral", "当面口头同意"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("detail", models.CharField(blank=True, default="", max_length=200)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, default="", max_length=60)),
                ("withdrawn_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "person_id", "id"], name="residents_ground_of")],
            },
        ),
        migrations.CreateModel(
            name="Guarding",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("device_id", models.BigIntegerField()),
                ("device", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "person_id"], name="residents_guard_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "device", "person_id"),
                        name="residents_guard_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("building_id", models.BigIntegerField()),
                ("number", models.CharField(max_length=40)),
                (
                    "use",
                    models.CharField(
                        choices=[("own", "自住"), ("let", "出租"), ("empty", "空置"), ("shop", "商用")],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "building_id", "number"), name="residents_home_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("home_id", models.BigIntegerField()),
                ("number", models.SmallIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[("family", "家庭户"), ("shared", "合租户"), ("group", "集体户")],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "home_id", "number"), name="residents_household_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyKind",
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
                    "level",
                    models.CharField(
                        choices=[("high", "高风险"), ("key", "重点"), ("general", "一般")], max_length=8
                    ),
                ),
                ("sensitive", models.BooleanField(default=False)),
                ("hint", models.CharField(blank=True, default="", max_length=100)),
                ("place", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "code"), name="residents_kind_code"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "name"),
                        name="residents_kind_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyLabel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("kind", models.CharField(max_length=20)),
                (
                    "level",
                    models.CharField(
                        choices=[("high", "高风险"), ("key", "重点"), ("general", "一般")], max_length=8
                    ),
                ),
                ("since", models.DateField()),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
                ("ended_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["district", "area", "person_id"],
                        name="residents_label_area",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "person_id", "kind"),
                        name="residents_label_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("residents_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("household_id", models.BigIntegerField()),
                ("building_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("head", "户主"),
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("parent", "父母"),
                            ("grandparent", "祖父母"),
                            ("grandchild", "孙辈"),
                            ("kin", "其他亲属"),
                            ("tenant", "租客"),
                            ("carer", "护理人员"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_digest", models.BinaryField(null=True)),
                ("id_sealed", models.BinaryField(null=True)),
                ("id_digest", models.BinaryField(null=True)),
                ("note_sealed", models.BinaryField(null=True)),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("female", "女"), ("male", "男")], default="", max_length=6
                    ),
                ),
                ("born", models.SmallIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "left_why",
                    models.CharField(
                        blank=True,
                        choices=[("moved", "已搬走"), ("died", "已去世"), ("mistake", "登记错误")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "area", "id"], name="residents_person_area"),
                    models.Index(fields=["district", "household_id"], name="residents_person_home"),
                    models.Index(
                        condition=models.Q(("phone_digest__isnull", False)),
                        fields=["district", "phone_digest"],
                        name="residents_person_phone",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("id_digest__isnull", False), ("left_at", None)),
                        fields=("district", "id_digest"),
                        name="residents_person_number",
                    )
                ],
            },
        ),
    ]
