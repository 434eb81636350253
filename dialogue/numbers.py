"""The numbers of the hall; each can be changed from a day on."""

from django.utils.translation import gettext_lazy as _

from taar.lib.numbers import Number, register

OWNER_DAYS = "dialogue.owner_days"
ANSWER_DAYS = "dialogue.answer_days"
EXTENSION_DAYS = "dialogue.extension_days"
REVIEWED_POSTS = "dialogue.reviewed_posts"
REVIEWED_RESIDENT_POSTS = "dialogue.reviewed_resident_posts"
LEASE_MINUTES = "dialogue.lease_minutes"
EDIT_MINUTES = "dialogue.edit_minutes"
THREADS_A_DAY = "dialogue.threads_a_day"
RESIDENT_THREADS_A_DAY = "dialogue.resident_threads_a_day"
CONTRIBUTIONS_A_DAY = "dialogue.contributions_a_day"
RESIDENT_CONTRIBUTIONS_A_DAY = "dialogue.resident_contributions_a_day"
SUPPORTS_A_DAY = "dialogue.supports_a_day"
THRESHOLD_SHARE = "dialogue.threshold_share"
THRESHOLD_LEAST = "dialogue.threshold_least"
THRESHOLD_MOST = "dialogue.threshold_most"
UNDERSERVED_LEAST = "dialogue.underserved_least"

register(
    Number(OWNER_DAYS, 2, _("Working days within which a body names an owner of a thread."), 1, 30),
    Number(ANSWER_DAYS, 10, _("Working days within which a body answers, from the day the clock begins."), 1, 60),
    Number(EXTENSION_DAYS, 10, _("Working days by which a term may be extended once, at most."), 1, 60),
    Number(
        REVIEWED_POSTS, 2, _("First texts of a new account that a moderator reads before they are published."), 0, 50
    ),
    Number(REVIEWED_RESIDENT_POSTS, 1, _("The same for a verified resident."), 0, 50),
    Number(LEASE_MINUTES, 10, _("Minutes for which a moderator holds an item."), 1, 120),
    Number(EDIT_MINUTES, 5, _("Minutes in which an author mends a text without a kept version."), 0, 60),
    Number(THREADS_A_DAY, 3, _("Threads that an account may start in 24 hours."), 1, 100),
    Number(RESIDENT_THREADS_A_DAY, 5, _("Threads that a verified resident may start in 24 hours."), 1, 100),
    Number(CONTRIBUTIONS_A_DAY, 20, _("Contributions that an account may write in 24 hours."), 1, 1000),
    Number(
        RESIDENT_CONTRIBUTIONS_A_DAY, 60, _("Contributions that a verified resident may write in 24 hours."), 1, 1000
    ),
    Number(SUPPORTS_A_DAY, 50, _("Supports that an account may give in 24 hours."), 1, 1000),
    Number(THRESHOLD_SHARE, 0.005, _("Share of a place's residents whose support makes an answer due."), 0, 1),
    Number(THRESHOLD_LEAST, 10, _("The fewest supports of verified residents that make an answer due."), 1, 10000),
    Number(THRESHOLD_MOST, 100, _("The most supports of verified residents that an answer may need."), 1, 100000),
    Number(UNDERSERVED_LEAST, 5, _("The fewest supports that make an answer due in an underserved place."), 1, 10000),
)

PICTURE_MEGABYTES = "dialogue.picture_megabytes"
FILE_MEGABYTES = "dialogue.file_megabytes"
FILES_A_DAY = "dialogue.files_a_day"
FORM_FILE_HOURS = "dialogue.form_file_hours"

register(
    Number(PICTURE_MEGABYTES, 8, _("Megabytes that a picture may have when it is sent."), 1, 8),
    Number(FILE_MEGABYTES, 2, _("Megabytes that sound or a PDF may have, and a picture as it is kept."), 1, 8),
    Number(FILES_A_DAY, 30, _("Files that an account may send in 24 hours."), 1, 1000),
    Number(FORM_FILE_HOURS, 24, _("Hours for which the files of an unfinished form are kept."), 1, 240),
)

SCOREBOARD_LEAST = "dialogue.scoreboard_least"

register(
    Number(SCOREBOARD_LEAST, 10, _("Due answers from which on a body is ranked on the scoreboard."), 1, 1000),
)
