"""How the public log says the acts of the sports boards, and the seats by which people act."""

from django.utils.translation import gettext_lazy as _

from sports_boards.queries.mandates import name_seats
from taar.journal.words import register, register_offices

register(
    {
        "found_board": _("A body became a sports board"),
        "change_board": _("The entry of a sports board was changed"),
        "change_participation": _("A sports board came to another stage of the plan"),
        "give_mandate": _("A seat of a sports board was given to somebody"),
        "end_mandate": _("A mandate in a sports board was ended early"),
        "register_coach": _("A coach was registered"),
        "renew_coach": _("The licence of a coach was renewed"),
        "agree_to_be_named": _("A coach said whether they may be named"),
        "end_coach": _("A coach stopped"),
        "add_part": _("A bookable part was added"),
        "change_part": _("The entry of a bookable part was changed"),
        "open_part_hours": _("A part was opened at some hours"),
        "close_part_hours": _("Opening hours of a part were ended"),
        "book_part": _("Hours of a part were booked"),
        "cancel_booking": _("Booked hours were given back"),
    }
)

register(
    {
        "draft_programme": _("A programme was begun"),
        "change_programme": _("A programme was changed"),
        "submit_programme": _("A programme was sent for approval"),
        "return_programme": _("A programme was returned with notes"),
        "approve_programme": _("A programme was approved"),
        "open_enrolment": _("A programme was opened for enrolment"),
        "close_enrolment": _("The enrolment of a programme was closed"),
        "start_programme": _("A programme began"),
        "finish_programme": _("A programme ended"),
        "report_programme": _("A programme was reported on"),
        "cancel_programme": _("A programme was cancelled"),
        "confirm_session": _("A session was confirmed"),
        "hold_session": _("A session was held"),
        "move_session": _("A session was moved to another day"),
        "suspend_session": _("A session was suspended"),
        "resume_session": _("A suspended session takes place after all"),
        "cancel_session": _("A session was cancelled"),
        "add_skipped_session": _("A session was added for a skipped day"),
        "edit_sessions": _("Sessions of a programme were changed"),
        "suspend_for_closure": _("A closure suspended outdoor sessions"),
    }
)

register(
    {
        "send_concern": _("A sports board sent something to the governor's office"),
        "see_concern": _("The governor's office saw what a board sent"),
        "take_concern": _("What a board sent was given to a unit"),
        "answer_concern": _("What a board sent was answered"),
        "accept_answer": _("A board accepted an answer"),
        "reopen_concern": _("A board was not content with an answer"),
        "close_concern": _("What a board sent was closed"),
        "submit_request": _("A board asked for support"),
        "begin_review": _("A support request went into technical review"),
        "forward_request": _("A support request came before the committee"),
        "decide_request": _("The committee decided on a support request"),
        "allocate_request": _("Support was allocated"),
        "deliver_request": _("Support was delivered"),
        "prove_request": _("The use of support was proved"),
        "close_request": _("A support request was closed"),
    }
)

register(
    {
        "change_capacity": _("The number of places of a programme was changed"),
        "enrol_family": _("A family applied to a programme"),
        "offer_place": _("Free places were offered to a family"),
        "expire_offer": _("An offer of places was not answered in time"),
        "accept_offer": _("A family took offered places"),
        "decline_offer": _("A family declined offered places"),
        "cancel_enrolment": _("A family cancelled its application"),
        "drop_enrolment": _("A family stopped coming to a programme"),
        "refuse_enrolment": _("A board refused an application to a programme"),
        "commit_draw": _("The secret of a programme's draw was committed to"),
        "draw_places": _("The places of a programme were drawn"),
        "mark_attendance": _("Attendance was marked"),
        "take_attendance": _("Attendance was taken by a card"),
        "correct_attendance": _("Attendance was corrected"),
    }
)

register_offices(name_seats)
