"""What is appended is never changed: triggers, missing rights, and the one function that erases."""

from django.db import migrations

from rightplace.foundation.access.rls import policy_sql

APPEND_ONLY = ("journal_entry", "journal_entry_body", "journal_seal", "journal_inbound", "journal_file_salt")

GUARD = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('journal_entry_body', 'journal_file_salt')
       AND current_user <> session_user AND current_setting('rightplace.erasing', true) = OLD.file::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: a correction is a new entry', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
"""

ERASE = """
CREATE FUNCTION journal_erase(erasure bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE named bigint[]; at_file bigint; gone integer;
BEGIN
    SELECT names, file INTO named, at_file FROM journal_entry WHERE id = erasure AND kind = 160;
    IF named IS NULL THEN
        RAISE EXCEPTION 'an erasure is itself an entry: sign it first' USING ERRCODE = '42501';
    END IF;
    PERFORM set_config('rightplace.erasing', at_file::text, true), set_config('rightplace.purpose', 'fold', true);
    IF at_file = ANY(named) THEN
        DELETE FROM journal_file_salt WHERE file = at_file;
        DELETE FROM journal_entry_body WHERE file = at_file AND id <> erasure;
    ELSE
        DELETE FROM journal_entry_body WHERE file = at_file AND id = ANY(named);
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('rightplace.erasing', '', true), set_config('rightplace.purpose', '', true);
    RETURN gone;
END $$;
"""

PAST = """
CREATE FUNCTION journal_make_past(seal bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE wanted text := 'past_' || seal; t text;
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', wanted);
    EXECUTE format('CREATE SCHEMA %I', wanted);
    FOR t IN SELECT name FROM journal_projected_table LOOP
        EXECUTE format('CREATE TABLE %I.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING IDENTITY)', wanted, t, t);
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO rightplace_app, rightplace_reader', wanted);
    EXECUTE format('GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA %I TO rightplace_app', wanted);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO rightplace_reader', wanted);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO rightplace_app', wanted);
END $$;
CREATE FUNCTION journal_close_past(seal bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I FROM rightplace_app', 'past_' || seal);
    EXECUTE format('ANALYZE %I.journal_span', 'past_' || seal);
END $$;
CREATE FUNCTION journal_drop_past(seal bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', 'past_' || seal);
END $$;
"""

RIGHTS = """
REVOKE ALL ON FUNCTION journal_erase(bigint), journal_make_past(bigint), journal_close_past(bigint),
    journal_drop_past(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_make_past(bigint), journal_close_past(bigint), journal_drop_past(bigint)
    TO rightplace_app;
GRANT EXECUTE ON FUNCTION journal_erase(bigint) TO rightplace_eraser;
REVOKE ALL ON journal_projected_table FROM rightplace_app;
GRANT SELECT ON journal_projected_table TO rightplace_app;
"""


def guard(table: str) -> str:
    """The trigger and the missing rights of one append-only table."""
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM rightplace_app;
"""


ERASING = """
CREATE POLICY journal_entry_body_erased ON journal_entry_body FOR DELETE
    USING (current_setting('rightplace.erasing', true) = file::text);
"""

PROJECTED = (
    "INSERT INTO journal_projected_table (name) VALUES "
    "('journal_span'), ('journal_timescale'), ('journal_doubt'), ('journal_happening');"
)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("access", "0002_gates")]
    operations = [
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        *[migrations.RunSQL(guard(table), migrations.RunSQL.noop) for table in APPEND_ONLY],
        migrations.RunSQL(ERASE + PAST, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        *[migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in policy_sql("journal_entry_body")],
        migrations.RunSQL(ERASING, migrations.RunSQL.noop),
        migrations.RunSQL(PROJECTED, migrations.RunSQL.noop),
    ]
