"""The door's judgement again, with what a desk must know: women's hours, guardians, and the list that it went by."""

from welfare_card.migrations._ledger_sql import JUDGE as OLD_JUDGE
from welfare_card.migrations._ledger_sql import MOVE as OLD_MOVE
from welfare_card.migrations._ledger_sql import NO_JUDGE as NO_OLD_JUDGE
from welfare_card.migrations._ledger_sql import NO_MOVE as NO_OLD_MOVE
from welfare_card.migrations._ledger_sql import NO_TAKE as NO_OLD_TAKE
from welfare_card.migrations._ledger_sql import TAKE as OLD_TAKE

# A card that was blocked before this was kept counts as blocked since it was asked for: before any list.
BLOCKED = """
UPDATE welfare_card_card SET blocked_at = requested_at
WHERE status IN ('suspended', 'replaced', 'revoked') AND blocked_at IS NULL;
"""

# Both sides in one statement: the overdraft is refused by the CHECK of the account.
MOVE = """
CREATE FUNCTION welfare_card_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE welfare_card_account SET balance = balance + CASE id WHEN NEW.credit_id THEN NEW.amount ELSE -NEW.amount END
    WHERE id IN (NEW.debit_id, NEW.credit_id) AND kind IN ('allowance', 'held');
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_moves AFTER INSERT ON welfare_card_transfer
    FOR EACH ROW EXECUTE FUNCTION welfare_card_move();
"""

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

# The order of the questions is the order in which the door answers. What differs between two visits of one allowance
# is asked after its row is locked, so counting there is exact; all that stays is read with the row, in one statement.
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
        venue.active AND for_family = ANY (venue.families) AND for_family = ANY (plan.families) AS is_for_family,
        CASE WHEN (card.flags & 17) <> 1 THEN EXISTS (
            SELECT FROM welfare_card_womenshours AS hours WHERE hours.venue_id = for_venue
                AND hours.weekday = (extract(isodow FROM visit_on)::integer + 1) % 7
                AND hours.family IN ('', for_family) AND hours.from_on <= visit_on
                AND (hours.until_on IS NULL OR visit_on < hours.until_on)
                AND (visit_at AT TIME ZONE 'Asia/Tehran')::time >= hours.opens_at
                AND (visit_at AT TIME ZONE 'Asia/Tehran')::time < hours.closes_at
        ) END AS is_womens,
        for_tier = 'T1' OR for_tier = 'online' AND EXISTS (
            SELECT FROM welfare_card_rosterentry AS entry WHERE entry.allowance_id = account.id
                AND entry.venue_id = for_venue AND entry."on" = visit_on AND entry.state = 'held'
        ) AS is_booked
    INTO own
    FROM welfare_card_account AS account
    JOIN welfare_card_season AS season ON season.id = account.season_id AND season.plan_id = card.plan_id
        AND season.from_on <= visit_on AND visit_on < season.until_on
    JOIN welfare_card_plan AS plan ON plan.id = card.plan_id
    JOIN organizations_venue AS venue ON venue.id = for_venue
    LEFT JOIN welfare_card_allowancerule AS rule ON rule.id = account.rule_id
    LEFT JOIN welfare_card_account AS tills ON tills.person_id IS NULL AND tills.family = for_family
        AND tills.season_id IS NULL AND tills.kind = 'venue' AND tills.venue_id = for_venue
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
    IF own.is_womens AND (card.flags & 1) = 0 OR NOT own.is_womens AND (card.flags & 16) <> 0 THEN
        outcome := 'womens_session'; RETURN;
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
    -- Whoever asks now for what is booked here gets what is booked; caps have counted it when it was.
    IF own.is_booked THEN
        UPDATE welfare_card_rosterentry SET state = 'posted'
        WHERE allowance_id = own.id AND venue_id = for_venue AND "on" = visit_on AND state = 'held';
        IF FOUND THEN
            taken_as := 'T1'; payer := welfare_card_held(own.id); outcome := 'ok'; RETURN;
        ELSIF for_tier = 'T1' THEN
            outcome := 'not_booked'; RETURN;
        END IF;
    END IF;
    IF own.cap_day IS NOT NULL OR own.cap_week IS NOT NULL OR own.cap_season IS NOT NULL THEN
        SELECT count(*) FILTER (WHERE days."on" = visit_on) AS of_day,
            count(*) FILTER (WHERE days."on" BETWEEN week.from_on AND week.from_on + 6) AS of_week,
            count(*) AS of_season
        INTO uses FROM (
            SELECT "on" FROM welfare_card_visit WHERE allowance_id = own.id AND reversed_at IS NULL AND tier <> 'T3'
                AND welfare_card_visit.outcome = 'ok'
            UNION ALL
            SELECT "on" FROM welfare_card_rosterentry WHERE allowance_id = own.id AND state = 'held'
        ) AS days, (SELECT visit_on - (extract(isodow FROM visit_on)::integer + 1) % 7 AS from_on) AS week;
        IF uses.of_day >= own.cap_day THEN outcome := 'already_used'; RETURN; END IF;
        IF uses.of_week >= own.cap_week OR uses.of_season >= own.cap_season THEN
            outcome := 'no_visits_left'; RETURN;
        END IF;
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
BEGIN
    SELECT visit.outcome, visit.body_hash, account.balance, visit.allowance_id
    INTO said, kept_hash, visits_left, of_allowance
    FROM welfare_card_visit AS visit LEFT JOIN welfare_card_account AS account ON account.id = visit.allowance_id
    WHERE visit.id = visit_id;
    IF FOUND THEN RETURN; END IF;
    IF card_number IS NOT NULL THEN
        SELECT * INTO card FROM welfare_card_card WHERE number = card_number;
    ELSE
        SELECT * INTO card FROM welfare_card_card WHERE index = card_index AND generation = card_generation;
    END IF;
    IF refused_before IS NULL THEN
        judged := welfare_card_judge(
            card, for_venue, for_family, visit_at, visit_on, for_tier, for_device, with_guardian, held_list);
        said := judged.outcome; visits_left := judged.left_after; of_allowance := judged.allowance;
        taken_as := judged.taken_as;
    ELSE
        said := refused_before;
    END IF;
    kept_hash := visit_hash;
    INSERT INTO welfare_card_visit (
        id, body_hash, card_id, person_id, allowance_id, venue_id, family, at, "on", tier, device_id, outcome,
        posted_at, taken_by_id
    ) VALUES (
        visit_id, visit_hash, card.id, card.person_id, of_allowance, for_venue, for_family, visit_at, visit_on,
        taken_as, for_device, said, now_at, by_person
    );
    IF said = 'ok' THEN
        INSERT INTO welfare_card_transfer (id, body_hash, debit_id, credit_id, unit, amount, kind, at, posted_by_id)
        VALUES (
            visit_id, visit_hash, judged.payer,
            coalesce(judged.till, welfare_card_shared_account('venue', for_family, for_venue)),
            for_family, 1, CASE for_tier WHEN 'T3' THEN 'emergency' ELSE 'visit' END, now_at, by_person
        );
    END IF;
END $$;
"""
NO_TAKE = """DROP FUNCTION welfare_card_take_visit(
    uuid, bytea, text, bigint, integer, bigint, text, timestamptz, date, text, bigint, bigint, timestamptz, text,
    boolean, bigint);"""

STEPS = (
    (NO_OLD_TAKE, OLD_TAKE),
    (NO_OLD_JUDGE, OLD_JUDGE),
    (NO_OLD_MOVE, OLD_MOVE),
    (MOVE, NO_OLD_MOVE),
    (HELD, NO_HELD),
    (JUDGE, NO_JUDGE),
    (TAKE, NO_TAKE),
)
