"""The door's judgement again, with what a desk must know: women's hours, guardians, and the list that it went by."""

from welfare_card.migrations._ledger_sql import JUDGE as OLD_JUDGE
from welfare_card.migrations._ledger_sql import NO_JUDGE as NO_OLD_JUDGE
from welfare_card.migrations._ledger_sql import NO_TAKE as NO_OLD_TAKE
from welfare_card.migrations._ledger_sql import TAKE as OLD_TAKE

# A card that was blocked before this was kept counts as blocked since it was asked for: before any list.
BLOCKED = """
UPDATE welfare_card_card SET blocked_at = requested_at
WHERE status IN ('suspended', 'replaced', 'revoked') AND blocked_at IS NULL;
"""

# The order of the questions is the order in which the door answers. All that can differ between two visits of one
# allowance is asked under the lock of its row, so counting there is exact.
JUDGE = """
CREATE FUNCTION welfare_card_judge(
    card welfare_card_card, for_venue bigint, for_family text, visit_at timestamptz, visit_on date,
    for_tier text, for_device bigint, with_guardian boolean, held_list bigint, OUT outcome text, OUT allowance bigint, OUT payer bigint, OUT left_after integer
) LANGUAGE plpgsql AS $$
DECLARE
    facts record;
    own welfare_card_account;
    week_from date := visit_on - ((extract(isodow FROM visit_on)::integer + 1) % 7);
    this_day bigint;
    this_week bigint;
    -- A desk judged it without the network; a session or a device that says "online" asks now.
    offline boolean := for_device IS NOT NULL AND for_tier <> 'online';
    list_at timestamptz;
BEGIN
    -- A slot of an emergency day goes to the device's records in their order, whatever becomes of them.
    IF for_tier = 'T3' THEN
        UPDATE welfare_card_emergency SET used = used + 1
        WHERE venue_id = for_venue AND device_id = for_device AND "on" = visit_on AND used < visits;
        IF NOT FOUND THEN outcome := 'no_emergency'; RETURN; END IF;
    END IF;
    IF offline THEN
        SELECT issued_at INTO list_at FROM welfare_card_statuslist WHERE seq = held_list;
        IF list_at IS NULL OR list_at < visit_at - interval '7 days' THEN outcome := 'list_too_old'; RETURN; END IF;
    END IF;
    IF card.id IS NULL THEN outcome := 'unknown_card'; RETURN; END IF;
    IF visit_on < card.valid_from_on OR visit_on >= card.valid_until_on OR (card.status = 'expired' AND NOT offline) THEN
        outcome := 'expired'; RETURN;
    END IF;
    -- Offline the list speaks: what was blocked or has expired after it, the desk could not know.
    IF card.status IN ('requested', 'produced', 'printed', 'delivered') OR (card.status <> 'active' AND NOT offline)
        OR card.blocked_at <= list_at THEN outcome := 'blocked'; RETURN; END IF;
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
    IF (card.flags & 1) = 0 AND EXISTS (
        SELECT FROM welfare_card_womenshours AS hours WHERE hours.venue_id = for_venue
            AND hours.weekday = (extract(isodow FROM visit_on)::integer + 1) % 7
            AND hours.family IN ('', for_family) AND hours.from_on <= visit_on
            AND (hours.until_on IS NULL OR visit_on < hours.until_on)
            AND (visit_at AT TIME ZONE 'Asia/Tehran')::time >= hours.opens_at
            AND (visit_at AT TIME ZONE 'Asia/Tehran')::time < hours.closes_at
    ) THEN outcome := 'womens_session'; RETURN; END IF;
    IF (card.flags & 4) <> 0 AND NOT with_guardian THEN outcome := 'guardian_needed'; RETURN; END IF;
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
    welfare_card_card, bigint, text, timestamptz, date, text, bigint, boolean, bigint);"""

TAKE = """
CREATE FUNCTION welfare_card_take_visit(
    visit_id uuid, visit_hash bytea, card_number text, card_index bigint, card_generation integer,
    for_venue bigint, for_family text, visit_at timestamptz, visit_on date, for_tier text,
    for_device bigint, by_person bigint, now_at timestamptz, refused_before text,
    with_guardian boolean, held_list bigint
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
            card, for_venue, for_family, visit_at, visit_on, for_tier, for_device, with_guardian, held_list);
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
    uuid, bytea, text, bigint, integer, bigint, text, timestamptz, date, text, bigint, bigint, timestamptz, text,
    boolean, bigint);"""

STEPS = (
    (NO_OLD_TAKE, OLD_TAKE),
    (NO_OLD_JUDGE, OLD_JUDGE),
    (JUDGE, NO_JUDGE),
    (TAKE, NO_TAKE),
)
