"""Django's settings, worked out from the choices in `configuration.py`; no choice is made here."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from csp.constants import NONE, SELF

from rightplace import configuration, dbserver, logs
from rightplace.configuration import Mode

CHOSEN = configuration.current()
MODE = CHOSEN.mode
HERE = Path(__file__).resolve().parent

# -- what there is ---------------------------------------------------------------------------------------------------

# An app appears when there is something in it; the demo is left out of the production wheel.
LAYERS = (
    "rightplace.foundation.organisation",
    "rightplace.foundation.access",
    "rightplace.foundation.journal",
    "rightplace.foundation.people",
    "rightplace.common.caseflow",
    "rightplace.common.questions",
    "rightplace.common.documents",
    "rightplace.common.disclosure",
    "rightplace.common.web",
    "rightplace.services.frontdoor",
    "rightplace.services.signals",
    "rightplace.services.familysupport",
    "rightplace.services.assessment",
    "rightplace.services.protection",
    "rightplace.services.schools",
    "rightplace.services.funding",
    "rightplace.services.teams",
    "rightplace.services.partnership",
    "rightplace.services.directory",
    "rightplace.services.workforce",
    "rightplace.services.supervision",
    "rightplace.services.learning",
    "rightplace.services.performance",
    "rightplace.services.recruitment",
    "rightplace.services.restructure",
    "rightplace.services.selection",
    "rightplace.services.cutover",
    "rightplace.overview.desk",
    "rightplace.overview.leadership",
    "rightplace.overview.capacity",
    "rightplace.overview.partners",
    "rightplace.gateways.exchange",
    "rightplace.gateways.api",
    "rightplace.demo",
)


def _is_there(app: str) -> bool:
    return HERE.joinpath(*app.split(".")[1:], "apps.py").exists()


OWN_APPS = [
    app for app in LAYERS if _is_there(app) and not (app == "rightplace.demo" and MODE is Mode.PRODUCTION)
]

INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rightplace.logs.RequestLines",
    "rightplace.common.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rightplace.foundation.access.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if "rightplace.demo" in OWN_APPS:
    MIDDLEWARE.append("rightplace.demo.middleware.Guiding")

ROOT_URLCONF = "rightplace.urls"
WSGI_APPLICATION = "rightplace.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "rightplace.common.web.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    },
    # allauth's own pages, where ours do not stand before them
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# -- the database ----------------------------------------------------------------------------------------------------

# The application's role makes and drops nothing; only migrations use the owner's.
DATABASES = {
    "default": dbserver.django_database("app") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
    "owner": dbserver.django_database("owner"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- secrets and the browser -----------------------------------------------------------------------------------------

RIGHTPLACE_KEY_FILE = configuration.secret(CHOSEN.key_file, "journal.key")


def _secret_key() -> str:
    """The key that signs sessions; production refuses to start without one, and says so in one sentence."""
    file = configuration.secret(CHOSEN.secret_key_file, "web.key")
    return file.read_text().strip() if file.is_file() else ""


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = list(CHOSEN.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if MODE is Mode.PRODUCTION]

IS_HTTPS = MODE is Mode.PRODUCTION
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CHOSEN.trust_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_FAILURE_VIEW = "rightplace.common.web.wrong.csrf_failure"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# No script or style in a page, nothing from elsewhere: a name typed into a form can never become a program.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# Uploads stay in memory until they are encrypted into the database: nothing of a child lies in a temporary folder.
FILE_UPLOAD_HANDLERS = ["rightplace.common.documents.uploads.OnlyInMemory"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# -- signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rightplace.foundation.access.signin.Adapter"
MFA_ADAPTER = "rightplace.foundation.access.signin.SecondFactor"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the administrator; nobody signs up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = f"Rightplace {CHOSEN.authority}"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# -- files of the site -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
# The wheel carries what was built, so there is nothing to collect: each app's own folder is served.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = MODE is Mode.DEVELOPMENT
WHITENOISE_MAX_AGE = 3600 if MODE is Mode.PRODUCTION else 0

# -- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = CHOSEN.time_zone

# -- mail, logs, work in the background ------------------------------------------------------------------------------


def _mail_server() -> SplitResult | None:
    """The chosen mail server; without one nothing is sent."""
    return urlsplit(CHOSEN.email_url_file.read_text().strip()) if CHOSEN.email_url_file else None


MAIL_SERVER = _mail_server()
# without a server nothing leaves the machine; the demonstration shows on its console what would have been sent
_NO_SERVER = "console" if MODE is Mode.DEMO else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else _NO_SERVER}.EmailBackend"
EMAIL_HOST = (MAIL_SERVER and MAIL_SERVER.hostname) or "localhost"
EMAIL_PORT = (MAIL_SERVER and MAIL_SERVER.port) or 25
EMAIL_HOST_USER = unquote((MAIL_SERVER and MAIL_SERVER.username) or "")
EMAIL_HOST_PASSWORD = unquote((MAIL_SERVER and MAIL_SERVER.password) or "")
EMAIL_USE_TLS = bool(MAIL_SERVER and MAIL_SERVER.scheme == "smtp+tls")
DEFAULT_FROM_EMAIL = CHOSEN.email_from
LOGGING = logs.configured("ERROR" if MODE is Mode.TEST else "INFO")
AUTHORITY = CHOSEN.authority
DEMO = MODE is Mode.DEMO
