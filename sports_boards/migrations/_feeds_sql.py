"""What marks a change for the feeds and raises the revision of a session: in the database, so that no writer forgets it."""

# One sequence for all feeds. It belongs to no column: a number is taken by the sequencer and never comes again.
NUMBERS = "CREATE SEQUENCE sports_boards_feed_number;"
NO_NUMBERS = "DROP SEQUENCE sports_boards_feed_number;"

OF_PROGRAMMES = "SELECT 'programme' AS thing, programme_id AS key FROM changed"
OF_PARTS = "SELECT 'part' AS thing, part_id AS key FROM changed"
OF_COACHES = """
SELECT 'programme' AS thing, r.programme_id AS key
FROM changed c JOIN sports_boards_programmecoach r ON r.coach_id = c.id
UNION SELECT 'programme', s.programme_id FROM changed c JOIN sports_boards_session s ON s.coach_id = c.id"""
OF_BOARDS = """
SELECT 'programme' AS thing, p.id AS key
FROM changed c JOIN sports_boards_programme p ON p.board_id = c.{key} WHERE p.approved_at IS NOT NULL
UNION SELECT 'part', b.id FROM changed c JOIN sports_boards_bookablepart b ON b.owner_id = c.{key}"""
OF_BODIES = (
    OF_BOARDS.format(key="id")
    + """
UNION SELECT 'part', b.id FROM changed c JOIN organizations_venue v ON v.organization_id = c.id
JOIN sports_boards_bookablepart b ON b.venue_id = v.id"""
)
OF_VENUES = """
SELECT 'programme' AS thing, p.id AS key FROM changed c JOIN sports_boards_programme p ON p.venue_id = c.id
UNION SELECT 'programme', s.programme_id FROM changed c JOIN sports_boards_session s ON s.venue_id = c.id
UNION SELECT 'part', b.id FROM changed c JOIN sports_boards_bookablepart b ON b.venue_id = c.id"""
# A place without a point of its own is shown at that of what it lies in, so a change reaches all that lies within.
OF_PLACES = """
SELECT 'programme' AS thing, p.id AS key
FROM changed c JOIN places_place w ON w.ancestors @> ARRAY[c.id] JOIN sports_boards_programme p ON p.place_id = w.id
UNION SELECT 'programme', s.programme_id
FROM changed c JOIN places_place w ON w.ancestors @> ARRAY[c.id] JOIN sports_boards_session s ON s.place_id = w.id
UNION SELECT 'programme', p.id
FROM changed c JOIN places_place w ON w.ancestors @> ARRAY[c.id] JOIN organizations_venue v ON v.place_id = w.id
JOIN sports_boards_programme p ON p.venue_id = v.id
UNION SELECT 'part', b.id
FROM changed c JOIN places_place w ON w.ancestors @> ARRAY[c.id] JOIN organizations_venue v ON v.place_id = w.id
JOIN sports_boards_bookablepart b ON b.venue_id = v.id"""
OF_CLOSURES = """
SELECT 'part' AS thing, b.id AS key FROM sports_boards_bookablepart b
WHERE NOT b.indoor AND b.venue_id IS NOT NULL AND EXISTS (SELECT FROM changed)"""

# (table, what happens to it, which things it marks)
ALL = ("INSERT", "UPDATE", "DELETE")
MARKS = (
    (
        "sports_boards_programme",
        ALL,
        "SELECT 'programme' AS thing, id AS key FROM changed WHERE approved_at IS NOT NULL",
    ),
    ("sports_boards_session", ALL, OF_PROGRAMMES),
    ("sports_boards_programmecoach", ALL, OF_PROGRAMMES),
    ("sports_boards_coach", ("UPDATE",), OF_COACHES),
    ("sports_boards_board", ("INSERT", "UPDATE"), OF_BOARDS.format(key="organization_id")),
    ("organizations_organization", ("UPDATE",), OF_BODIES),
    ("organizations_venue", ("UPDATE",), OF_VENUES),
    ("places_place", ("UPDATE",), OF_PLACES),
    ("sports_boards_bookablepart", ALL, "SELECT 'part' AS thing, id AS key FROM changed WHERE venue_id IS NOT NULL"),
    ("sports_boards_openingrule", ALL, OF_PARTS),
    ("sports_boards_booking", ALL, OF_PARTS),
    ("places_closure", ("UPDATE",), OF_CLOSURES),
    ("places_closure_places", ("INSERT", "DELETE"), OF_CLOSURES),
)


def _mark(table: str, events: tuple[str, ...], select: str) -> str:
    name = f"sports_boards_mark_{table}"
    made = f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sports_boards_feedmark (thing, key) SELECT DISTINCT thing, key FROM ({select}) AS marked;
    RETURN NULL;
END $$;"""
    for event in events:
        side = "OLD" if event == "DELETE" else "NEW"
        made += f"""
CREATE TRIGGER feed_{event.lower()} AFTER {event} ON {table} REFERENCING {side} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();"""
    return made


def _unmark(table: str, events: tuple[str, ...], _select: str) -> str:
    dropped = "".join(f"DROP TRIGGER feed_{event.lower()} ON {table};\n" for event in events)
    return dropped + f"DROP FUNCTION sports_boards_mark_{table}();\n"


# A person's row is written at every sign-in: only what a coach is called by counts.
PERSONS = """
CREATE FUNCTION sports_boards_mark_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sports_boards_feedmark (thing, key)
    SELECT 'programme', r.programme_id FROM sports_boards_coach c
    JOIN sports_boards_programmecoach r ON r.coach_id = c.id WHERE c.person_id = NEW.id
    UNION SELECT 'programme', s.programme_id FROM sports_boards_coach c
    JOIN sports_boards_session s ON s.coach_id = c.id WHERE c.person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER feed_update AFTER UPDATE OF given_name, family_name, is_active ON people_person
    FOR EACH ROW EXECUTE FUNCTION sports_boards_mark_person();
"""
NO_PERSONS = "DROP TRIGGER feed_update ON people_person; DROP FUNCTION sports_boards_mark_person();"

REVISION = """
CREATE FUNCTION sports_boards_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + CASE WHEN
        (NEW.starts_at, NEW.ends_at, NEW.status, NEW.place_id, NEW.venue_id, NEW."where", NEW.reason)
        IS DISTINCT FROM
        (OLD.starts_at, OLD.ends_at, OLD.status, OLD.place_id, OLD.venue_id, OLD."where", OLD.reason)
        THEN 1 ELSE 0 END;
    RETURN NEW;
END $$;
CREATE TRIGGER session_revision BEFORE UPDATE ON sports_boards_session
    FOR EACH ROW EXECUTE FUNCTION sports_boards_raise_revision();
"""
NO_REVISION = "DROP TRIGGER session_revision ON sports_boards_session; DROP FUNCTION sports_boards_raise_revision();"

STEPS = (
    (NUMBERS, NO_NUMBERS),
    *((_mark(*each), _unmark(*each)) for each in MARKS),
    (PERSONS, NO_PERSONS),
    (REVISION, NO_REVISION),
)
