import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What was a row for each email switched off says now of each kind where it is told: those rows stay off."""

    dependencies = [
        ("notifications", "0006_quiet_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="emailchoice", name="notifications_emailchoice_once_for_a_kind"),
        migrations.RenameModel(old_name="EmailChoice", new_name="Choice"),
        migrations.RemoveField(model_name="choice", name="off_at"),
        migrations.AddField(
            model_name="choice", name="in_app", field=models.BooleanField(default=True), preserve_default=False
        ),
        migrations.AddField(
            model_name="choice", name="by_email", field=models.BooleanField(default=False), preserve_default=False
        ),
        migrations.AlterField(
            model_name="choice",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(fields=("member", "kind"), name="notifications_choice_once_for_a_kind"),
        ),
        migrations.AddField(model_name="notice", name="in_app", field=models.BooleanField(default=True)),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=Q(("in_app", True), ("read_at__isnull", False), _connector="OR"),
                name="notifications_notice_unread_in_the_app",
            ),
        ),
    ]
