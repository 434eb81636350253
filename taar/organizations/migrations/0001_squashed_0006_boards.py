import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import taar.organizations.models.holding
import taar.places.models.place
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('organizations', '0001_initial'),
        ('organizations', '0002_visit_codes'),
        ('organizations', '0003_card_duties'),
        ('organizations', '0004_venue'),
        ('organizations', '0005_accounts'),
        ('organizations', '0006_boards'),
    ]

    dependencies = [
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Not owned by the table: a number is never given twice, not even when a table is made anew.
        migrations.RunSQL(
            "CREATE SEQUENCE organizations_holding_number AS integer", "DROP SEQUENCE organizations_holding_number"
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('governor', "governor's office"), ('ministry_dg', 'directorate of a ministry'), ('public_body', 'public body'), ('municipal', 'municipality or council'), ('company', 'company'), ('university', 'university'), ('foundation', 'foundation'), ('police', 'police'), ('board', 'sports board'), ('ngo', 'non-governmental organization'), ('group', 'group of citizens'), ('private', 'private body')], max_length=20, verbose_name='kind')),
                ('name_fa', models.CharField(max_length=160, verbose_name='name in Persian')),
                ('name_ar', models.CharField(blank=True, max_length=160, verbose_name='name in Arabic')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.organization', verbose_name='belongs to')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='serves')),
                ('answers_dialogue', models.BooleanField(default=False, verbose_name='answers in the Dialogue Hall')),
                ('active', models.BooleanField(default=True, verbose_name='takes part')),
                ('sort_key', models.CharField(default='', editable=False, max_length=330)),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('pk')), _negated=True), name='no_body_belongs_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organizations.organization', verbose_name='organization')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('title_fa', models.CharField(max_length=200, verbose_name='title in Persian')),
                ('title_ar', models.CharField(blank=True, max_length=200, verbose_name='title in Arabic')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='title in English')),
                ('duties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('answer', 'answers for the body'), ('check', 'checks an answer before it is published'), ('head', 'heads the body'), ('moderate', 'moderates'), ('secretariat', 'secretariat of the plan'), ('facilitate', 'enters what others say'), ('verify', 'verifies residents'), ('closures', 'declares closures, flags and holidays'), ('switches', 'sets switches and numbers of the house'), ('governor', "governor's board"), ('cards', 'issues cards and decides applications'), ('card_check', 'approves batches as the second person'), ('venue', 'lets people into a venue'), ('accounts', 'keeps the accounts of the body'), ('boards', 'keeps the sports boards and approves their programmes')], max_length=20), size=None, verbose_name='duties')),
                ('higher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lower', to='organizations.post', verbose_name='next higher post')),
            ],
            options={
                'verbose_name': 'post',
                'verbose_name_plural': 'posts',
                'ordering': ['code'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['duties'], name='post_duties')],
                'constraints': [models.CheckConstraint(condition=models.Q(('higher', models.F('pk')), _negated=True), name='no_post_is_above_itself'), models.CheckConstraint(condition=models.Q(('duties__contained_by', ['answer', 'check', 'head', 'moderate', 'secretariat', 'facilitate', 'verify', 'closures', 'switches', 'governor', 'cards', 'card_check', 'venue', 'accounts', 'boards']), ('duties__len__gte', 1)), name='post_has_known_duties')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organizations.post', verbose_name='post')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='no longer from')),
                ('number', models.IntegerField(db_default=taar.organizations.models.holding.NextNumber(), editable=False, unique=True, verbose_name='public number')),
            ],
            options={
                'verbose_name': 'holder of a post',
                'verbose_name_plural': 'holders of posts',
                'ordering': ['-from_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='holding_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('post', '='), (taar.places.models.place.DateRange('from_on', 'until_on'), '&&')], name='one_holder_of_a_post_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organizations.organization', verbose_name='organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('role', models.CharField(choices=[('officer', 'officer'), ('head', 'head'), ('secretary', 'secretary'), ('member', 'member'), ('facilitator', 'facilitator'), ('volunteer', 'volunteer')], max_length=20, verbose_name='role')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='no longer from')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['-from_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='membership_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('organization', '='), ('person', '='), (taar.places.models.place.DateRange('from_on', 'until_on'), '&&')], name='one_membership_of_a_body_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organizations.organization', verbose_name='organization')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='place')),
                ('name_fa', models.CharField(max_length=160, verbose_name='name in Persian')),
                ('name_ar', models.CharField(blank=True, max_length=160, verbose_name='name in Arabic')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('families', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sport', 'sport'), ('culture', 'culture and art'), ('learning', 'education and social')], max_length=20), size=None, verbose_name='service families')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='opens at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='closes at')),
                ('active', models.BooleanField(default=True, verbose_name='takes part')),
            ],
            options={
                'verbose_name': 'venue',
                'verbose_name_plural': 'venues',
                'ordering': ['name_fa', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organization', 'name_fa'), name='one_venue_of_a_name_in_a_body'), models.CheckConstraint(condition=models.Q(('families__contained_by', ['sport', 'culture', 'learning']), ('families__len__gte', 1)), name='venue_has_known_families'), models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opens_at', None)), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='venue_hours_are_whole')],
            },
        ),
        migrations.CreateModel(
            name='VisitCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_index', models.BinaryField(unique=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.CharField(max_length=120, verbose_name='office')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('until_at', models.DateTimeField(verbose_name='good until')),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_at', models.DateTimeField(null=True, verbose_name='used at')),
            ],
            options={
                'verbose_name': 'visit code',
                'verbose_name_plural': 'visit codes',
                'indexes': [models.Index(fields=['made_by', '-made_at'], name='visit_code_of_maker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('used_by__isnull', True), ('used_at__isnull', True), _connector='XOR', _negated=True), name='used_visit_code_has_both'), models.CheckConstraint(condition=models.Q(('used_by__isnull', True), models.Q(('used_by', models.F('made_by')), _negated=True), _connector='OR'), name='visit_code_is_for_somebody_else')],
            },
        ),
    ]
