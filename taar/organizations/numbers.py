"""The numbers of offices."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

VISIT_CODE_DAYS = "organizations.visit_code_days"
VERIFIED_A_DAY = "organizations.verified_a_day"

register(
    Number(VISIT_CODE_DAYS, 14, _("Days for which a code given on a visit is good."), 1, 90),
    Number(VERIFIED_A_DAY, 40, _("Residents whom one office may verify in 24 hours."), 1, 1000),
)
