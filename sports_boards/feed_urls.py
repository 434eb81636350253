"""Addresses for other programs: open feeds and calendar files."""

from django.urls import path

from sports_boards.views import calendars, feeds

urlpatterns = [
    path("openactive/", feeds.openactive_dataset, name="openactive_dataset"),
    path("openactive/<str:feed>", feeds.openactive_feed, name="openactive_feed"),
    path("boards/<str:code>/calendar.ics", calendars.board_calendar, name="board_calendar"),
    path("programmes/<int:pk>/calendar.ics", calendars.programme_calendar, name="programme_calendar"),
    path("my/calendar.ics", calendars.own_calendar, name="own_calendar"),
    path("my/calendar/", calendars.my_calendar, name="my_calendar"),
]
