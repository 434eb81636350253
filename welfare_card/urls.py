from django.urls import path

from welfare_card.views import (
    applications,
    assistance,
    desk,
    desk_app,
    desk_data,
    keep,
    own_cards,
    readers,
    statements,
    visits,
)

urlpatterns = []

urlpatterns += [
    path("", own_cards.card, name="card"),
    path("apply/", applications.apply, name="apply"),
    path("assist/", assistance.assist, name="assist"),
    path("assist/paper-form/", assistance.paper_form, name="paper_form"),
    path("claim/", assistance.claim, name="claim"),
    path("applications/<str:code>/", applications.application, name="application"),
    path("applications/<str:code>/members/", applications.apply_members, name="apply_members"),
    path("applications/<str:code>/send/", applications.apply_send, name="apply_send"),
    path("applications/<str:code>/answer/", applications.answer, name="answer_question"),
    path("applications/<str:code>/withdraw/", applications.withdraw, name="withdraw_application"),
    path("applications/<str:code>/papers/", applications.send_paper, name="send_paper"),
    path("applications/<str:code>/slip/", assistance.slip, name="slip"),
    path("members/<int:pk>/drop/", applications.drop_member, name="drop_member"),
    path("members/<int:pk>/objection/", applications.objection, name="objection"),
]

urlpatterns += [
    path("keys/", readers.keys, name="card_keys"),
    path("status-list/", readers.status_list, name="card_status_list"),
]

urlpatterns += [
    path("visits/", visits.visits, name="visits"),
]

urlpatterns += [
    path("venues/", own_cards.venues, name="venues"),
    path("mine/<int:pk>/", own_cards.my_card, name="my_card"),
    path("mine/<int:pk>/show/", own_cards.show_card, name="show_card"),
    path("mine/<int:pk>/paper/", own_cards.paper_card, name="paper_card"),
    path("mine/<int:pk>/lost/", own_cards.lose_card, name="lose_card"),
    path("mine/<int:pk>/received/", own_cards.receive_card, name="receive_card"),
    path("family/<int:pk>/visits/", own_cards.my_visits, name="my_visits"),
    path("family/<int:pk>/readings/", own_cards.who_looked, name="who_looked"),
    path("my-visits/<uuid:pk>/report/", own_cards.report_my_visit, name="report_visit"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:pk>/", statements.statement, name="statement"),
    path("statements/<int:pk>/step/", statements.step_statement, name="step_statement"),
    path("statements/<int:pk>/file/", statements.statement_file, name="statement_file"),
]

urlpatterns += [
    path("desk/", desk.desk, name="desk"),
    path("desk/visits/<uuid:pk>/reverse/", desk.desk_reverse, name="desk_reverse"),
    path("desk/visits/<uuid:pk>/confirm/", desk.desk_confirm, name="desk_confirm"),
    path("desk/devices/", desk_data.desk_devices, name="desk_devices"),
    path("desk/devices/<int:pk>/seen/", desk_data.desk_seen, name="desk_seen"),
    path("desk/bundle/", desk_data.desk_bundle, name="desk_bundle"),
]

urlpatterns += [
    path("desk/shell/", desk_app.desk_shell, name="desk_shell"),
    path("desk/sw.js", desk_app.desk_worker, name="desk_worker"),
    path("desk/manifest.webmanifest", desk_app.desk_manifest, name="desk_manifest"),
]

urlpatterns += [
    path("desk/keep/", keep.keep_doors, name="keep_doors"),
    path("desk/keep/<int:pk>/", keep.keep_venue, name="keep_venue"),
    path("desk/keep/<int:pk>/hours/", keep.set_womens_hours, name="set_womens_hours"),
    path("desk/keep/hours/<int:pk>/end/", keep.end_womens_hours, name="end_womens_hours"),
    path("desk/keep/devices/<int:pk>/block/", keep.block_device, name="block_device"),
    path("desk/keep/devices/<int:pk>/mend/", keep.mend_chain, name="mend_chain"),
    path("desk/keep/devices/<int:pk>/emergency/", keep.open_emergency, name="open_emergency"),
]
