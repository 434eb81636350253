"""Addresses of the portal: each app names its own."""

from django.contrib import admin
from django.urls import include, path

from taar.lib.health import healthz

admin.site.site_header = "تالار خوزستان"
admin.site.site_title = "تالار خوزستان"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("taar.people.accounts_urls")),
    path("my/", include("taar.people.urls")),
    path("", include("taar.organizations.urls")),
    path("my/notices/", include("taar.notifications.urls")),
    path("hall/", include("dialogue.urls")),
    path("card/", include("welfare_card.urls")),
    path("figures/", include("welfare_card.coverage_urls")),
    path("", include("sports_boards.feed_urls")),
    path("", include("sports_boards.urls")),
    path("admin/", admin.site.urls),
    path("", include("taar.portal.urls")),
]
