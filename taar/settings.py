"""The one settings file: every value comes from the environment, each is named in `.env.example`."""

from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

# What kind of installation this is: "demo" runs on the embedded services, "production" on servers.
DEMO = env.bool("DEMO", default=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("FIELD_KEYS")
CARD_ROOT_KEY = env.str("CARD_ROOT_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
HTTPS = env.bool("HTTPS", default=not DEMO)

INSTALLED_APPS = [
    "taar.lib",
    "taar.places",
    "taar.people",
    "taar.journal",
    "taar.notifications",
    "taar.organizations",
    "dialogue",
    "welfare_card",
    "sports_boards",
    "taar.portal",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "taar.lib.kept.FreshPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "taar.people.middleware.LanguageMiddleware",
    "taar.lib.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "taar.urls"
WSGI_APPLICATION = "taar.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["taar.lib.templatetags.hall", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taar.portal.context.portal",
            ],
        },
    }
]

# Data. The embedded default sets both URLs itself; on servers the environment names them.
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["HOST"] = unquote(DATABASES["default"].get("HOST", ""))  # a socket folder comes quoted
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "timeout": 5,
    "max_size": env.int("DATABASE_POOL", default=8),
}
REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Asia/Tehran"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Each app names its sweeps in `<app>/sweeps.py`: {name: (function(at) -> int, seconds between runs)}.
SWEEPS = [
    "taar.people.sweeps",
    "taar.journal.sweeps",
    "taar.notifications.sweeps",
    "dialogue.sweeps",
    "welfare_card.sweeps",
    "sports_boards.sweeps",
    "taar.portal.sweeps",
]

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = []
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "taar.people.adapters.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "request_login_code": "taar.people.forms.RequestCode",
    "confirm_login_code": "taar.people.forms.ConfirmCode",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
# By number ("key") to spare people's phones; by network address generously: carriers put thousands behind one.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "4/10m/key,20/1d/key",
    "ask_for_code": "200/10m/ip,3000/1d/ip",
    "confirm_login_code": "600/10m/ip",
    "login_failed": "120/m/ip,5/300s/key",
    "reauthenticate": "20/m/user",
    "manage_email": "5/1h/user",
    "match_id": "3/1d/user",
    "redeem_visit_code": "10/1d/user",
    "send_files": "60/1h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
MFA_ADAPTER = "taar.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "taar.people.forms.Authenticate",
    "reauthenticate": "taar.people.forms.Reauthenticate",
    "activate_totp": "taar.people.forms.ActivateTOTP",
    "add_webauthn": "taar.people.forms.AddPasskey",
    "edit_webauthn": "taar.people.forms.NamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECOND_FACTOR_CHECK = "taar.people.sign_in.second_factor_done"
SECOND_FACTOR_URL = "second_factor"
# A trusted sign-in service (OpenID Connect) beside the code, off by default.
OIDC_ENABLED = env.bool("OIDC_ENABLED", default=False)
SOCIALACCOUNT_ADAPTER = "taar.people.adapters.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: our CSP lets no form lead to another server
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ENABLED:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["openid", "phone"],
        "APPS": [
            {
                "provider_id": "service",
                "name": "OIDC",
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_SECRET"),
                "settings": {"server_url": env.str("OIDC_SERVER_URL")},
            }
        ],
    }
SMS_PROVIDER = env.str("SMS_PROVIDER", default="console")
SMS_FILE = env.str("SMS_FILE", default=str(VAR_DIR / "sms.txt"))
KAVENEGAR_KEY = env.str("KAVENEGAR_KEY", default="")
KAVENEGAR_URL = env.str("KAVENEGAR_URL", default="https://api.kavenegar.com")
KAVENEGAR_SENDER = env.str("KAVENEGAR_SENDER", default="")
KAVENEGAR_TEMPLATE = env.str("KAVENEGAR_TEMPLATE", default="taar-code")
# Who is asked whether a phone belongs to the holder of a national ID.
ID_MATCH_PROVIDER = env.str("ID_MATCH_PROVIDER", default="demo" if DEMO else "none")
ID_MATCH_URL = env.str("ID_MATCH_URL", default="")
ID_MATCH_KEY = env.str("ID_MATCH_KEY", default="")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="hall@localhost")

# Language and time: Persian first. Moments are stored in UTC, days are days in Tehran.
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"

# Files
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "uploads"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# What is longer is thrown away on the way in; the words that came with it are kept.
UPLOAD_MAX_SIZE = 8 * 1024 * 1024
# A list of 100,000 persons is larger than what anybody else sends.
UPLOAD_MAX_SIZES = {"/admin/welfare_card/importrun/add/": 30 * 1024 * 1024}
FILE_UPLOAD_HANDLERS = [
    "taar.lib.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o644  # the reverse proxy reads them too
SENDS_BY_PROXY = not DEMO  # on servers the reverse proxy sends a file once we have said who may have it

# Security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "taar.portal.views.pages.stale_form"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # The reader of codes at the desk makes its worker out of its own text.
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
