"""What was said in a group its moderators see first; a decision keeps whether one of them made it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE OR REPLACE FUNCTION moderation_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.action, NEW.why, NEW.by_name, NEW.decided_at, NEW.until,
            NEW.by_group)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.action, OLD.why, OLD.by_name, OLD.decided_at, OLD.until,
            OLD.by_group)
        AND (NEW.by_id IS NULL OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id)
        AND (NEW.member_id IS NULL OR NEW.member_id IS NOT DISTINCT FROM OLD.member_id)
        AND (NEW.case_id IS NULL OR NEW.case_id IS NOT DISTINCT FROM OLD.case_id)
    THEN
        RETURN NEW;  -- somebody left: the record stays, without them
    END IF;
    RAISE EXCEPTION 'a decision is never changed' USING ERRCODE = 'restrict_violation';
END $$;
"""
BACKWARDS = """
CREATE OR REPLACE FUNCTION moderation_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.action, NEW.why, NEW.by_name, NEW.decided_at, NEW.until)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.action, OLD.why, OLD.by_name, OLD.decided_at, OLD.until)
        AND (NEW.by_id IS NULL OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id)
        AND (NEW.member_id IS NULL OR NEW.member_id IS NOT DISTINCT FROM OLD.member_id)
        AND (NEW.case_id IS NULL OR NEW.case_id IS NOT DISTINCT FROM OLD.case_id)
    THEN
        RETURN NEW;  -- somebody left: the record stays, without them
    END IF;
    RAISE EXCEPTION 'a decision is never changed' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0006_groups_answer_silently"),
        ("moderation", "0002_decisions_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cases",
                to="communities.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="handed_on_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="handed on by a moderator"),
        ),
        migrations.AddField(
            model_name="decision",
            name="by_group",
            field=models.BooleanField(default=False, verbose_name="by a moderator of the group"),
        ),
        migrations.AlterField(
            model_name="case",
            name="subject_kind",
            field=models.CharField(
                choices=[
                    ("member", "Member"),
                    ("photo", "Photo"),
                    ("post", "Post"),
                    ("comment", "Comment"),
                    ("message", "Message"),
                    ("organization", "Organization"),
                    ("group", "Group"),
                    ("event", "Event"),
                ],
                max_length=12,
                verbose_name="about",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="subject_kind",
            field=models.CharField(
                choices=[
                    ("member", "Member"),
                    ("photo", "Photo"),
                    ("post", "Post"),
                    ("comment", "Comment"),
                    ("message", "Message"),
                    ("organization", "Organization"),
                    ("group", "Group"),
                    ("event", "Event"),
                ],
                max_length=12,
                verbose_name="about",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("group__isnull", False)), fields=["group", "-id"], name="moderation_case_of_group"
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
