"""Django's settings; every choice a user may make is read from the environment in ``environment``."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from huying.kernel.outward import Network
from huying.site import assets
from huying.site.configuration import environment
from huying.site.configuration.tiles import origins_of

environment.check()

DEBUG = environment.value("DEBUG")
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = environment.value("OLD_SECRET_KEYS")
ALLOWED_HOSTS = environment.value("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.value("TRUSTED_ORIGINS")
DATABASES = {"default": environment.database()}
HUYING_DIGEST: str = environment.value("DIGEST")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Serves the pages of the interface's description from here, not from another host.
    "ninja",
    "huying.annals",
    "huying.places",
    "huying.people",
    "huying.catalogue",
    "huying.knowledge",
    "huying.texts",
    "huying.cases",
    "huying.teams",
    "huying.figures",
    "huying.longwork",
    "huying.sandbox",
    "huying.loop.allocate",
    "huying.loop.dispose",
    "huying.loop.supervise",
    "huying.loop.evaluate",
    "huying.chat",
    "huying.notices",
    "huying.exchange",
    "huying.prevent.risk",
    "huying.prevent.hot_issues",
    "huying.prevent.recurring",
    "huying.prevent.warnings",
    "huying.prevent.campaigns",
    "huying.reports",
    "huying.deliberation",
    "huying.emergency",
    "huying.devices",
    "huying.video",
    "huying.lab",
    "huying.services",
    "huying.volunteers",
    "huying.residents",
    "huying.visits",
    "huying.patrol",
    "huying.gridding",
    "huying.webhooks",
    "huying.opendata",
    "huying.erasure",
    "huying.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "huying.web.account.middleware.StaffMiddleware",
    "huying.web.refusals.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "huying.site.urls"
WSGI_APPLICATION = "huying.site.front.application.django_application"

# Counts of wrong tries lie here, in each process: as many keys as nobody can push out by making up others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# People
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["huying.people.queries.sessions.AccountBackend"]
SESSION_ENGINE = "huying.people.queries.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Seconds of idleness after which a session ends.
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "huying.web.refusals.csrf_failure"

# Words and time
LANGUAGE_CODE = environment.value("LANGUAGE")
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.value("TIME_ZONE")

# Files. The address of what browsers may keep for ever carries a digest of it all, so that modules may
# import each other by plain relative names.
STATIC_URL = assets.address(fixed=DEBUG)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = assets.kept_for_ever
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}
MEDIA_ROOT = environment.media_dir()
MEDIA_URL = "media/"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20

# What the platform itself asks for
HUYING_DIGEST = environment.value("DIGEST")
HUYING_TELEPHONE: str = environment.value("TELEPHONE")
HUYING_ADDRESS: str = environment.value("ADDRESS")
HUYING_NOTICES: Path | None = environment.value("NOTICES")
HUYING_TILES: list[str] = environment.value("TILES")
HUYING_TILES_DATUM: str = environment.value("TILES_DATUM")
HUYING_TILES_CREDIT: str = environment.value("TILES_CREDIT")
HUYING_ROUTE_LINK: str = environment.value("ROUTE_LINK")
HUYING_ROUTE_LINK_DATUM: str = environment.value("ROUTE_LINK_DATUM")
HUYING_WORK_DIR: Path = environment.data_dir() / "work"
# Where folders of systems lie that exchange files; an operator mounts or links theirs here.
HUYING_EXCHANGE_DIR: Path = environment.data_dir() / "exchange"
HUYING_WORK_DAYS: int = environment.value("WORK_DAYS")
HUYING_WORK_PROCESSES: int = environment.value("WORK_PROCESSES")
HUYING_MAIL_URL: str = environment.value("MAIL_URL")
HUYING_MAIL_FROM: str = environment.value("MAIL_FROM")
HUYING_MODEL_URL: str = environment.value("MODEL_URL")
HUYING_MODEL_NAME: str = environment.value("MODEL_NAME")
HUYING_MODEL_KEY: str = environment.value("MODEL_KEY")
HUYING_SMS_URL: str = environment.value("SMS_URL")
HUYING_SMS_KEY: str = environment.value("SMS_KEY")
HUYING_SMS_SECRET: str = environment.value("SMS_SECRET")
HUYING_WECHAT: str = environment.value("WECHAT")
HUYING_WECHAT_ID: str = environment.value("WECHAT_ID")
HUYING_WECHAT_SECRET: str = environment.value("WECHAT_SECRET")
HUYING_WECHAT_SENDER: str = environment.value("WECHAT_SENDER")
HUYING_WECHAT_URL: str = environment.value("WECHAT_URL")
HUYING_WEBHOOK_NETWORKS: tuple[Network, ...] = environment.value("WEBHOOK_NETWORKS")
HUYING_WEBHOOK_PORTS: frozenset[int] = environment.value("WEBHOOK_PORTS")
HUYING_WEBHOOK_DAYS: int = environment.value("WEBHOOK_DAYS")
HUYING_MQTT_URL: str = environment.value("MQTT_URL")
HUYING_MQTT_TOPICS: list[str] = environment.value("MQTT_TOPICS")
HUYING_MQTT_CLIENT: str = environment.value("MQTT_CLIENT")
HUYING_MQTT_CA: str = environment.value("MQTT_CA")
HUYING_HJ212: tuple[str, int] | None = environment.value("HJ212")
HUYING_READING_MONTHS: int = environment.value("READING_MONTHS")
HUYING_TRACK_DAYS: int = environment.value("TRACK_DAYS")
HUYING_PROXIES: int = environment.value("PROXIES")

# Safety
_https = environment.value("HTTPS")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 365 * 86400 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_tile_hosts = origins_of(HUYING_TILES)
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tile_hosts],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF, *_tile_hosts],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        # A line for each request to another system, with whatever its address says, is no news.
        "httpx": {"level": "WARNING"},
    },
}
