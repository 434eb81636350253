"""The door: one function judges a visit, one takes it; each in as few statements as it needs."""

# The order of the questions is the order in which the door answers. What differs between two visits of one allowance
# is asked after its row is locked, so counting there is exact; what stays is read with the row, in one statement, and
# what few cards need is asked for those alone.
JUDGE = """
CREATE FUNCTION welfare_card_judge(
    card welfare_card_card, for_venue bigint, for_family text, visit_at timestamptz, visit_on date,
    for_tier text, for_device bigint, with_guardian boolean, held_list bigint,
    OUT outcome text, OUT taken_as text, OUT allowance bigint, OUT payer bigint, OUT till bigint, OUT left_after integer
) LANGUAGE plpgsql AS $$
DECLARE
    own record;
    uses record;
    list_at timestamptz;
    is_womens boolean;
    week_on date := visit_on - (extract(isodow FROM visit_on)::integer + 1) % 7;
BEGIN
    taken_as := for_tier;
    -- A slot of an emergency day goes to the device's records in their order, whatever becomes of them.
    IF for_tier = 'T3' THEN
        UPDATE welfare_card_emergency SET used = used + 1
        WHERE venue_id = for_venue AND device_id = for_device AND "on" = visit_on AND used < visits;
        IF NOT FOUND THEN outcome := 'no_emergency'; RETURN; END IF;
    END IF;
    -- A desk that judged without the network is held to the list that it had; whoever asks now, to what is now.
    IF for_device IS NOT NULL AND for_tier <> 'online' THEN
        SELECT issued_at INTO list_at FROM welfare_card_statuslist WHERE seq = held_list;
        IF list_at IS NULL OR list_at < visit_at - interval '7 days' THEN outcome := 'list_too_old'; RETURN; END IF;
    END IF;
    IF card.id IS NULL THEN outcome := 'unknown_card'; RETURN; END IF;
    IF visit_on < card.valid_from_on OR visit_on >= card.valid_until_on OR (card.status = 'expired' AND list_at IS NULL)
    THEN outcome := 'expired'; RETURN; END IF;
    -- What was blocked or has expired after the list, the desk could not know.
    IF card.status <> 'active' AND (
        list_at IS NULL OR card.blocked_at <= list_at OR card.status = ANY ('{requested,produced,printed,delivered}')
    ) THEN outcome := 'blocked'; RETURN; END IF;
    SELECT account.id, account.balance, tills.id AS till,
        rule.cap_day, rule.cap_week, rule.cap_season,
        venue.active AND for_family = ANY (venue.families) AND for_family = ANY (plan.families) AS is_for_family
    INTO own
    FROM welfare_card_account AS account
    JOIN welfare_card_season AS season ON season.id = account.season_id AND season.plan_id = card.plan_id
        AND season.from_on <= visit_on AND visit_on < season.until_on
    JOIN welfare_card_plan AS plan ON plan.id = card.plan_id
    JOIN organizations_venue AS venue ON venue.id = for_venue
    LEFT JOIN welfare_card_allowancerule AS rule ON rule.id = account.rule_id
    LEFT JOIN welfare_card_account AS tills ON tills.kind = 'venue' AND tills.venue_id = for_venue
        AND tills.family = for_family
    WHERE account.person_id = card.person_id AND account.family = for_family AND account.kind = 'allowance'
        AND account.venue_id IS NULL
    FOR NO KEY UPDATE OF account;
    IF NOT FOUND THEN
        outcome := CASE WHEN EXISTS (
            SELECT FROM welfare_card_plan AS plan, organizations_venue AS venue
            WHERE plan.id = card.plan_id AND venue.id = for_venue AND venue.active
                AND for_family = ANY (plan.families) AND for_family = ANY (venue.families)
        ) THEN 'no_visits_left' ELSE 'other_family' END;
        RETURN;
    END IF;
    IF NOT own.is_for_family THEN outcome := 'other_family'; RETURN; END IF;
    -- Asked only of who is no woman, and of whose card is for women's hours alone.
    IF (card.flags & 17) <> 1 THEN
        is_womens := EXISTS (
            SELECT FROM welfare_card_womenshours AS hours
            WHERE hours.venue_id = for_venue AND hours.weekday = visit_on - week_on AND hours.family IN ('', for_family)
                AND hours.from_on <= visit_on AND (hours.until_on IS NULL OR visit_on < hours.until_on)
                AND (visit_at AT TIME ZONE 'Asia/Tehran')::time >= hours.opens_at
                AND (visit_at AT TIME ZONE 'Asia/Tehran')::time < hours.closes_at
        );
        IF is_womens AND (card.flags & 1) = 0 OR NOT is_womens AND (card.flags & 16) <> 0 THEN
            outcome := 'womens_session'; RETURN;
        END IF;
    END IF;
    IF (card.flags & 4) <> 0 AND NOT with_guardian THEN outcome := 'guardian_needed'; RETURN; END IF;
    allowance := own.id; payer := own.id; left_after := own.balance; till := own.till;
    IF for_tier = 'T3' THEN
        IF EXISTS (
            SELECT FROM welfare_card_visit WHERE person_id = card.person_id AND "on" = visit_on
                AND welfare_card_visit.outcome = 'ok' AND tier = 'T3' AND reversed_at IS NULL
        ) THEN outcome := 'already_used'; RETURN; END IF;
        payer := welfare_card_shared_account('loss', for_family, NULL);
        outcome := 'ok'; RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE days."on" = visit_on) AS of_day,
        count(*) FILTER (WHERE days."on" BETWEEN week_on AND week_on + 6) AS of_week,
        count(*) AS of_season, bool_or(days.held_here) AS held_here
    INTO uses FROM (
        SELECT "on", false AS held_here FROM welfare_card_visit
        WHERE allowance_id = own.id AND reversed_at IS NULL AND tier <> 'T3' AND welfare_card_visit.outcome = 'ok'
        UNION ALL
        SELECT "on", "on" = visit_on AND venue_id = for_venue FROM welfare_card_rosterentry
        WHERE allowance_id = own.id AND state = 'held'
    ) AS days;
    -- Whoever asks now for what is booked here gets what is booked; caps have counted it when it was.
    IF for_tier = 'T1' OR for_tier = 'online' AND uses.held_here THEN
        UPDATE welfare_card_rosterentry SET state = 'posted'
        WHERE allowance_id = own.id AND venue_id = for_venue AND "on" = visit_on AND state = 'held';
        IF FOUND THEN
            taken_as := 'T1'; payer := welfare_card_held(own.id); outcome := 'ok'; RETURN;
        ELSIF for_tier = 'T1' THEN
            outcome := 'not_booked'; RETURN;
        END IF;
    END IF;
    IF uses.of_day >= own.cap_day THEN outcome := 'already_used'; RETURN; END IF;
    IF uses.of_week >= own.cap_week OR uses.of_season >= own.cap_season THEN
        outcome := 'no_visits_left'; RETURN;
    END IF;
    IF for_tier = 'online' THEN
        IF own.balance < 1 THEN outcome := 'no_visits_left'; RETURN; END IF;
        left_after := own.balance - 1;
    ELSE
        UPDATE welfare_card_lease SET used = used + 1
        WHERE allowance_id = own.id AND device_id = for_device AND closed_at IS NULL
            AND opened_at <= visit_at AND visit_at < until_at AND used < visits;
        IF NOT FOUND THEN outcome := 'no_lease'; RETURN; END IF;
        payer := welfare_card_held(own.id);
    END IF;
    outcome := 'ok';
END $$;
"""
NO_JUDGE = """DROP FUNCTION welfare_card_judge(
    welfare_card_card, bigint, text, timestamptz, date, text, bigint, boolean, bigint);"""

TAKE = """
CREATE FUNCTION welfare_card_take_visit(
    visit_id uuid, visit_hash bytea, card_number text, card_index bigint, card_generation integer,
    for_venue bigint, for_family text, visit_at timestamptz, visit_on date, for_tier text,
    for_device bigint, by_person bigint, now_at timestamptz, refused_before text,
    with_guardian boolean, held_list bigint,
    OUT said text, OUT kept_hash bytea, OUT visits_left integer, OUT of_allowance bigint
) LANGUAGE plpgsql AS $$
DECLARE
    card welfare_card_card;
    judged record;
    taken_as text := for_tier;
    payer bigint;
    till bigint;
BEGIN
    SELECT visit.outcome, visit.body_hash, visit.allowance_id INTO said, kept_hash, of_allowance
    FROM welfare_card_visit AS visit WHERE visit.id = visit_id;
    IF FOUND THEN
        SELECT account.balance INTO visits_left FROM welfare_card_account AS account WHERE account.id = of_allowance;
        RETURN;
    END IF;
    IF card_number IS NOT NULL THEN
        SELECT * INTO card FROM welfare_card_card WHERE number = card_number;
    ELSE
        SELECT * INTO card FROM welfare_card_card WHERE index = card_index AND generation = card_generation;
    END IF;
    IF refused_before IS NULL THEN
        judged := welfare_card_judge(
            card, for_venue, for_family, visit_at, visit_on, for_tier, for_device, with_guardian, held_list);
        said := judged.outcome; visits_left := judged.left_after; of_allowance := judged.allowance;
        taken_as := judged.taken_as; payer := judged.payer;
        IF said = 'ok' THEN
            till := coalesce(judged.till, welfare_card_shared_account('venue', for_family, for_venue));
        END IF;
    ELSE
        said := refused_before;
    END IF;
    kept_hash := visit_hash;
    -- What was said and what it moved are written by one statement.
    WITH visit AS (
        INSERT INTO welfare_card_visit (
            id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier, device_id, outcome,
            posted_at, taken_by_id
        ) VALUES (
            visit_id, visit_hash, card.id, card.person_id, of_allowance, for_venue, for_family, visit_at, visit_on,
            taken_as, for_device, said, now_at, by_person
        )
    )
    INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at, posted_by_id)
    SELECT visit_id, visit_hash, payer, till, for_family, 1,
        CASE for_tier WHEN 'T3' THEN 'emergency' ELSE 'visit' END, now_at, by_person
    WHERE said = 'ok';
END $$;
"""
NO_TAKE = """DROP FUNCTION welfare_card_take_visit(
    uuid, bytea, text, bigint, integer, bigint, text, timestamptz, date, text, bigint, bigint, timestamptz, text,
    boolean, bigint);"""

STEPS = ((JUDGE, NO_JUDGE), (TAKE, NO_TAKE))
