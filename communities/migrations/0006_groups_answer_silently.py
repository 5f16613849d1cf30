from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0005_logos_of_organizations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="groupban",
            options={"verbose_name": "ban from a group", "verbose_name_plural": "bans from groups"},
        ),
        migrations.RemoveIndex(
            model_name="membership",
            name="communities_membership_newest",
        ),
        migrations.AddField(
            model_name="groupinvitation",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="declined"),
        ),
        migrations.AddField(
            model_name="grouprequest",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
        ),
        migrations.AlterField(
            model_name="group",
            name="hidden_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="hidden"),
        ),
        migrations.AlterField(
            model_name="grouprequest",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="turned down"),
        ),
        migrations.AddIndex(
            model_name="grouprequest",
            index=models.Index(fields=["group", "asked_at", "id"], name="communities_grouprequest_order"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                fields=["group", "-is_moderator", "-joined_at", "-id"], name="communities_membership_order"
            ),
        ),
    ]
