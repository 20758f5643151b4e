"""What the database itself refuses: a change to the read audit, and a row of a file that is hidden from the reader."""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION access_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# Whoever was given rights on these tables by default loses those that change a row. The owner is held by the trigger.
APPEND_ONLY = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION access_refuse_change();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change();
DO $$
DECLARE
    somebody text;
BEGIN
    FOR somebody IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                    WHERE table_schema = current_schema() AND table_name = '{table}' AND grantee <> current_user LOOP
        IF somebody = 'PUBLIC' THEN
            REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC;
        ELSE
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM %I', somebody);
        END IF;
    END LOOP;
END $$;
"""
BACK = """
DROP TRIGGER {table}_never_changes ON {table};
DROP TRIGGER {table}_never_emptied ON {table};
"""

# Settings come from access.rls.reading_as; what nobody set is NULL, and NULL reads nothing.
HIDDEN = """
CREATE OR REPLACE FUNCTION access_is_hidden(of_file bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT reader.worker IS NULL OR reader.at IS NULL OR EXISTS (
        SELECT FROM access_restriction r
        WHERE r.file = of_file AND r.begins <= reader.at AND (r.ends IS NULL OR r.ends > reader.at)
          AND NOT EXISTS (
              SELECT FROM access_restriction_member m
              WHERE m.restriction_id = r.id AND m.worker_id = reader.worker
                AND m.begins <= reader.at AND (m.ends IS NULL OR m.ends > reader.at))
          AND NOT EXISTS (
              SELECT FROM access_break_glass b
              WHERE b.file = of_file AND b.worker_id = reader.worker AND b.opens <= reader.at AND b.until > reader.at
                AND (b.kind = r.kind OR b.kind = 2) AND (r.kind = 1 OR b.confirmed_by_id IS NOT NULL)))
    FROM (SELECT nullif(current_setting('rightplace.worker', true), '')::bigint AS worker,
                 nullif(current_setting('rightplace.at', true), '')::timestamptz AS at) reader
$$;
CREATE OR REPLACE FUNCTION access_may_read(of_file bigint, of_label integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        current_setting('rightplace.purpose', true) = 'fold'
        OR (of_label = ANY (string_to_array(nullif(current_setting('rightplace.labels', true), ''), ',')::integer[])
            AND NOT access_is_hidden(of_file)),
        false)
$$;
"""
SHOWN = """
DROP FUNCTION access_may_read(bigint, integer);
DROP FUNCTION access_is_hidden(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION access_refuse_change()"),
        migrations.RunSQL(
            APPEND_ONLY.format(table="access_read_audit"), BACK.format(table="access_read_audit")
        ),
        migrations.RunSQL(
            APPEND_ONLY.format(table="access_read_audit_seal"), BACK.format(table="access_read_audit_seal")
        ),
        migrations.RunSQL(HIDDEN, SHOWN),
    ]
