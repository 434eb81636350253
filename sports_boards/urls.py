from django.urls import path

from sports_boards.views import (
    attending,
    boards,
    closing,
    concerns,
    desk,
    enrolments,
    keeping,
    officer,
    programmes,
    sessions,
    support,
    writing,
)

urlpatterns = []

urlpatterns += [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/draw/", programmes.programme_draw, name="programme_draw"),
    path("programmes/<int:pk>/enrol/", enrolments.enrol_family, name="enrol_family"),
    path("enrolments/<int:pk>/accept/", enrolments.accept_offer, name="accept_offer"),
    path("enrolments/<int:pk>/decline/", enrolments.decline_offer, name="decline_offer"),
    path("enrolments/<int:pk>/cancel/", enrolments.cancel_enrolment, name="cancel_enrolment"),
    path("enrolments/<int:pk>/drop/", enrolments.drop_enrolment, name="drop_enrolment"),
]

urlpatterns += [
    path("boards/", boards.boards, name="boards"),
    path("boards/list.xlsx", boards.boards_file, name="boards_file"),
]

urlpatterns += [
    path("boards/desk/", desk.board_desk, name="board_desk"),
    path("boards/desk/<str:organization__code>/new/", writing.new_programme, name="new_programme"),
    path("boards/desk/<str:organization__code>/check/", writing.check_programme, name="check_programme"),
    path("boards/desk/<str:organization__code>/concern/", concerns.send_concern, name="send_concern"),
    path("boards/desk/<str:organization__code>/support/", support.ask_support, name="ask_support"),
    path("boards/programmes/<int:pk>/", keeping.keep_programme, name="keep_programme"),
    path("boards/programmes/<int:pk>/edit/", writing.edit_programme, name="edit_programme"),
    path("boards/programmes/<int:pk>/step/", keeping.step_programme, name="step_programme"),
    path("boards/programmes/<int:pk>/skipped/", keeping.add_skipped_session, name="add_skipped_session"),
]

urlpatterns += [
    path("boards/queue/", officer.programme_queue, name="programme_queue"),
    path("boards/queue/list.xlsx", officer.queue_file, name="queue_file"),
    path("boards/queue/<int:pk>/", officer.decide_programme, name="decide_programme"),
    path("boards/closures/", closing.close_counties, name="close_counties"),
]

urlpatterns += [
    path("boards/sessions/<int:pk>/", attending.session, name="session"),
    path("boards/sessions/<int:pk>/mark/", attending.mark_attendance, name="mark_attendance"),
    path("boards/sessions/<int:pk>/card/", attending.take_attendance, name="take_attendance"),
    path("boards/sessions/<int:pk>/step/", sessions.step_session, name="step_session"),
    path("boards/sessions/<int:pk>/move/", sessions.move_session, name="move_session"),
    path("boards/sessions/<int:pk>/edit/", sessions.edit_sessions, name="edit_sessions"),
    path("boards/attendance/<int:pk>/correct/", attending.correct_attendance, name="correct_attendance"),
]

urlpatterns += [
    path("boards/concerns/", concerns.concerns, name="concerns"),
    path("boards/concerns/<int:pk>/", concerns.concern, name="concern"),
    path("boards/concerns/<int:pk>/settle/", concerns.settle_concern, name="settle_concern"),
    path("boards/concerns/<int:pk>/reply/", concerns.reply_concern, name="reply_concern"),
    path("boards/support/", support.support_requests, name="support_requests"),
    path("boards/support/<int:pk>/", support.support_request, name="support_request"),
    path("boards/support/<int:pk>/settle/", support.settle_request, name="settle_request"),
    path("boards/support/<int:pk>/prove/", support.prove_request, name="prove_request"),
]

# Whatever stands under /boards/ by a word of its own comes before the codes of boards.
urlpatterns += [
    path("boards/<str:organization__code>/", boards.board, name="board"),
    path("boards/<str:organization__code>/programmes.xlsx", boards.board_file, name="board_file"),
]
