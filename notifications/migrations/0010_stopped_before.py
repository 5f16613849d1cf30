from django.conf import settings
from django.db import migrations
from django.db.models import Count, Q
from django.utils import timezone

# What came by email at first when stopping all was still a row for each kind that came.
KINDS = [
    "answer", "comment", "congratulation", "digest", "endorsement", "event_cancelled", "event_changed",
    "event_ended", "event_reminder", "event_seat", "group_invitation", "group_joined", "group_moderator",
    "group_request", "introduction_asked", "introduction_connected", "introduction_name",
    "introduction_passed_on", "introduction_received", "later", "like", "mention", "message_unread",
    "organization_role", "question", "recommendation", "recommendation_approved", "recommendation_changed",
    "reply", "repost", "request_accepted", "request_received", "saved_search",
]  # fmt: skip


def keep_the_wish(apps, schema_editor) -> None:
    """Whoever wanted no email of any kind wants none of later kinds either (`User.emails_stopped_at`)."""
    choice = apps.get_model("notifications", "Choice")
    off = Count("pk", filter=Q(kind__in=KINDS, by_email=False))
    on = Count("pk", filter=Q(by_email=True))
    stopped = choice.objects.values("member").annotate(off=off, on=on).filter(off=len(KINDS), on=0).values("member")
    members = apps.get_model(settings.AUTH_USER_MODEL).objects
    members.filter(pk__in=stopped, emails_stopped_at__isnull=True).update(emails_stopped_at=timezone.now())


class Migration(migrations.Migration):
    """Those who had stopped all emails before that was kept by itself."""

    dependencies = [
        ("accounts", "0010_no_emails_at_all"),
        ("notifications", "0009_letters_asked_for"),
    ]

    operations = [migrations.RunPython(keep_the_wish, migrations.RunPython.noop)]
