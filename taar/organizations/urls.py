"""Addresses of becoming a verified resident."""

from django.urls import path

from taar.organizations import views

urlpatterns = [
    path("my/verification/", views.verify_me, name="verify_me"),
    path("verification/", views.verification_desk, name="verification_desk"),
]
