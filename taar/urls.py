"""Addresses of the portal: each app names its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.static import serve

from taar.lib.health import healthz

admin.site.site_header = "تالار خوزستان"
admin.site.site_title = "تالار خوزستان"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("taar.people.accounts_urls")),
    path("my/", include("taar.people.urls")),
    path("my/notices/", include("taar.notifications.urls")),
    path("hall/", include("dialogue.urls")),
    path("card/", include("welfare_card.urls")),
    path("admin/", admin.site.urls),
    path("", include("taar.portal.urls")),
]

if settings.DEMO:  # on servers the reverse proxy serves what people sent
    urlpatterns.append(path("uploads/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))
