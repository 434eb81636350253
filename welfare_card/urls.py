from django.urls import path

from welfare_card.views import visits

urlpatterns = [
    path("visits/", visits.visits, name="visits"),
]
