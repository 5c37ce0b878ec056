"""Settings: one file, the same for demo, tests and production.

What differs comes from environment variables. Those of the tracker's own begin with
TRACKER_; each is explained here and in the operator's guide.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_language

from tracker.environment import (
    env_bool,
    env_choice,
    env_list,
    env_number,
    env_secret,
    env_text,
)
from tracker.mail import mail_server

BASE_DIR = Path(__file__).resolve().parent.parent

# The tracker's own settings

# Database, secret key, demo logins, stored copies and collected static files.
TRACKER_DATA_DIR = Path(env_text("TRACKER_DATA_DIR", str(BASE_DIR / "var"))).absolute()
# Django's debug pages. For development alone: they show settings and code to anyone.
TRACKER_DEBUG = env_bool("TRACKER_DEBUG", default=False)
# Names this site answers to, with commas.
TRACKER_ALLOWED_HOSTS = env_list("TRACKER_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
# Where readers find this site. Canonical links, feeds and mail are built from it, never
# from the Host header of a request.
TRACKER_SITE_URL = env_text("TRACKER_SITE_URL", "http://localhost:8000").rstrip("/")
# Shown in the header and in titles.
TRACKER_SITE_NAME = env_text("TRACKER_SITE_NAME", "Claim tracker")
# The one language this site speaks: English, or one with a catalogue in claims/locale.
CATALOGUES = (BASE_DIR / "claims" / "locale").glob("*/LC_MESSAGES/django.mo")
LANGUAGES_HERE = ["en", *sorted(to_language(path.parts[-3]) for path in CATALOGUES)]
TRACKER_LANGUAGE = env_choice("TRACKER_LANGUAGE", "en", LANGUAGES_HERE)
# Times are shown in this zone.
TRACKER_TIME_ZONE = env_text("TRACKER_TIME_ZONE", "UTC")
# Off for a desk of one person; the public pages then say so.
TRACKER_FOUR_EYES = env_bool("TRACKER_FOUR_EYES", default=True)
# The address that each status page offers for reporting an error.
TRACKER_REPORT_EMAIL = env_text("TRACKER_REPORT_EMAIL", "")
# How many reports a reader may send in an hour, counted by network address, and how
# many all readers together. More are asked to wait, or to write a mail.
TRACKER_REPORTS_PER_ADDRESS = env_number("TRACKER_REPORTS_PER_ADDRESS", 5)
TRACKER_REPORTS_PER_HOUR = env_number("TRACKER_REPORTS_PER_HOUR", 60)
# Within so many days a report is to be answered; readers are told so.
TRACKER_ANSWER_DAYS = env_number("TRACKER_ANSWER_DAYS", 10)
# So many days after a report is settled, `upkeep` forgets who sent it.
TRACKER_FORGET_DAYS = env_number("TRACKER_FORGET_DAYS", 90)
# Who runs this site and who pays for it, in words for the page "About"; and where the
# editorial policies stand. What is empty is left out there.
TRACKER_PUBLISHER = env_text("TRACKER_PUBLISHER", "")
TRACKER_FUNDING = env_text("TRACKER_FUNDING", "")
TRACKER_POLICIES_URL = env_text("TRACKER_POLICIES_URL", "")
# The sender of the daily mails to the desk. Empty: no mail is sent.
TRACKER_EMAIL_FROM = env_text("TRACKER_EMAIL_FROM", "")
# `upkeep` sends the daily mails from this hour on, in TRACKER_TIME_ZONE.
TRACKER_REMIND_HOUR = env_number("TRACKER_REMIND_HOUR", 7)
# A claim that nothing happened to for so many days is called idle in the daily mail.
TRACKER_IDLE_DAYS = env_number("TRACKER_IDLE_DAYS", 14)
# Off where `upkeep` should not look at the addresses of documents: it has no way out to
# other servers, or a `check_links --watch` of its own runs beside it.
TRACKER_CHECK_LINKS = env_bool("TRACKER_CHECK_LINKS", default=True)
# When a published finding is to be looked at again, by the kind of the claim. Figures
# and what is counted from them soonest: most come out anew each quarter or year. What is
# so now, and who holds a post, may end any day; causes and past events change with new
# research alone. Definitions, statements and what is not rated do not age: whether
# somebody said it stays as it was. A kind that is left out is never due by itself.
TRACKER_REVIEW_AFTER = env_text(
    "TRACKER_REVIEW_AFTER",
    "figure: 6 months, comparison: 6 months, state: 1 year, identity: 1 year, "
    "cause: 2 years, event: 2 years, definition: never, statement: never, "
    "forecast: never, opinion: never, prescription: never",
)
# On when readers come by https: secure cookies, redirect, Strict-Transport-Security.
TRACKER_HTTPS = env_bool("TRACKER_HTTPS", default=False)
# How many proxies of yours stand in front. X-Forwarded-For and X-Forwarded-Proto are
# believed from them only: with 0 both are ignored.
TRACKER_TRUSTED_PROXIES = env_number("TRACKER_TRUSTED_PROXIES", 0)
# The largest evidence file that can be attached.
TRACKER_MAX_UPLOAD_MB = env_number("TRACKER_MAX_UPLOAD_MB", 20)
# Serve the files made by `collectstatic`, with fingerprints in their names. Off: serve
# them from where they lie, for development and tests.
TRACKER_COLLECTED_STATIC = env_bool(
    "TRACKER_COLLECTED_STATIC", default=not TRACKER_DEBUG
)
# Keep public pages as they were sent until what readers get changes. Off: each is made
# anew, for development.
TRACKER_KEEP_PAGES = env_bool("TRACKER_KEEP_PAGES", default=not TRACKER_DEBUG)
# Warnings of `manage.py check --deploy` that you have read and decided about.
TRACKER_SILENCED_CHECKS = env_list("TRACKER_SILENCED_CHECKS", "")
# Not a variable: the first heading of the changelog names the version.
TRACKER_VERSION = re.findall(
    r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
)[0]

# Core

DEBUG = TRACKER_DEBUG
SECRET_KEY = env_secret("SECRET_KEY", TRACKER_DATA_DIR / "secret_key")
ALLOWED_HOSTS = TRACKER_ALLOWED_HOSTS
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",  # first: its commands and templates win
    "claims.apps.DeskConfig",  # django.contrib.admin with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_tables2",
    "simple_history",
]

# Every view asks for a login unless it is declared public. A public view touches
# neither the session nor the user, so its bytes are the same for everyone.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claims.views.kept.KeptPagesMiddleware",  # what it keeps is complete, and compressed
    "tracker.middleware.PublicGZipMiddleware",
    "tracker.middleware.OrderedPolicyMiddleware",
    "tracker.middleware.permissions_policy",
    "tracker.middleware.desk_is_not_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.middleware.ClosedDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # "Changed by"
    "axes.middleware.AxesMiddleware",  # last, says its documentation
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# A form of the desk has hundreds of fields: the usual ones are drawn without templates.
FORM_RENDERER = "claims.templatetags.form_parts.FormRenderer"

# Database and cache

DATABASE: dict[str, Any] = dict(
    dj_database_url.parse(
        env_text("DATABASE_URL", f"sqlite:///{TRACKER_DATA_DIR / 'db.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
)
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits its turn at the start, and never fails half-way.
    # FULL: a commit that was acknowledged survives a power cut. Django itself turns
    # foreign keys on.
    DATABASE["OPTIONS"] = {
        **DATABASE.get("OPTIONS", {}),
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
DATABASES = {"default": DATABASE}


def cache_from(url: str, name: str, most: int) -> dict[str, Any]:
    """Read an address; ``most`` entries are kept in the memory of each process."""
    scheme = url.partition("://")[0]
    if scheme == "locmem":
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}
    if scheme in {"redis", "rediss"}:
        # A cache that hangs must not hold up a page: half a second, then without it.
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": name,
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    raise ImproperlyConfigured(f'CACHE_URL is "{url}": it can be locmem:// or redis://')


# Kept pages have a cache of their own: many of them must not push out what is counted.
# A page is some 10 kB, so a thousand are 10 MB of each process.
CACHE_URL = env_text("CACHE_URL", "locmem://")
CACHES = {
    "default": cache_from(CACHE_URL, "counts", 10_000),
    "pages": cache_from(CACHE_URL, "pages", 1_000),
}

# Accounts and sessions

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Browsers send these two to the desk alone; a public page never gets them.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Five wrong passwords lock the pair of name and address for 15 minutes, so that nobody
# locks a colleague out from elsewhere. Trying on does not lengthen the lock.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # no list of who came when
AXES_CLIENT_IP_CALLABLE = "tracker.middleware.client_address"
AXES_ENABLE_ADMIN = False  # locks end by themselves; `axes_reset` ends them at once
AXES_VERBOSE = False

# Language and time

LANGUAGE_CODE = TRACKER_LANGUAGE
TIME_ZONE = TRACKER_TIME_ZONE
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = TRACKER_DATA_DIR / "static"
MEDIA_ROOT = TRACKER_DATA_DIR / "files"  # evidence; no address of its own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if TRACKER_COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not TRACKER_COLLECTED_STATIC
WHITENOISE_AUTOREFRESH = not TRACKER_COLLECTED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
# A claim with 500 citations, edited in place, is about 10,000 form fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Mail: the server as one address, which may hold a password and is kept nowhere else

MAIL = mail_server(env_text("TRACKER_EMAIL_URL", "smtp://localhost"))
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST = MAIL.host
EMAIL_PORT = MAIL.port
EMAIL_HOST_USER = MAIL.user
EMAIL_HOST_PASSWORD = MAIL.password
EMAIL_USE_TLS = MAIL.use_starttls
EMAIL_USE_SSL = MAIL.use_tls
EMAIL_FILE_PATH = MAIL.folder or None
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = TRACKER_EMAIL_FROM

# Headers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [TRACKER_SITE_URL]

SECURE_SSL_REDIRECT = TRACKER_HTTPS
SESSION_COOKIE_SECURE = TRACKER_HTTPS
CSRF_COOKIE_SECURE = TRACKER_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TRACKER_HTTPS else 0
if TRACKER_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: not ours to decide for other sites
    "security.W021",  # HSTS preload: likewise
    *TRACKER_SILENCED_CHECKS,
]

# Logging: what is worth reading goes to standard error, for the service manager

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # not each page that was not found
        "gunicorn.http.wsgi": {"level": "ERROR"},  # not each answer to HEAD
    },
}
