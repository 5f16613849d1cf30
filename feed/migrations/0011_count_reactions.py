"""The database counts the reactions of each kind to a post, whoever writes them: `feed.models.Tally`.

A statement counts once, however many reactions it brings or takes away, and locks the counts of several posts in their
order, so that two of them never wait for each other.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE feed_tally ADD CONSTRAINT feed_tally_of_a_post
    FOREIGN KEY (post_id) REFERENCES feed_post (id) ON DELETE CASCADE;

CREATE FUNCTION feed_reactions_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO feed_tally AS counted (post_id, kind, number)
        SELECT post_id, kind, count(*) FROM came GROUP BY post_id, kind ORDER BY post_id, kind
        ON CONFLICT (post_id, kind) DO UPDATE SET number = counted.number + excluded.number;
    RETURN NULL;
END $$;

CREATE FUNCTION feed_reactions_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feed_tally
        WHERE (post_id, kind) IN (SELECT post_id, kind FROM went) ORDER BY post_id, kind FOR NO KEY UPDATE;
    UPDATE feed_tally AS counted SET number = counted.number - fewer.number
        FROM (SELECT post_id, kind, count(*) AS number FROM went GROUP BY post_id, kind) AS fewer
        WHERE counted.post_id = fewer.post_id AND counted.kind = fewer.kind;
    RETURN NULL;
END $$;

CREATE FUNCTION feed_reactions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feed_tally
        WHERE post_id IN (SELECT post_id FROM went) ORDER BY post_id, kind FOR NO KEY UPDATE;
    INSERT INTO feed_tally AS counted (post_id, kind, number)
        SELECT post_id, kind, count(*) FROM came GROUP BY post_id, kind ORDER BY post_id, kind
        ON CONFLICT (post_id, kind) DO UPDATE SET number = counted.number + excluded.number;
    UPDATE feed_tally AS counted SET number = counted.number - fewer.number
        FROM (SELECT post_id, kind, count(*) AS number FROM went GROUP BY post_id, kind) AS fewer
        WHERE counted.post_id = fewer.post_id AND counted.kind = fewer.kind;
    RETURN NULL;
END $$;

CREATE TRIGGER feed_reactions_came AFTER INSERT ON feed_reaction
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION feed_reactions_came();
CREATE TRIGGER feed_reactions_went AFTER DELETE ON feed_reaction
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION feed_reactions_went();
CREATE TRIGGER feed_reactions_changed AFTER UPDATE ON feed_reaction
    REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION feed_reactions_changed();

INSERT INTO feed_tally (post_id, kind, number) SELECT post_id, kind, count(*) FROM feed_reaction GROUP BY post_id, kind;
"""

BACKWARDS = """
DROP TRIGGER feed_reactions_came ON feed_reaction;
DROP TRIGGER feed_reactions_went ON feed_reaction;
DROP TRIGGER feed_reactions_changed ON feed_reaction;
DROP FUNCTION feed_reactions_came();
DROP FUNCTION feed_reactions_went();
DROP FUNCTION feed_reactions_changed();
ALTER TABLE feed_tally DROP CONSTRAINT feed_tally_of_a_post;
DELETE FROM feed_tally;
"""


class Migration(migrations.Migration):
    dependencies = [("feed", "0010_reactions_comments_and_earlier_words")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
