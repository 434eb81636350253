"""The portal's own server with one bare view of one statement: what a visit over HTTP is measured against."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from taar.wsgi import application

settings.ROOT_URLCONF = __name__

__all__ = ["application"]


@csrf_exempt
def one_statement(request: HttpRequest) -> JsonResponse:
    """Write one row."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, 1, 1, now())")
    return JsonResponse({"outcome": "ok"})


urlpatterns = [path("card/visits/", one_statement)]
