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

SECOND_THRESHOLD = "dialogue.second_threshold"
THIRD_THRESHOLD = "dialogue.third_threshold"
BOARD_DAYS = "dialogue.board_days"
STUDY_DAYS = "dialogue.study_days"
TRANSFER_DAYS = "dialogue.transfer_days"
TRANSFERS = "dialogue.transfers"
RATING_DAYS = "dialogue.rating_days"
RATINGS_LEAST = "dialogue.ratings_least"
REOPENED_DAYS = "dialogue.reopened_days"
KEPT_ASKED_AFTER = "dialogue.kept_asked_after"
KEPT_REPLIES = "dialogue.kept_replies"
KEPT_SHARE = "dialogue.kept_share"

register(
    Number(
        SECOND_THRESHOLD, 300, _("Verified residents behind a thread that make the head of the body sign."), 1, 10**6
    ),
    Number(THIRD_THRESHOLD, 1000, _("Verified residents that make the governor's office owe an answer."), 1, 10**6),
    Number(BOARD_DAYS, 15, _("Working days within which the governor's office answers then."), 1, 60),
    Number(STUDY_DAYS, 60, _("Days for which a matter may be under study, at most."), 1, 365),
    Number(
        TRANSFER_DAYS, 2, _("Working days within which a body accepts or refuses a thread; silence accepts."), 1, 30
    ),
    Number(
        TRANSFERS, 2, _("Wishes to hand a thread over that go to the receiver; later ones to the secretariat."), 0, 10
    ),
    Number(RATING_DAYS, 14, _("Days in which the author and supporters say whether an answer answered them."), 1, 90),
    Number(RATINGS_LEAST, 30, _("Ratings of which half must be no, so that a thread is opened again."), 1, 10000),
    Number(REOPENED_DAYS, 7, _("Working days of the next higher post for a thread that was opened again."), 1, 60),
    Number(KEPT_ASKED_AFTER, 28, _("Days after which supporters are asked whether a promise was kept."), 1, 365),
    Number(KEPT_REPLIES, 5, _("Replies that decide whether a promise was kept."), 1, 10000),
    Number(KEPT_SHARE, 0.6, _("Share of replies that must say yes."), 0.5, 1),
)

REPORTS_A_DAY = "dialogue.reports_a_day"
EDITS_A_DAY = "dialogue.edits_a_day"
REPORT_WEIGHT = "dialogue.report_weight"
REPORT_ACCOUNTS = "dialogue.report_accounts"
PROVISIONAL_HOURS = "dialogue.provisional_hours"
TWO_MODERATORS_SUPPORTS = "dialogue.two_moderators_supports"
MEND_DAYS = "dialogue.mend_days"
APPEAL_DAYS = "dialogue.appeal_days"
APPEAL_WORKING_DAYS = "dialogue.appeal_working_days"
MOST_WAITING = "dialogue.most_waiting"
LONGEST_WAIT_HOURS = "dialogue.longest_wait_hours"
STORM_SUPPORTS = "dialogue.storm_supports"
STORM_MINUTES = "dialogue.storm_minutes"
NETWORK_DAYS = "dialogue.network_days"

register(
    Number(REPORTS_A_DAY, 10, _("Reports that an account may make in 24 hours."), 1, 1000),
    Number(EDITS_A_DAY, 20, _("Changes of published texts that an account may make in 24 hours."), 1, 1000),
    Number(REPORT_WEIGHT, 8, _("Weight of reports that hides a text for some hours."), 1, 1000),
    Number(REPORT_ACCOUNTS, 3, _("Unrelated accounts that must have reported for that."), 1, 100),
    Number(PROVISIONAL_HOURS, 24, _("Hours after which a hiding by reports alone ends by itself."), 1, 168),
    Number(TWO_MODERATORS_SUPPORTS, 50, _("Supporters from which on hiding a thread needs two moderators."), 1, 10000),
    Number(MEND_DAYS, 7, _("Days within which an author may mend a hidden text."), 1, 90),
    Number(APPEAL_DAYS, 14, _("Days within which an author may appeal against a decision."), 1, 90),
    Number(APPEAL_WORKING_DAYS, 5, _("Working days within which an appeal is decided."), 1, 30),
    Number(MOST_WAITING, 200, _("Texts waiting for moderators above which every page says so."), 1, 100000),
    Number(LONGEST_WAIT_HOURS, 12, _("Hours of the oldest waiting text above which every page says so."), 1, 240),
    Number(STORM_SUPPORTS, 30, _("Supports of a thread from one network above which more are held."), 1, 10000),
    Number(STORM_MINUTES, 10, _("Minutes in which these supports are counted."), 1, 1440),
    Number(NETWORK_DAYS, 30, _("Days for which it is kept from which network a support came."), 1, 90),
)

FOLLOWED_PLACES = "dialogue.followed_places"

register(Number(FOLLOWED_PLACES, 5, _("Places that one account may follow."), 1, 100))

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

UNMERGE_DAYS = "dialogue.unmerge_days"

register(
    Number(UNMERGE_DAYS, 90, _("Days within which it can be undone that a thread was united with another."), 1, 3650),
)
