from django.urls import path

from taar.notifications import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_notices, name="read_notices"),
    path("ways/", views.choose_ways, name="choose_ways"),
    path("<int:pk>/read/", views.read_notice, name="read_notice"),
]
