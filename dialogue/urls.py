from django.urls import path

from dialogue.views import attachments, hall, moderation, threads

urlpatterns = [
    path("", hall.hall, name="hall"),
    path("new/", threads.new, name="new"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.review, name="review"),
    path("moderation/files/<uuid:key>/", attachments.held_attachment, name="held_attachment"),
    path("<str:thread__code>/files/<uuid:key>/", attachments.attachment, name="attachment"),
    path("<str:code>/", threads.thread, name="thread"),
    path("<str:code>/contribute/", threads.contribute, name="contribute"),
    path("<str:code>/support/", threads.support, name="support"),
    path("<str:code>/follow/", threads.follow, name="follow"),
]
