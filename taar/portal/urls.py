from django.urls import path

from taar.portal.views import help as helping
from taar.portal.views import own, pages, search, transparency

urlpatterns = [
    path("", pages.home, name="home"),
    path("places/", pages.places, name="places"),
    path("places/<str:code>/", pages.place, name="place"),
    path("search/", search.search, name="search"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/commitments/", transparency.commitments, name="commitments"),
    path("transparency/commitments.csv", transparency.commitments_csv, name="commitments_csv"),
    path("transparency/commitments.json", transparency.commitments_json, name="commitments_json"),
    path("transparency/log/", transparency.log, name="log"),
    path("transparency/log.csv", transparency.log_csv, name="log_csv"),
    path("transparency/log.json", transparency.log_json, name="log_json"),
    path("my/", own.my_page, name="my_page"),
    path("my/hall/<slug:name>/", own.my_list, name="my_list"),
    path("my/record.json", own.my_record, name="my_record"),
    path("help/", helping.help_index, name="help"),
    path("help/rules/", helping.help_rules, name="help_rules"),
    path("help/answers/", helping.help_answers, name="help_answers"),
    path("help/privacy/", helping.help_privacy, name="help_privacy"),
    path("robots.txt", helping.robots, name="robots"),
    path("favicon.ico", helping.favicon, name="favicon"),
]
