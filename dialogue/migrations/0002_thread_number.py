from django.db import migrations


class Migration(migrations.Migration):
    """Numbers of threads come from a sequence: none is given twice, and nobody waits for another's commit."""

    dependencies = [("dialogue", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE dialogue_thread_number", "DROP SEQUENCE dialogue_thread_number"),
    ]
