# One image for web, worker, beat and migrate. It holds no secret and does not run as root.
FROM python:3.13-slim AS build
ENV VIRTUAL_ENV=/opt/venv PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv $VIRTUAL_ENV
COPY requirements/base.txt /tmp/base.txt
RUN $VIRTUAL_ENV/bin/pip install --require-hashes -r /tmp/base.txt

FROM python:3.13-slim
ENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=taar.settings DEMO=0 STATIC_ROOT=/data/static MEDIA_ROOT=/data/uploads
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin hall \
    && mkdir -p /app/var /data/static /data/uploads \
    && chown -R hall:hall /app/var /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY locale locale
COPY static static
COPY templates templates
COPY taar taar
COPY dialogue dialogue
COPY welfare_card welfare_card
COPY sports_boards sports_boards
RUN python -c "from pathlib import Path; from taar.lib.messages import compile_catalogs; compile_catalogs(Path('.'))"
USER hall
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "taar.wsgi:application"]
