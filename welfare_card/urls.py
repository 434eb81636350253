from django.urls import path

from welfare_card.views import applications, assistance, desk, desk_app, desk_data, readers, visits

urlpatterns = []

urlpatterns += [
    path("", applications.card, name="card"),
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
    path("desk/", desk.desk, name="desk"),
    path("desk/visits/<uuid:pk>/reverse/", desk.desk_reverse, name="desk_reverse"),
    path("desk/visits/<uuid:pk>/confirm/", desk.desk_confirm, name="desk_confirm"),
    path("desk/devices/", desk_data.desk_devices, name="desk_devices"),
    path("desk/bundle/", desk_data.desk_bundle, name="desk_bundle"),
]

urlpatterns += [
    path("desk/shell/", desk_app.desk_shell, name="desk_shell"),
    path("desk/sw.js", desk_app.desk_worker, name="desk_worker"),
    path("desk/manifest.webmanifest", desk_app.desk_manifest, name="desk_manifest"),
]
