"""What the database refuses of the establishment, whoever writes: two in one seat, hours beyond a seat or a post."""

from django.db import migrations

ONE_AT_A_TIME = """
ALTER TABLE organisation_occupancy ADD CONSTRAINT occupancy_one_in_a_seat EXCLUDE USING gist
    (seat_id WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_kept ADD CONSTRAINT kept_for_one EXCLUDE USING gist
    (seat_id WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_freeze ADD CONSTRAINT freeze_once_at_a_time EXCLUDE USING gist
    (post_id WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_contract ADD CONSTRAINT contract_one_at_a_time EXCLUDE USING gist
    (worker_id WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_particulars ADD CONSTRAINT particulars_one_at_a_time EXCLUDE USING gist
    (worker_id WITH =, daterange(begins, ends) WITH &&);
"""
MANY = """
ALTER TABLE organisation_particulars DROP CONSTRAINT particulars_one_at_a_time;
ALTER TABLE organisation_contract DROP CONSTRAINT contract_one_at_a_time;
ALTER TABLE organisation_freeze DROP CONSTRAINT freeze_once_at_a_time;
ALTER TABLE organisation_kept DROP CONSTRAINT kept_for_one;
ALTER TABLE organisation_occupancy DROP CONSTRAINT occupancy_one_in_a_seat;
"""

# Looked at when the transaction ends, so that hours can be moved from one seat to another in one go. The row above is
# locked first: of two writers at once the second looks at what the first has committed.
WITHIN = """
CREATE FUNCTION organisation_check_post(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE post organisation_post; too_many date;
BEGIN
    SELECT * INTO post FROM organisation_post WHERE id = wanted FOR NO KEY UPDATE;
    SELECT d.begins INTO too_many FROM organisation_seat d
    WHERE d.post_id = wanted AND (d.ends IS NULL OR d.ends > d.begins)
      AND (SELECT sum(s.hours) FROM organisation_seat s WHERE s.post_id = wanted AND s.begins <= d.begins
             AND (s.ends IS NULL OR s.ends > d.begins)) > post.hours
    ORDER BY d.begins LIMIT 1;
    IF too_many IS NOT NULL THEN
        RAISE EXCEPTION 'the seats of post % have more hours than the post on %', wanted, too_many
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM organisation_seat s WHERE s.post_id = wanted
               AND NOT daterange(post.begins, post.ends) @> daterange(s.begins, s.ends)) THEN
        RAISE EXCEPTION 'a seat of post % is there when the post is not', wanted
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION organisation_check_seat(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE seat organisation_seat;
BEGIN
    SELECT * INTO seat FROM organisation_seat WHERE id = wanted FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM organisation_occupancy o WHERE o.seat_id = wanted AND o.hours > seat.hours) THEN
        RAISE EXCEPTION 'somebody sits in seat % for more hours than it has', wanted
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM organisation_occupancy o WHERE o.seat_id = wanted
               AND NOT daterange(seat.begins, seat.ends) @> daterange(o.begins, o.ends)) THEN
        RAISE EXCEPTION 'somebody sits in seat % when it is not there', wanted
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION organisation_post_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM organisation_check_post(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION organisation_seat_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM organisation_check_post(NEW.post_id);
    IF TG_OP = 'UPDATE' THEN PERFORM organisation_check_seat(NEW.id); END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION organisation_occupancy_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM organisation_check_seat(NEW.seat_id); RETURN NULL; END $$;

CREATE CONSTRAINT TRIGGER post_holds_its_seats AFTER UPDATE ON organisation_post
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_post_written();
CREATE CONSTRAINT TRIGGER seat_within_its_post AFTER INSERT OR UPDATE ON organisation_seat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_seat_written();
CREATE CONSTRAINT TRIGGER occupancy_within_its_seat AFTER INSERT OR UPDATE ON organisation_occupancy
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_occupancy_written();
"""
WITHOUT = """
DROP TRIGGER occupancy_within_its_seat ON organisation_occupancy;
DROP TRIGGER seat_within_its_post ON organisation_seat;
DROP TRIGGER post_holds_its_seats ON organisation_post;
DROP FUNCTION organisation_occupancy_written();
DROP FUNCTION organisation_seat_written();
DROP FUNCTION organisation_post_written();
DROP FUNCTION organisation_check_seat(bigint);
DROP FUNCTION organisation_check_post(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_establishment")]

    operations = [migrations.RunSQL(ONE_AT_A_TIME, MANY), migrations.RunSQL(WITHIN, WITHOUT)]
