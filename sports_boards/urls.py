from django.urls import path

from sports_boards.views import enrolments, programmes

urlpatterns = []

urlpatterns += [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/draw/", programmes.programme_draw, name="programme_draw"),
    path("programmes/<int:pk>/enrol/", enrolments.enrol_family, name="enrol_family"),
    path("enrolments/<int:pk>/accept/", enrolments.accept_offer, name="accept_offer"),
    path("enrolments/<int:pk>/decline/", enrolments.decline_offer, name="decline_offer"),
    path("enrolments/<int:pk>/cancel/", enrolments.cancel_enrolment, name="cancel_enrolment"),
    path("enrolments/<int:pk>/drop/", enrolments.drop_enrolment, name="drop_enrolment"),
]
