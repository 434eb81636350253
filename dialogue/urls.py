from django.urls import path

from dialogue import views

urlpatterns = [
    path("", views.hall, name="hall"),
    path("new/", views.new, name="new"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/<int:pk>/", views.review, name="review"),
    path("<str:code>/", views.thread, name="thread"),
    path("<str:code>/contribute/", views.contribute, name="contribute"),
    path("<str:code>/support/", views.support, name="support"),
    path("<str:code>/follow/", views.follow, name="follow"),
]
