"""Decisions name who decided in words too, and the database refuses to change or delete one."""

from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION moderation_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER moderation_decision_stays BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION moderation_decision_stays();
"""
BACKWARDS = """
DROP TRIGGER moderation_decision_stays ON moderation_decision;
DROP FUNCTION moderation_decision_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "decision",
            "by_name",
            models.CharField(default="", max_length=254, verbose_name="by"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "decision",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=models.SET_NULL,
                related_name="decisions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
