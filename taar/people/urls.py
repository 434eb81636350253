"""Addresses under `/my/` that belong to the account itself; the page `/my/` is the portal's."""

from django.urls import path

from taar.people.views import own

urlpatterns = [
    path("residence/", own.move_residence, name="move_residence"),
    path("language/", own.choose_language, name="choose_language"),
    path("email/", own.choose_email, name="choose_email"),
    path("email/<str:token>/", own.confirm_email, name="confirm_email"),
]
