"""What the database itself keeps of cards and batches: their order of states, what was signed, what was counted."""

# Indexes of cards are taken in order; what nobody can tell from them is the number (card_number.py).
SEQUENCE = "CREATE SEQUENCE welfare_card_index MINVALUE 0 START 0 MAXVALUE 999999999;"
REFUSE = """
CREATE FUNCTION welfare_card_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
CARD_PAIRS = """
    requested>produced requested>revoked
    produced>printed produced>replaced produced>revoked produced>expired
    printed>delivered printed>replaced printed>revoked printed>expired
    delivered>active delivered>replaced delivered>revoked delivered>expired
    active>suspended active>replaced active>revoked active>expired
    suspended>active suspended>replaced suspended>revoked suspended>expired
"""
BATCH_PAIRS = "draft>checked checked>approved approved>signing signing>produced produced>printed printed>delivered delivered>closed"


def only_pairs(table: str, pairs: str) -> str:
    allowed = ",".join(pairs.split())
    return (
        f"CREATE TRIGGER {table}_pairs BEFORE UPDATE ON welfare_card_{table} FOR EACH ROW"
        " WHEN (OLD.status <> NEW.status AND (OLD.status || '>' || NEW.status) <> ALL ('{" + allowed + "}'::text[]))"
        f" EXECUTE FUNCTION welfare_card_refuse('{table} does not go from this state to that one');"
    )


# A card that will never come back may lose what names its holder, code and all; every other card stays as it was signed.
STAYS = """
CREATE TRIGGER card_is_signed BEFORE UPDATE ON welfare_card_card FOR EACH ROW
    WHEN (OLD.status = 'requested' AND NEW.status = 'produced' AND (NEW.code IS NULL OR NEW.key_id IS NULL))
    EXECUTE FUNCTION welfare_card_refuse('a card is produced by being signed');
CREATE TRIGGER card_stays BEFORE UPDATE ON welfare_card_card FOR EACH ROW
    WHEN (OLD.index <> NEW.index OR OLD.number <> NEW.number OR OLD.generation <> NEW.generation
        OR OLD.batch_id IS DISTINCT FROM NEW.batch_id OR OLD.code IS NOT NULL AND OLD.code IS DISTINCT FROM NEW.code
        AND NOT (NEW.code IS NULL AND NEW.short_name = '' AND OLD.status IN ('replaced', 'revoked', 'expired')))
    EXECUTE FUNCTION welfare_card_refuse('what a card is and what was signed stays');
CREATE TRIGGER batch_stays BEFORE UPDATE ON welfare_card_batch FOR EACH ROW
    WHEN (OLD.status <> 'draft' AND (OLD.card_count <> NEW.card_count OR OLD.plan_id <> NEW.plan_id
        OR OLD.valid_from_on <> NEW.valid_from_on OR OLD.valid_until_on <> NEW.valid_until_on))
    EXECUTE FUNCTION welfare_card_refuse('a checked batch stays');
"""
COUNTS = """
CREATE FUNCTION welfare_card_count_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found bigint;
BEGIN
    SELECT count(*) INTO found FROM welfare_card_card
        WHERE batch_id = NEW.id AND (NEW.status = 'checked' OR code IS NOT NULL);
    IF found = 0 OR found <> NEW.card_count THEN
        RAISE EXCEPTION 'batch % names % cards and has %', NEW.id, NEW.card_count, found
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_counts_agree BEFORE UPDATE ON welfare_card_batch FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND NEW.status IN ('checked', 'produced'))
    EXECUTE FUNCTION welfare_card_count_batch();
CREATE FUNCTION welfare_card_keep_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT batch_id FROM added) a JOIN welfare_card_batch b ON b.id = a.batch_id
               WHERE b.status <> 'draft') THEN
        RAISE EXCEPTION 'a batch takes cards only as a draft' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER card_joins_a_draft AFTER INSERT ON welfare_card_card REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_card_keep_batch();
"""
TAKE_BACK = """
DROP TRIGGER card_joins_a_draft ON welfare_card_card;
DROP TRIGGER card_is_signed ON welfare_card_card;
DROP TRIGGER card_stays ON welfare_card_card;
DROP TRIGGER card_pairs ON welfare_card_card;
DROP TRIGGER batch_counts_agree ON welfare_card_batch;
DROP TRIGGER batch_stays ON welfare_card_batch;
DROP TRIGGER batch_pairs ON welfare_card_batch;
DROP FUNCTION welfare_card_refuse, welfare_card_count_batch, welfare_card_keep_batch;
DROP SEQUENCE welfare_card_index;
"""
RULES = SEQUENCE + REFUSE + only_pairs("card", CARD_PAIRS) + only_pairs("batch", BATCH_PAIRS) + STAYS + COUNTS

STEPS = ((RULES, TAKE_BACK),)
