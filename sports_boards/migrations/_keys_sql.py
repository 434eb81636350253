"""What the database keeps beyond Django's constraints: keys of two columns, and the count of places taken."""

# (table, its two columns, the table they name, name of the key)
PAIRS = (
    ("programmecoach", "programme_id, board_id", "programme (id, board_id)", "coach_row_of_the_programmes_board"),
    ("programmecoach", "coach_id, board_id", "coach (id, board_id)", "coach_row_of_the_coachs_board"),
    ("session", "moved_to_id, programme_id", "session (id, programme_id)", "session_moved_within_its_programme"),
    ("seat", "application_id, programme_id", "application (id, programme_id)", "seat_of_its_applications_programme"),
    ("offer", "application_id, programme_id", "application (id, programme_id)", "offer_of_its_applications_programme"),
    ("attendance", "session_id, programme_id", "session (id, programme_id)", "attendance_of_the_sessions_programme"),
    ("attendance", "seat_id, programme_id", "seat (id, programme_id)", "attendance_of_the_seats_programme"),
)
KEYS = "".join(
    f"ALTER TABLE sports_boards_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
    f" REFERENCES sports_boards_{target} DEFERRABLE INITIALLY IMMEDIATE;\n"
    for table, columns, target, name in PAIRS
)
NO_KEYS = "".join(f"ALTER TABLE sports_boards_{table} DROP CONSTRAINT {name};\n" for table, _c, _t, name in PAIRS)

# A seat that begins or ceases to hold a place moves the count itself; the CHECK of the programme refuses too many.
TAKEN = """
CREATE FUNCTION sports_boards_count_seat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taking constant text[] := ARRAY['held', 'confirmed', 'completed'];
    before integer := CASE WHEN TG_OP <> 'INSERT' AND OLD.state = ANY (taking) THEN 1 ELSE 0 END;
    after integer := CASE WHEN TG_OP <> 'DELETE' AND NEW.state = ANY (taking) THEN 1 ELSE 0 END;
BEGIN
    IF after <> before THEN
        UPDATE sports_boards_programme SET taken = taken + after - before
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER seat_is_counted AFTER INSERT OR DELETE OR UPDATE OF state ON sports_boards_seat
    FOR EACH ROW EXECUTE FUNCTION sports_boards_count_seat();
"""
NOT_TAKEN = "DROP TRIGGER seat_is_counted ON sports_boards_seat; DROP FUNCTION sports_boards_count_seat();"

STEPS = ((KEYS, NO_KEYS), (TAKEN, NOT_TAKEN))
