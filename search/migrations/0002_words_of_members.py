"""The database keeps the words of members: by triggers, whoever writes a profile and in whichever way."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION search_words_of(number bigint) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT setweight(to_tsvector('simple', person.name_folded), 'A')
        || setweight(to_tsvector('simple', person.headline_folded), 'B')
        || setweight(to_tsvector('simple', concat_ws(' ',
            (SELECT string_agg(folded, ' ' ORDER BY id) FROM profiles_skill WHERE member_id = number),
            (SELECT string_agg(folded, ' ' ORDER BY id) FROM profiles_interest WHERE member_id = number))), 'C')
        || setweight(to_tsvector('simple', concat_ws(' ',
            person.place_folded,
            (SELECT string_agg(concat_ws(' ', title_folded, organization_folded), ' ' ORDER BY id)
                FROM profiles_position WHERE member_id = number),
            (SELECT string_agg(concat_ws(' ', school_folded, degree_folded), ' ' ORDER BY id)
                FROM profiles_education WHERE member_id = number))), 'D')
        || array_to_tsvector(ARRAY(
            SELECT '=p' || word FROM unnest(string_to_array(person.place_folded, ' ')) AS word WHERE word <> ''
            UNION SELECT '=s' || replace(folded, ' ', '') FROM profiles_skill
                WHERE member_id = number AND folded <> ''
            UNION SELECT '=o' || organization_key FROM profiles_position
                WHERE member_id = number AND organization_key <> ''
            UNION SELECT '=n' || organization_key FROM profiles_position
                WHERE member_id = number AND organization_key <> ''
                AND (ended_year IS NULL OR ended_year >= extract(year FROM now()))
            UNION SELECT '=e' || school_key FROM profiles_education
                WHERE member_id = number AND school_key <> ''))
    FROM accounts_user AS person WHERE person.id = number
$$;

-- The row is locked before its words are read, so that two changes at once end with the words of both.
-- Until somebody is welcomed nobody finds them, and what they were found by before needs no keeping.
CREATE FUNCTION search_refresh(number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    former tsvector;
    present tsvector;
BEGIN
    SELECT words INTO former FROM search_memberwords WHERE member_id = number FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    present := search_words_of(number);
    IF present IS NULL OR present = former THEN
        RETURN;
    END IF;
    INSERT INTO search_formerwords (member_id, words, changed_at)
        SELECT number, former, clock_timestamp() FROM accounts_user WHERE id = number AND welcomed_at IS NOT NULL;
    UPDATE search_memberwords SET words = present, changed_at = clock_timestamp() WHERE member_id = number;
END $$;

CREATE FUNCTION search_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO search_memberwords (member_id, words, changed_at)
            VALUES (NEW.id, search_words_of(NEW.id), clock_timestamp());
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM search_formerwords WHERE member_id = OLD.id;
        DELETE FROM search_memberwords WHERE member_id = OLD.id;
    ELSE
        PERFORM search_refresh(NEW.id);
        IF OLD.welcomed_at IS NULL AND NEW.welcomed_at IS NOT NULL THEN
            UPDATE search_memberwords SET changed_at = clock_timestamp() WHERE member_id = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION search_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM search_refresh(OLD.member_id);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.member_id <> OLD.member_id) THEN
        PERFORM search_refresh(NEW.member_id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER search_member_added AFTER INSERT OR DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION search_of_member();
CREATE TRIGGER search_member_changed AFTER UPDATE ON accounts_user FOR EACH ROW
    WHEN ((OLD.name_folded, OLD.headline_folded, OLD.place_folded, OLD.welcomed_at)
        IS DISTINCT FROM (NEW.name_folded, NEW.headline_folded, NEW.place_folded, NEW.welcomed_at))
    EXECUTE FUNCTION search_of_member();
"""
PARTS = ["profiles_skill", "profiles_interest", "profiles_position", "profiles_education"]
ON_PART = """
CREATE TRIGGER search_part_changed AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION search_of_part();
"""
FILL = """
INSERT INTO search_memberwords (member_id, words, changed_at) SELECT id, search_words_of(id), joined_at FROM accounts_user
"""
UNDO = [
    "DROP TRIGGER search_member_added ON accounts_user",
    "DROP TRIGGER search_member_changed ON accounts_user",
    *(f"DROP TRIGGER search_part_changed ON {table}" for table in PARTS),
    "DROP FUNCTION search_of_part, search_of_member, search_refresh, search_words_of",
    "DELETE FROM search_memberwords",
]


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("accounts", "0006_fold_places_and_last_names"),
        ("profiles", "0008_fold_titles_and_degrees"),
    ]

    operations = [
        migrations.RunSQL(
            [FUNCTIONS, *(ON_PART.format(table=table) for table in PARTS), FILL],
            reverse_sql=UNDO,
        )
    ]
