from django.urls import path

from dialogue.views import commitments, hall, moderation, office, office_acts, threads

urlpatterns = [
    path("", hall.hall, name="hall"),
    path("new/", threads.new, name="new"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.review, name="review"),
    path("office/", office.office, name="office"),
    path("office/commitments/", commitments.office_commitments, name="office_commitments"),
    path("office/commitments/<int:pk>/", commitments.office_commitment, name="office_commitment"),
    path("office/<str:code>/", office.office_thread, name="office_thread"),
    path("office/<str:code>/acknowledge/", office_acts.acknowledge_thread, name="acknowledge_thread"),
    path("office/<str:code>/check/", office_acts.check_answer, name="check_answer"),
    path("office/<str:code>/return/", office_acts.return_answer, name="return_answer"),
    path("office/<str:code>/publish/", office_acts.publish_answer, name="publish_answer"),
    path("office/<str:code>/extend/", office_acts.extend_term, name="extend_term"),
    path("office/<str:code>/transfer/", office_acts.ask_transfer, name="ask_transfer"),
    path("office/<str:code>/settle/", office_acts.settle_transfer, name="settle_transfer"),
    path("answers/<int:pk>/", commitments.answer_letter, name="answer_letter"),
    path("answers/<int:pk>/rate/", commitments.rate_answer, name="rate_answer"),
    path("commitments/<int:pk>/reply/", commitments.reply_to_commitment, name="reply_to_commitment"),
    path("<str:code>/", threads.thread, name="thread"),
    path("<str:code>/contribute/", threads.contribute, name="contribute"),
    path("<str:code>/support/", threads.support, name="support"),
    path("<str:code>/follow/", threads.follow, name="follow"),
]
