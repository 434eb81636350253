"""What the database itself keeps of the ledger: one unit, nothing changed, balances moved by transfers, the door."""

UNITS = """
ALTER TABLE welfare_card_transfer
    ADD CONSTRAINT transfer_debit_has_its_unit FOREIGN KEY (debit_id, unit)
        REFERENCES welfare_card_account (id, family),
    ADD CONSTRAINT transfer_credit_has_its_unit FOREIGN KEY (credit_id, unit)
        REFERENCES welfare_card_account (id, family);
-- Room on each page, so that a moved balance stays where it was.
ALTER TABLE welfare_card_account SET (fillfactor = 80);
"""
NO_UNITS = """
ALTER TABLE welfare_card_transfer DROP CONSTRAINT transfer_debit_has_its_unit,
    DROP CONSTRAINT transfer_credit_has_its_unit;
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

# Every transfer moves its two sides itself; the CHECK of the account refuses an overdraft.
MOVE = """
CREATE FUNCTION welfare_card_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE welfare_card_account SET balance = balance - NEW.amount
    WHERE id = NEW.debit_id AND kind IN ('allowance', 'held');
    UPDATE welfare_card_account SET balance = balance + NEW.amount
    WHERE id = NEW.credit_id AND kind IN ('allowance', 'held');
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

# The order of the questions is the order in which the door answers. All that can differ between two visits of one
# allowance is asked under the lock of its row, so counting there is exact.
JUDGE = """
CREATE FUNCTION welfare_card_judge(
    card welfare_card_card, for_venue bigint, for_family text, visit_at timestamptz, visit_on date,
    for_tier text, for_device bigint, OUT outcome text, OUT allowance bigint, OUT payer bigint, OUT left_after integer
) LANGUAGE plpgsql AS $$
DECLARE
    facts record;
    own welfare_card_account;
    week_from date := visit_on - ((extract(isodow FROM visit_on)::integer + 1) % 7);
    this_day bigint;
    this_week bigint;
BEGIN
    -- A slot of an emergency day goes to the device's records in their order, whatever becomes of them.
    IF for_tier = 'T3' THEN
        UPDATE welfare_card_emergency SET used = used + 1
        WHERE venue_id = for_venue AND device_id = for_device AND "on" = visit_on AND used < visits;
        IF NOT FOUND THEN outcome := 'no_emergency'; RETURN; END IF;
    END IF;
    IF card.id IS NULL THEN outcome := 'unknown_card'; RETURN; END IF;
    IF card.status = 'expired' OR visit_on < card.valid_from_on OR visit_on >= card.valid_until_on THEN
        outcome := 'expired'; RETURN;
    END IF;
    IF card.status <> 'active' THEN outcome := 'blocked'; RETURN; END IF;
    SELECT plan.families @> ARRAY[for_family::varchar] AS of_plan,
        venue.active AND venue.families @> ARRAY[for_family::varchar] AS of_venue,
        account.id AS account_id, rule.cap_day, rule.cap_week, rule.cap_season
    INTO facts
    FROM welfare_card_plan AS plan
    LEFT JOIN organizations_venue AS venue ON venue.id = for_venue
    LEFT JOIN welfare_card_season AS season ON season.plan_id = plan.id
        AND season.from_on <= visit_on AND visit_on < season.until_on
    LEFT JOIN welfare_card_account AS account ON account.person_id = card.person_id AND account.family = for_family
        AND account.season_id = season.id AND account.kind = 'allowance' AND account.venue_id IS NULL
    LEFT JOIN welfare_card_allowancerule AS rule ON rule.id = account.rule_id
    WHERE plan.id = card.plan_id;
    IF facts.of_plan IS NOT TRUE OR facts.of_venue IS NOT TRUE THEN outcome := 'other_family'; RETURN; END IF;
    IF facts.account_id IS NULL THEN outcome := 'no_visits_left'; RETURN; END IF;
    SELECT * INTO own FROM welfare_card_account WHERE id = facts.account_id FOR NO KEY UPDATE;
    allowance := own.id; payer := own.id; left_after := own.balance;
    IF for_tier = 'T3' THEN
        IF EXISTS (
            SELECT FROM welfare_card_visit WHERE person_id = card.person_id AND "on" = visit_on
                AND welfare_card_visit.outcome = 'ok' AND tier = 'T3' AND reversed_at IS NULL
        ) THEN outcome := 'already_used'; RETURN; END IF;
        payer := welfare_card_shared_account('loss', for_family, NULL);
        outcome := 'ok'; RETURN;
    END IF;
    IF for_tier <> 'T1' AND (facts.cap_day IS NOT NULL OR facts.cap_week IS NOT NULL) THEN
        SELECT count(*) FILTER (WHERE uses."on" = visit_on), count(*) INTO this_day, this_week FROM (
            SELECT "on" FROM welfare_card_visit WHERE allowance_id = own.id AND reversed_at IS NULL AND tier <> 'T3'
                AND welfare_card_visit.outcome = 'ok' AND "on" >= week_from AND "on" < week_from + 7
            UNION ALL
            SELECT "on" FROM welfare_card_rosterentry WHERE allowance_id = own.id AND state = 'held'
                AND "on" >= week_from AND "on" < week_from + 7
        ) AS uses;
        IF this_day >= facts.cap_day THEN outcome := 'already_used'; RETURN; END IF;
        IF this_week >= facts.cap_week THEN outcome := 'no_visits_left'; RETURN; END IF;
    END IF;
    IF for_tier <> 'T1' AND facts.cap_season IS NOT NULL AND (
        SELECT count(*) FROM welfare_card_visit WHERE allowance_id = own.id AND reversed_at IS NULL AND tier <> 'T3'
            AND welfare_card_visit.outcome = 'ok'
    ) + (
        SELECT count(*) FROM welfare_card_rosterentry WHERE allowance_id = own.id AND state = 'held'
    ) >= facts.cap_season THEN outcome := 'no_visits_left'; RETURN; END IF;
    IF for_tier = 'online' THEN
        IF own.balance < 1 THEN outcome := 'no_visits_left'; RETURN; END IF;
        left_after := own.balance - 1;
    ELSE
        IF for_tier = 'T1' THEN
            UPDATE welfare_card_rosterentry SET state = 'posted'
            WHERE allowance_id = own.id AND venue_id = for_venue AND "on" = visit_on AND state = 'held';
            IF NOT FOUND THEN outcome := 'not_booked'; RETURN; END IF;
        ELSE
            UPDATE welfare_card_lease SET used = used + 1
            WHERE allowance_id = own.id AND device_id = for_device AND closed_at IS NULL
                AND opened_at <= visit_at AND visit_at < until_at AND used < visits;
            IF NOT FOUND THEN outcome := 'no_lease'; RETURN; END IF;
        END IF;
        SELECT id INTO payer FROM welfare_card_account
        WHERE person_id = own.person_id AND family = for_family AND season_id = own.season_id
            AND kind = 'held' AND venue_id IS NULL;
    END IF;
    outcome := 'ok';
END $$;
"""
NO_JUDGE = """DROP FUNCTION welfare_card_judge(
    welfare_card_card, bigint, text, timestamptz, date, text, bigint);"""

TAKE = """
CREATE FUNCTION welfare_card_take_visit(
    visit_id uuid, visit_hash bytea, card_number text, card_index bigint, card_generation integer,
    for_venue bigint, for_family text, visit_at timestamptz, visit_on date, for_tier text,
    for_device bigint, by_person bigint, now_at timestamptz, refused_before text
) RETURNS TABLE (said text, kept_hash bytea, visits_left integer, of_allowance bigint) LANGUAGE plpgsql AS $$
DECLARE
    card welfare_card_card;
    judged record;
    known welfare_card_visit;
BEGIN
    SELECT * INTO known FROM welfare_card_visit WHERE id = visit_id;
    IF FOUND THEN
        RETURN QUERY SELECT known.outcome::text, known.body_hash,
            (SELECT balance FROM welfare_card_account WHERE id = known.allowance_id), known.allowance_id;
        RETURN;
    END IF;
    IF card_number IS NOT NULL THEN
        SELECT * INTO card FROM welfare_card_card WHERE number = card_number;
    ELSE
        SELECT * INTO card FROM welfare_card_card WHERE index = card_index AND generation = card_generation;
    END IF;
    IF refused_before IS NOT NULL THEN
        SELECT refused_before AS outcome, NULL::bigint AS allowance, NULL::bigint AS payer, NULL::integer AS left_after
        INTO judged;
    ELSE
        SELECT * INTO judged FROM welfare_card_judge(
            card, for_venue, for_family, visit_at, visit_on, for_tier, for_device);
    END IF;
    INSERT INTO welfare_card_visit (
        id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier, device_id, outcome,
        posted_at, taken_by_id
    ) VALUES (
        visit_id, visit_hash, card.id, card.person_id, judged.allowance, for_venue, for_family, visit_at, visit_on,
        for_tier, for_device, judged.outcome, now_at, by_person
    );
    IF judged.outcome = 'ok' THEN
        INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at, posted_by_id)
        VALUES (
            visit_id, visit_hash, judged.payer, welfare_card_shared_account('venue', for_family, for_venue),
            for_family, 1, CASE for_tier WHEN 'T3' THEN 'emergency' ELSE 'visit' END, now_at, by_person
        );
    END IF;
    RETURN QUERY SELECT judged.outcome, visit_hash, judged.left_after, judged.allowance;
END $$;
"""
NO_TAKE = """DROP FUNCTION welfare_card_take_visit(
    uuid, bytea, text, bigint, integer, bigint, text, timestamptz, date, text, bigint, bigint, timestamptz, text);"""

STEPS = (
    (UNITS, NO_UNITS),
    (KEEP, NO_KEEP),
    (MOVE, NO_MOVE),
    (SHARED_ACCOUNT, NO_SHARED_ACCOUNT),
    (JUDGE, NO_JUDGE),
    (TAKE, NO_TAKE),
)
