"""The chain is made by the database at commit, and nothing that stands in it can be changed or removed."""

from django.db import migrations

LINK = """
CREATE FUNCTION journal_add_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq bigint;
    last_hash text;
BEGIN
    -- One writer at a time, from here to the end of its commit; nothing else is locked after this.
    PERFORM pg_advisory_xact_lock(7416610);
    SELECT seq, hash INTO last_seq, last_hash FROM journal_link ORDER BY seq DESC LIMIT 1;
    last_seq := coalesce(last_seq, 0);
    last_hash := coalesce(last_hash, repeat('0', 64));
    INSERT INTO journal_link (seq, entry_id, prev, hash) VALUES (
        last_seq + 1, NEW.id, last_hash,
        encode(sha256(convert_to(last_hash || NEW.body, 'UTF8')), 'hex')
    );
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_entry_link AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_add_link();
"""
UNLINK = "DROP TRIGGER journal_entry_link ON journal_entry; DROP FUNCTION journal_add_link();"

TABLES = ("journal_entry", "journal_link", "journal_dailyhead")
REFUSE = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION journal_refuse();\n"
    f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();\n"
    for table in TABLES
)
ALLOW = (
    "".join(f"DROP TRIGGER {table}_keep ON {table}; DROP TRIGGER {table}_keep_all ON {table};" for table in TABLES)
    + "DROP FUNCTION journal_refuse();"
)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(LINK, UNLINK), migrations.RunSQL(REFUSE, ALLOW)]
