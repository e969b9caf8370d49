from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_identifiers"),
        ("placements", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="enquiry_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("enquiry_id__isnull", False)),
                fields=["site_id", "enquiry_id"],
                name="placements_of_enquiry",
            ),
        ),
    ]
