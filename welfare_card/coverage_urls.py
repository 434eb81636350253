from django.urls import path

from welfare_card.views import coverage

urlpatterns = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("coverage.json", coverage.coverage_json, name="coverage_json"),
]
