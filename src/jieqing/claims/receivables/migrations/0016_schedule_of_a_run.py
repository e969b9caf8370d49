import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("receivables", "0015_overdue_terms")]

    operations = [
        migrations.AddField(
            model_name="statementrun",
            name="schedule",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="receivables.statementschedule",
            ),
        ),
    ]
