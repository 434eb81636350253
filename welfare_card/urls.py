from django.urls import path

from welfare_card.views import readers

urlpatterns = []
urlpatterns += [
    path("keys/", readers.keys, name="card_keys"),
    path("status-list/", readers.status_list, name="card_status_list"),
]
