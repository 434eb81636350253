from django.db import migrations

# All that an account is, not its number and its unit alone; of columns that no visit writes.
STAYS = """
DROP TRIGGER IF EXISTS account_keeps_its_unit ON welfare_card_account;
DROP TRIGGER IF EXISTS account_stays_what_it_is ON welfare_card_account;
CREATE TRIGGER account_stays_what_it_is
    BEFORE UPDATE OF id, kind, family, person_id, season_id, venue_id ON welfare_card_account
    FOR EACH ROW WHEN (
        (OLD.id, OLD.kind, OLD.family, OLD.person_id, OLD.season_id, OLD.venue_id)
        IS DISTINCT FROM (NEW.id, NEW.kind, NEW.family, NEW.person_id, NEW.season_id, NEW.venue_id)
    )
    EXECUTE FUNCTION welfare_card_refuse('an account of the ledger stays what it is');
"""
KEEPS_ITS_UNIT = """
DROP TRIGGER account_stays_what_it_is ON welfare_card_account;
CREATE TRIGGER account_keeps_its_unit BEFORE UPDATE OF id, family ON welfare_card_account
    FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.family <> NEW.family)
    EXECUTE FUNCTION welfare_card_refuse('an account of the ledger keeps its unit');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('welfare_card', '0009_door'),
    ]

    operations = [
        migrations.RunSQL(STAYS, KEEPS_ITS_UNIT),
    ]
