from django.db import migrations, models

# A foreign key asks for each side of each visit again, and locks its row; accounts that stay, and stay what they are,
# need to be counted once.
STAY = """
ALTER TABLE welfare_card_transfer DROP CONSTRAINT transfer_debit_has_its_unit,
    DROP CONSTRAINT transfer_credit_has_its_unit;
CREATE TRIGGER account_stays BEFORE DELETE ON welfare_card_account
    FOR EACH ROW EXECUTE FUNCTION welfare_card_refuse('an account of the ledger stays');
CREATE TRIGGER account_keeps_its_unit BEFORE UPDATE OF id, family ON welfare_card_account
    FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.family <> NEW.family)
    EXECUTE FUNCTION welfare_card_refuse('an account of the ledger keeps its unit');
"""
GO = """
DROP TRIGGER account_stays ON welfare_card_account;
DROP TRIGGER account_keeps_its_unit ON welfare_card_account;
"""
KEYS = """
ALTER TABLE welfare_card_transfer
    ADD CONSTRAINT transfer_debit_has_its_unit FOREIGN KEY (debit_id, unit)
        REFERENCES welfare_card_account (id, family),
    ADD CONSTRAINT transfer_credit_has_its_unit FOREIGN KEY (credit_id, unit)
        REFERENCES welfare_card_account (id, family);
"""
# Both sides are there and are of the transfer's unit; then both balances move in one statement.
MOVE = """
CREATE OR REPLACE FUNCTION welfare_card_move() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
OLD_MOVE = """
CREATE OR REPLACE FUNCTION welfare_card_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE welfare_card_account SET balance = balance + CASE id WHEN NEW.credit_id THEN NEW.amount ELSE -NEW.amount END
    WHERE id IN (NEW.debit_id, NEW.credit_id) AND kind IN ('allowance', 'held');
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('welfare_card', '0007_desk'),
    ]

    operations = [
        migrations.RunSQL(STAY, GO + KEYS),
        migrations.RemoveConstraint(model_name='account', name='account_has_one_unit'),
        migrations.RunSQL(MOVE, OLD_MOVE),
        # That it is above zero is a constraint of its own.
        migrations.AlterField(
            model_name='transfer',
            name='amount',
            field=models.IntegerField(verbose_name='visits'),
        ),
    ]
