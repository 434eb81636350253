import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import taar.lib.sealed
import taar.places.models.place
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_records'),
        ('people', '0003_holder'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('phone', taar.lib.sealed.SealedTextField(verbose_name='mobile number')),
                ('phone_index', models.BinaryField(null=True, unique=True)),
                ('phone_verified_at', models.DateTimeField(blank=True, null=True)),
                ('national_id', taar.lib.sealed.SealedTextField(verbose_name='national ID')),
                ('national_id_index', models.BinaryField(null=True, unique=True)),
                ('email', taar.lib.sealed.SealedTextField(verbose_name='e-mail')),
                ('given_name', taar.lib.sealed.SealedTextField(verbose_name='given name')),
                ('family_name', taar.lib.sealed.SealedTextField(verbose_name='family name')),
                ('name_keys', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), default=list, editable=False, size=None)),
                ('sex', models.CharField(blank=True, choices=[('woman', 'woman or girl'), ('man', 'man or boy')], max_length=5, verbose_name='sex')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='birthday')),
                ('foreign_id', taar.lib.sealed.SealedTextField(verbose_name="foreign resident's number")),
                ('foreign_id_kind', models.CharField(blank=True, choices=[('amayesh', 'Amayesh card'), ('residence', 'residence permit'), ('fida', 'comprehensive number of foreign nationals'), ('passport', 'passport with a visa')], max_length=10, verbose_name='kind of card')),
                ('foreign_id_index', models.BinaryField(null=True, unique=True)),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('identity_level', models.PositiveSmallIntegerField(choices=[(0, 'L0: reads'), (1, 'L1: phone confirmed'), (2, 'L2: verified resident'), (3, 'L3: verified organization or office')], default=0)),
                ('language', models.CharField(choices=[('fa', 'فارسی'), ('ar', 'العربية'), ('en', 'English')], default='fa', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('pseudonymised_at', models.DateTimeField(editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'persons',
                'indexes': [models.Index(condition=models.Q(('phone_verified_at__isnull', True)), fields=['created_at'], name='person_unconfirmed'), django.contrib.postgres.indexes.GinIndex(fields=['name_keys'], name='person_name_keys'), models.Index(condition=models.Q(('birth_on__isnull', False)), fields=['birth_on'], name='person_birthday')],
                'constraints': [models.CheckConstraint(condition=models.Q(('identity_level__range', (0, 3))), name='person_level_known'), models.CheckConstraint(condition=models.Q(models.Q(('phone__isnull', True), ('phone_index__isnull', True)), models.Q(('phone__isnull', False), ('phone_index__isnull', False)), _connector='OR'), name='person_phone_has_index'), models.CheckConstraint(condition=models.Q(models.Q(('national_id__isnull', True), ('national_id_index__isnull', True)), models.Q(('national_id__isnull', False), ('national_id_index__isnull', False)), _connector='OR'), name='person_national_id_has_index'), models.CheckConstraint(condition=models.Q(('phone_verified_at__isnull', True), ('phone_index__isnull', False), _connector='OR'), name='person_verified_phone_exists'), models.CheckConstraint(condition=models.Q(models.Q(('foreign_id__isnull', True), ('foreign_id_index__isnull', True), ('foreign_id_kind', '')), models.Q(('foreign_id__isnull', False), ('foreign_id_index__isnull', False), models.Q(('foreign_id_kind', ''), _negated=True)), _connector='OR'), name='person_foreign_id_has_index'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_not_merged_into_self'), models.CheckConstraint(condition=models.Q(('pseudonymised_at__isnull', True), models.Q(('email__isnull', True), ('family_name__isnull', True), ('foreign_id_index__isnull', True), ('given_name__isnull', True), ('is_active', False), ('national_id_index__isnull', True), ('phone_index__isnull', True)), _connector='OR'), name='pseudonymised_person_has_no_name')],
            },
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('identity_level', models.PositiveSmallIntegerField(choices=[(0, 'L0: reads'), (1, 'L1: phone confirmed'), (2, 'L2: verified resident'), (3, 'L3: verified organization or office')], default=0)),
                ('language', models.CharField(choices=[('fa', 'فارسی'), ('ar', 'العربية'), ('en', 'English')], default='fa', max_length=2)),
                ('phone_index', models.BinaryField(null=True)),
                ('phone_verified_at', models.DateTimeField(blank=True, null=True)),
                ('national_id_index', models.BinaryField(null=True)),
                ('foreign_id_index', models.BinaryField(null=True)),
                ('name_keys', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), default=list, editable=False, size=None)),
                ('sex', models.CharField(blank=True, choices=[('woman', 'woman or girl'), ('man', 'man or boy')], max_length=5, verbose_name='sex')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='birthday')),
                ('merged_into', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residences', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'residence',
                'verbose_name_plural': 'residences',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('person',), name='residence_one_open'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='residence_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Pseudonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pseudonyms', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
            ],
            options={
                'verbose_name': 'pseudonym',
                'verbose_name_plural': 'pseudonyms',
                'constraints': [models.UniqueConstraint(fields=('person', 'place'), name='pseudonym_one_a_place', nulls_distinct=False), models.UniqueConstraint(fields=('place', 'number'), name='pseudonym_number_unique', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verifications', to=settings.AUTH_USER_MODEL)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'L0: reads'), (1, 'L1: phone confirmed'), (2, 'L2: verified resident'), (3, 'L3: verified organization or office')])),
                ('method', models.CharField(choices=[('phone_code', 'Code sent to the phone'), ('sign_in_service', 'Confirmed by a trusted sign-in service'), ('phone_id_match', 'Phone and national ID belong together'), ('visit_code', 'Code given on a visit'), ('vouched', 'Vouched for by a facilitator'), ('office', 'Checked by an office')], max_length=20)),
                ('by_label', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'verification',
                'verbose_name_plural': 'verifications',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='neighbourhood')),
                ('address', taar.lib.sealed.SealedTextField(verbose_name='address in own words')),
                ('opened_on', models.DateField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'household',
                'verbose_name_plural': 'households',
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household', verbose_name='household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='household_rows', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='no longer from')),
            ],
            options={
                'verbose_name': 'member of a household',
                'verbose_name_plural': 'members of households',
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='household_member_ends_later'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), (taar.places.models.place.DateRange('from_on', 'until_on'), '&&')], name='one_household_of_a_person_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardianships', to=settings.AUTH_USER_MODEL, verbose_name='child')),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wards', to=settings.AUTH_USER_MODEL, verbose_name='guardian')),
                ('place_of_three', models.PositiveSmallIntegerField(editable=False)),
                ('proof', models.CharField(choices=[('birth_certificate', 'birth certificate'), ('court', 'court order'), ('welfare', 'letter of the welfare organization'), ('declared', 'declared by the guardian')], max_length=20, verbose_name='proof')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='no longer from')),
            ],
            options={
                'verbose_name': 'guardianship',
                'verbose_name_plural': 'guardianships',
                'constraints': [models.CheckConstraint(condition=models.Q(('child', models.F('guardian')), _negated=True), name='nobody_is_their_own_guardian'), models.CheckConstraint(condition=models.Q(('place_of_three__range', (1, 3))), name='guardian_on_one_of_three_places'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='guardianship_ends_later'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('child', 'place_of_three'), name='three_open_guardians_of_a_child'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('child', 'guardian'), name='guardian_of_a_child_once')],
            },
        ),
        migrations.CreateModel(
            name='Suspicion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='first record')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='second record')),
                ('found_at', models.DateTimeField(verbose_name='found at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
            ],
            options={
                'verbose_name': 'suspected duplicate',
                'verbose_name_plural': 'suspected duplicates',
                'ordering': ['found_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='suspicion_in_order'), models.UniqueConstraint(fields=('first', 'second'), name='suspicion_once')],
            },
        ),
        migrations.CreateModel(
            name='PersonMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='record that stays')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='record that goes')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('reversed', 'taken back')], default='proposed', max_length=10, verbose_name='status')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('moved', models.JSONField(default=dict, verbose_name='what went over')),
            ],
            options={
                'verbose_name': 'merge of two records',
                'verbose_name_plural': 'merges of records',
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_of_two'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='merge_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='merge_decided_has_its_moment'), models.UniqueConstraint(condition=models.Q(('status__in', ('proposed', 'confirmed'))), fields=('merged',), name='merge_of_a_record_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personevent" ("birth_on", "foreign_id_index", "identity_level", "is_active", "is_staff", "is_superuser", "language", "merged_into_id", "name_keys", "national_id_index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_index", "phone_verified_at", "sex") VALUES (NEW."birth_on", NEW."foreign_id_index", NEW."identity_level", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."merged_into_id", NEW."name_keys", NEW."national_id_index", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone_index", NEW."phone_verified_at", NEW."sex"); RETURN NULL;', hash='ff6144bc45595176ea30e31f8a63b5fd16837b1d', operation='INSERT', pgid='pgtrigger_insert_insert_65688', table='people_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_on" IS DISTINCT FROM (NEW."birth_on") OR OLD."foreign_id_index" IS DISTINCT FROM (NEW."foreign_id_index") OR OLD."identity_level" IS DISTINCT FROM (NEW."identity_level") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name_keys" IS DISTINCT FROM (NEW."name_keys") OR OLD."national_id_index" IS DISTINCT FROM (NEW."national_id_index") OR OLD."phone_index" IS DISTINCT FROM (NEW."phone_index") OR OLD."phone_verified_at" IS DISTINCT FROM (NEW."phone_verified_at") OR OLD."sex" IS DISTINCT FROM (NEW."sex"))', func='INSERT INTO "people_personevent" ("birth_on", "foreign_id_index", "identity_level", "is_active", "is_staff", "is_superuser", "language", "merged_into_id", "name_keys", "national_id_index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_index", "phone_verified_at", "sex") VALUES (NEW."birth_on", NEW."foreign_id_index", NEW."identity_level", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."merged_into_id", NEW."name_keys", NEW."national_id_index", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone_index", NEW."phone_verified_at", NEW."sex"); RETURN NULL;', hash='e83a2e2d858d726c9f03827f6201563d1e649e92', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
        ),
    ]
