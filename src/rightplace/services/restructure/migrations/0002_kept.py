"""What the database keeps whoever writes: no results before evidence, rows that never change, declarations nobody reads."""

from django.db import migrations

from rightplace.foundation.access.rls import append_only_sql

KEPT = (
    "restructure_reasonstep", "restructure_evaluation", "restructure_body", "restructure_meeting",
    "restructure_terms", "restructure_paper", "restructure_publication", "restructure_unlinked",
    "restructure_gradecost",
)  # fmt: skip

# As stages.toml has them; a test holds the two against each other. `true`: each role of the new structure needs its own.
REQUIRED = (
    ("case", "flaws and causes", False),
    ("case", "what works and is protected", False),
    ("case", "measures of success", False),
    ("structure", "old and new structure", False),
    ("structure", "lineage of every post and team", False),
    ("structure", "hours and money before and after", False),
    ("equality", "equality assessment of the proposal", False),
    ("authority", "decision of those who may decide", False),
    ("consultation", "section 188 statement given", False),
    ("consultation", "HR1 received", False),
    ("consultation", "representatives' response answered", False),
    ("consultation", "consultation closed", False),
    ("profiles", "role profile agreed", True),
    ("profiles", "job evaluated", True),
    ("pools", "pools agreed", False),
    ("pools", "everybody told their pool", False),
    ("pools", "appeals against pools closed", False),
    ("preferences", "preferences closed", False),
    ("preferences", "absent people reached", False),
    ("assessment", "scored by two trained people", True),
    ("assessment", "moderated", True),
    ("offers", "suitable vacancies judged", False),
    ("offers", "offers answered", False),
    ("matching", "ties settled by the panels", False),
    ("matching", "checked independently", False),
    ("matching", "decided by a person", False),
    ("impact", "equality impact of the result considered", False),
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


PAIRS = ", ".join(
    f"({_quoted(stage)}, {_quoted(kind)}, {str(each).lower()})" for stage, kind, each in REQUIRED
)

PUBLISHING = f"""
CREATE FUNCTION restructure_guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gap text;
BEGIN
    SELECT wanted.stage || ': ' || wanted.kind || coalesce(' for ' || roles.title, '') INTO gap
    FROM (VALUES {PAIRS}) AS wanted(stage, kind, by_role)
    LEFT JOIN (
        SELECT DISTINCT post.title FROM organisation_programmepost side
        JOIN organisation_post post ON post.id = side.post_id
        WHERE side.programme_id = NEW.programme_id AND side.side = 'new'
    ) AS roles ON wanted.by_role
    WHERE NOT EXISTS (
        SELECT 1 FROM organisation_stageevidence shown
        WHERE shown.programme_id = NEW.programme_id AND shown.stage = wanted.stage AND shown."on" <= NEW."on"
          AND btrim(shown.reference) <> ''
          AND shown.what = wanted.kind || coalesce(': ' || roles.title, '')
    ) LIMIT 1;
    IF gap IS NOT NULL THEN
        RAISE EXCEPTION 'results wait for evidence: %', gap USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER restructure_publication_after_evidence BEFORE INSERT ON restructure_publication
    FOR EACH ROW EXECUTE FUNCTION restructure_guard_publication();
"""
NO_GUARD = """
DROP TRIGGER restructure_publication_after_evidence ON restructure_publication;
DROP FUNCTION restructure_guard_publication();
"""

# No role of the application reads a row: it is written by one function and counted by another, both the owner's.
SEALED = """
ALTER TABLE restructure_declaration ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON restructure_declaration FROM rightplace_app, rightplace_reader;
CREATE FUNCTION restructure_declare(of_programme bigint, of_worker bigint, of_kind text, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM restructure_declaration
        WHERE programme_id = of_programme AND worker_id = of_worker AND characteristic = of_kind;
    IF said <> '' THEN
        INSERT INTO restructure_declaration (programme_id, worker_id, characteristic, answer)
            VALUES (of_programme, of_worker, of_kind, said);
    END IF;
END $$;
CREATE FUNCTION restructure_counted(of_programme bigint, of_kind text, in_pool bigint[], came bigint[])
RETURNS TABLE (answer text, pool bigint, through bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(DISTINCT each) FROM unnest(in_pool) AS each) < 20 THEN
        RAISE EXCEPTION 'a pool of fewer than twenty people is not counted' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
    SELECT coalesce(said.answer, 'not said')::text, count(*), count(*) FILTER (WHERE each.worker = ANY(came))
    FROM (SELECT DISTINCT unnest(in_pool) AS worker) AS each
    LEFT JOIN restructure_declaration said
      ON said.programme_id = of_programme AND said.worker_id = each.worker AND said.characteristic = of_kind
    GROUP BY 1 ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION restructure_declare(bigint, bigint, text, text),
    restructure_counted(bigint, text, bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION restructure_declare(bigint, bigint, text, text),
    restructure_counted(bigint, text, bigint[], bigint[]) TO rightplace_app;
"""
OPENED = """
DROP FUNCTION restructure_counted(bigint, text, bigint[], bigint[]);
DROP FUNCTION restructure_declare(bigint, bigint, text, text);
GRANT SELECT, INSERT, UPDATE, DELETE ON restructure_declaration TO rightplace_app;
ALTER TABLE restructure_declaration DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("restructure", "0001_initial"),
        ("organisation", "0009_programmes"),
        ("access", "0002_gates"),
    ]
    operations = [
        migrations.RunSQL(PUBLISHING, NO_GUARD),
        *[migrations.RunSQL(sql, migrations.RunSQL.noop) for table in KEPT for sql in append_only_sql(table)],
        migrations.RunSQL(SEALED, OPENED),
    ]
