from django.urls import path

from taar.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("places/", views.places, name="places"),
    path("places/<str:code>/", views.place, name="place"),
    path("search/", views.search, name="search"),
    path("transparency/", views.transparency, name="transparency"),
    path("transparency/log/", views.log, name="log"),
    path("transparency/log.csv", views.log_csv, name="log_csv"),
    path("transparency/log.json", views.log_json, name="log_json"),
    path("my/", views.my_page, name="my_page"),
    path("help/rules/", views.help_rules, name="help_rules"),
    path("help/answers/", views.help_answers, name="help_answers"),
]
