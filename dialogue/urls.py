from django.urls import path

from dialogue.views import follows, hall, moderation, threads

urlpatterns = [
    path("", hall.hall, name="hall"),
    path("new/", threads.new, name="new"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.review, name="review"),
    path("feed/", hall.hall_feed, name="hall_feed"),
    path("list.csv", hall.hall_csv, name="hall_csv"),
    path("list.json", hall.hall_json, name="hall_json"),
    path("similar/", hall.similar, name="similar"),
    path("follows/", follows.follows, name="follows"),
    path("follows/<int:pk>/remove/", follows.unfollow, name="unfollow"),
    path("follows/place/<str:code>/", follows.follow_place, name="follow_place"),
    path("follows/organization/<str:code>/", follows.follow_organization, name="follow_organization"),
    path("follows/axis/<str:axis>/", follows.follow_axis, name="follow_axis"),
    path("<str:code>/", threads.thread, name="thread"),
    path("<str:code>/contribute/", threads.contribute, name="contribute"),
    path("<str:code>/support/", threads.support, name="support"),
    path("<str:code>/follow/", threads.follow, name="follow"),
]
