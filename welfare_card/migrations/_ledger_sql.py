"""What the database itself keeps of the ledger: accounts that stay, transfers that stay, balances moved by them."""

# An account is of its kind from its first day, and is never taken away. CHECKs and keys would be read anew at each visit,
# which moves no more than the balance; triggers of columns that no visit writes are not.
ACCOUNTS = """
-- Room on each page, so that a moved balance stays where it was.
ALTER TABLE welfare_card_account SET (fillfactor = 80);
CREATE TRIGGER account_belongs_to_its_kind
    BEFORE INSERT OR UPDATE OF kind, person_id, season_id, venue_id ON welfare_card_account
    FOR EACH ROW WHEN (NOT CASE
        WHEN NEW.kind IN ('allowance', 'held')
        THEN NEW.person_id IS NOT NULL AND NEW.season_id IS NOT NULL AND NEW.venue_id IS NULL
        WHEN NEW.kind = 'venue'
        THEN NEW.person_id IS NULL AND NEW.season_id IS NULL AND NEW.venue_id IS NOT NULL
        ELSE NEW.kind IN ('source', 'loss', 'expired')
            AND NEW.person_id IS NULL AND NEW.season_id IS NULL AND NEW.venue_id IS NULL
    END)
    EXECUTE FUNCTION welfare_card_refuse('an account of the ledger belongs to its kind');
CREATE TRIGGER account_stays BEFORE DELETE ON welfare_card_account
    FOR EACH ROW EXECUTE FUNCTION welfare_card_refuse('an account of the ledger stays');
CREATE TRIGGER account_stays_what_it_is
    BEFORE UPDATE OF id, kind, family, person_id, season_id, venue_id ON welfare_card_account
    FOR EACH ROW WHEN (
        (OLD.id, OLD.kind, OLD.family, OLD.person_id, OLD.season_id, OLD.venue_id)
        IS DISTINCT FROM (NEW.id, NEW.kind, NEW.family, NEW.person_id, NEW.season_id, NEW.venue_id)
    )
    EXECUTE FUNCTION welfare_card_refuse('an account of the ledger stays what it is');
"""
NO_ACCOUNTS = """
DROP TRIGGER account_belongs_to_its_kind ON welfare_card_account;
DROP TRIGGER account_stays ON welfare_card_account;
DROP TRIGGER account_stays_what_it_is ON welfare_card_account;
"""

KEEP = """
CREATE FUNCTION welfare_card_keep_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER transfer_keep BEFORE UPDATE OR DELETE ON welfare_card_transfer
    FOR EACH ROW EXECUTE FUNCTION welfare_card_keep_transfers();
CREATE TRIGGER transfer_keep_all BEFORE TRUNCATE ON welfare_card_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_card_keep_transfers();
REVOKE UPDATE, DELETE, TRUNCATE ON welfare_card_transfer FROM PUBLIC;
"""
NO_KEEP = """
DROP TRIGGER transfer_keep ON welfare_card_transfer;
DROP TRIGGER transfer_keep_all ON welfare_card_transfer;
DROP FUNCTION welfare_card_keep_transfers();
"""

# Both sides are there and are of the transfer's unit; then both balances move in one statement.
MOVE = """
CREATE FUNCTION welfare_card_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT count(*) FROM welfare_card_account WHERE id IN (NEW.debit_id, NEW.credit_id) AND family = NEW.unit
    ) <> 2 THEN
        RAISE EXCEPTION 'both sides of a transfer are accounts of its unit' USING ERRCODE = 'foreign_key_violation';
    END IF;
    UPDATE welfare_card_account SET balance = balance + CASE id WHEN NEW.credit_id THEN NEW.amount ELSE -NEW.amount END
    WHERE id IN (NEW.debit_id, NEW.credit_id) AND kind IN ('allowance', 'held');
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_moves AFTER INSERT ON welfare_card_transfer
    FOR EACH ROW EXECUTE FUNCTION welfare_card_move();
"""
NO_MOVE = "DROP TRIGGER transfer_moves ON welfare_card_transfer; DROP FUNCTION welfare_card_move();"

SHARED_ACCOUNT = """
CREATE FUNCTION welfare_card_shared_account(wanted_kind text, wanted_family text, wanted_venue bigint)
    RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found_id bigint;
BEGIN
    LOOP
        -- Two questions, because an index answers "equal" and "is null", but not "is not distinct from".
        IF wanted_venue IS NULL THEN
            SELECT id INTO found_id FROM welfare_card_account
            WHERE person_id IS NULL AND season_id IS NULL AND family = wanted_family AND kind = wanted_kind
                AND venue_id IS NULL;
        ELSE
            SELECT id INTO found_id FROM welfare_card_account
            WHERE person_id IS NULL AND season_id IS NULL AND family = wanted_family AND kind = wanted_kind
                AND venue_id = wanted_venue;
        END IF;
        IF found_id IS NOT NULL THEN
            RETURN found_id;
        END IF;
        INSERT INTO welfare_card_account (kind, family, venue_id, balance)
        VALUES (wanted_kind, wanted_family, wanted_venue, 0) ON CONFLICT DO NOTHING;
    END LOOP;
END $$;
"""
NO_SHARED_ACCOUNT = "DROP FUNCTION welfare_card_shared_account(text, text, bigint);"

# Where what leases and booked visits hold of an allowance lies; it was made when they were.
HELD = """
CREATE FUNCTION welfare_card_held(of_allowance bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT held.id FROM welfare_card_account AS own
    JOIN welfare_card_account AS held ON held.person_id = own.person_id AND held.family = own.family
        AND held.season_id = own.season_id AND held.kind = 'held' AND held.venue_id IS NULL
    WHERE own.id = of_allowance
$$;
"""
NO_HELD = "DROP FUNCTION welfare_card_held(bigint);"

STEPS = (
    (ACCOUNTS, NO_ACCOUNTS),
    (KEEP, NO_KEEP),
    (MOVE, NO_MOVE),
    (SHARED_ACCOUNT, NO_SHARED_ACCOUNT),
    (HELD, NO_HELD),
)
