from django.urls import path

from dialogue.views import decisions, hall, moderation, switches, texts, threads

urlpatterns = [
    path("", hall.hall, name="hall"),
    path("new/", threads.new, name="new"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.review, name="review"),
    path("moderation/<int:pk>/take/", moderation.take, name="take"),
    path("moderation/thread/<str:code>/", moderation.moderate_thread, name="moderate_thread"),
    path("moderation/contribution/<int:pk>/", moderation.moderate_contribution, name="moderate_contribution"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("switches/", switches.switches, name="switches"),
    path("switches/<int:pk>/end/", switches.end, name="end_switch"),
    path("contributions/<int:pk>/report/", texts.report_contribution, name="report_contribution"),
    path("contributions/<int:pk>/edit/", texts.edit_contribution, name="edit_contribution"),
    path("contributions/<int:pk>/withdraw/", texts.withdraw_contribution, name="withdraw_contribution"),
    path("contributions/<int:pk>/versions/", texts.contribution_versions, name="contribution_versions"),
    path("<str:code>/report/", texts.report_thread, name="report_thread"),
    path("<str:code>/edit/", texts.edit_thread, name="edit_thread"),
    path("<str:code>/withdraw/", texts.withdraw_thread, name="withdraw_thread"),
    path("<str:code>/versions/", texts.thread_versions, name="thread_versions"),
    path("<str:code>/", threads.thread, name="thread"),
    path("<str:code>/contribute/", threads.contribute, name="contribute"),
    path("<str:code>/support/", threads.support, name="support"),
    path("<str:code>/follow/", threads.follow, name="follow"),
]
