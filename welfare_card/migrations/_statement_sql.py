"""What the database itself keeps of statements: lines stay as they were counted, and a closed sum is never changed."""

TAKES_BACK = """
ALTER TABLE welfare_card_statementline
    ADD CONSTRAINT line_takes_back_its_own FOREIGN KEY (reverses_id, visit_id, amount)
        REFERENCES welfare_card_statementline (id, visit_id, amount);
"""
NO_TAKES_BACK = "ALTER TABLE welfare_card_statementline DROP CONSTRAINT line_takes_back_its_own;"

KEEP_LINES = """
CREATE FUNCTION welfare_card_keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'lines of statements are never changed: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER lines_keep BEFORE UPDATE OR DELETE ON welfare_card_statementline
    FOR EACH ROW EXECUTE FUNCTION welfare_card_keep_lines();
CREATE TRIGGER lines_keep_all BEFORE TRUNCATE ON welfare_card_statementline
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_card_keep_lines();
"""
NO_KEEP_LINES = """
DROP TRIGGER lines_keep ON welfare_card_statementline;
DROP TRIGGER lines_keep_all ON welfare_card_statementline;
DROP FUNCTION welfare_card_keep_lines();
"""

# Asked once for all rows of an INSERT, so that a hundred thousand lines cost one question.
OPEN_ONLY = """
CREATE FUNCTION welfare_card_lines_of_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT statement_id FROM fresh) AS added
        JOIN welfare_card_statement AS statement ON statement.id = added.statement_id
        WHERE statement.status <> 'open'
    ) THEN
        RAISE EXCEPTION 'a closed statement takes no more lines' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_of_open AFTER INSERT ON welfare_card_statementline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION welfare_card_lines_of_open();
"""
NO_OPEN_ONLY = """
DROP TRIGGER lines_of_open ON welfare_card_statementline;
DROP FUNCTION welfare_card_lines_of_open();
"""

KEEP_SUMS = """
CREATE FUNCTION welfare_card_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.venue_id, OLD.payer_id, OLD.from_on, OLD.until_on)
            IS DISTINCT FROM (NEW.venue_id, NEW.payer_id, NEW.from_on, NEW.until_on)
        OR OLD.status <> 'open' AND (
            NEW.status = 'open'
            OR (OLD.line_count, OLD.visits, OLD.late_count, OLD.returned_count, OLD.rials, OLD.digest, OLD.closed_at)
            IS DISTINCT FROM
            (NEW.line_count, NEW.visits, NEW.late_count, NEW.returned_count, NEW.rials, NEW.digest, NEW.closed_at)
        )
    THEN
        RAISE EXCEPTION 'a closed statement is never counted again' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER statement_keep BEFORE UPDATE ON welfare_card_statement
    FOR EACH ROW EXECUTE FUNCTION welfare_card_keep_sums();
"""
NO_KEEP_SUMS = """
DROP TRIGGER statement_keep ON welfare_card_statement;
DROP FUNCTION welfare_card_keep_sums();
"""

STEPS = (
    (TAKES_BACK, NO_TAKES_BACK),
    (KEEP_LINES, NO_KEEP_LINES),
    (OPEN_ONLY, NO_OPEN_ONLY),
    (KEEP_SUMS, NO_KEEP_SUMS),
)
