from django.db import migrations, models

from welfare_card.migrations._door_sql import STEPS


class Migration(migrations.Migration):

    dependencies = [
        ('welfare_card', '0008_units'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='account', name='account_belongs_to_its_kind'),
        migrations.RemoveConstraint(model_name='account', name='no_overdraft_of_a_guarded_account'),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='no_overdraft'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'venue')), fields=('venue', 'family'), name='one_till_of_a_family'),
        ),
        *(migrations.RunSQL(make, drop) for make, drop in STEPS),
    ]
