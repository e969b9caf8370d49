from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_password_resets"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clearance",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pledge", "合规承诺书"),
                    ("background", "背景审查"),
                    ("exam", "从业考试"),
                    ("annual_training", "年度培训"),
                    ("level_basic", "证书：初级"),
                    ("level_intermediate", "证书：中级"),
                    ("level_senior", "证书：高级"),
                ],
                max_length=20,
            ),
        ),
    ]
