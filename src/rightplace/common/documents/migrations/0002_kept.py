"""What is attached in a file is record: it is neither changed nor removed. On a draft it comes and goes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION documents_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'what is attached in a file is never removed' USING ERRCODE = '42501';
    ELSIF OLD.file <> 0 THEN
        RAISE EXCEPTION 'what is attached in a file is never changed' USING ERRCODE = '42501';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_attachment_is_kept BEFORE UPDATE OR DELETE ON documents_attachment
    FOR EACH ROW EXECUTE FUNCTION documents_refuse_change();
CREATE TRIGGER documents_attachment_no_truncate BEFORE TRUNCATE ON documents_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_change();
REVOKE TRUNCATE ON documents_attachment FROM rightplace_app;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
