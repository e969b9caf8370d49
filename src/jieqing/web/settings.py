"""Django settings for every process. What differs between machines comes from the environment.

``JIEQING_ENV`` is ``dev`` (default), ``test`` or ``prod``. Secrets come from the 0600 key file, never from here.
"""

import os
from pathlib import Path

from jieqing.plumbing import keys, paths
from jieqing.plumbing.logs import lines
from jieqing.plumbing.logs.jobs import within_job
from jieqing.plumbing.postgres import database_settings, with_pool

ENV = os.environ.get("JIEQING_ENV", "dev")
PACKAGE = Path(__file__).resolve().parents[1]

SECRET_KEY = keys.secret("django")
DEBUG = False
# The platform's own names; sites' names are looked up by jieqing.web.hosts, which answers 404 for every other host.
PLATFORM_HOSTS = frozenset(
    host.strip().lower()
    for host in os.environ.get("JIEQING_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
)
BASE_DOMAIN = os.environ.get("JIEQING_BASE_DOMAIN", "").strip(".").lower()
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("JIEQING_ORIGINS", "").split(",") if origin]

# Only a trusted proxy's word is left on a request (jieqing.web.client_address).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "jieqing.plumbing",
    "jieqing.trust.evidence",
    "jieqing.trust.notices",
    "jieqing.trust.compliance",
    "jieqing.estate.sites",
    "jieqing.estate.accounts",
    "jieqing.estate.reception",
    "jieqing.estate.webhooks",
    "jieqing.claims.parties",
    "jieqing.claims.entitlements",
    "jieqing.claims.receivables",
    "jieqing.claims.receipts",
    "jieqing.claims.papers",
    "jieqing.claims.bills",
    "jieqing.claims.exchange",
    "jieqing.claims.deadlines",
    "jieqing.claims.valuation",
    "jieqing.recovery.placements",
    "jieqing.recovery.intake",
    "jieqing.recovery.cases",
    "jieqing.recovery.scripts",
    "jieqing.recovery.outreach",
    "jieqing.recovery.channels",
    "jieqing.recovery.assurance",
    "jieqing.web",
    "procrastinate.contrib.django",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "jieqing.web.requests.RequestMiddleware",
    "jieqing.web.client_address.ClientAddressMiddleware",
    "jieqing.web.hosts.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jieqing.plumbing.csp.ContentSecurityPolicyMiddleware",
    "jieqing.web.middleware.SiteMiddleware",
]

ROOT_URLCONF = "jieqing.web.urls"
ASGI_APPLICATION = "jieqing.web.asgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
# allauth brings the ceremonies of passkeys and codes; people, log and mail stay ours (estate.accounts.pages.adapters).
ACCOUNT_ADAPTER = "jieqing.estate.accounts.pages.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_DISPLAY = "jieqing.estate.accounts.selectors.shown_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "jieqing.estate.accounts.pages.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "jieqing.estate.accounts.pages.forms.AddPasskeyForm",
    "authenticate_webauthn": "jieqing.estate.accounts.pages.forms.PasskeyStepForm",
    "login_webauthn": "jieqing.estate.accounts.pages.forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "jieqing.estate.accounts.pages.forms.PasskeyConfirmForm",
}
MFA_TOTP_ISSUER = "Jieqing"
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys on http://localhost; production demands https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV != "prod"
# Mail leaves through trust.notices only; what still calls Django's own mail is a bug and goes nowhere.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

DATABASES = database_settings()
# Web processes only: `jieqing web` asks for it. A worker keeps its own connections, a command needs one.
if os.environ.get("JIEQING_POOL"):
    DATABASES = with_pool(DATABASES, size=int(os.environ["JIEQING_POOL"]))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "jieqing.plumbing.templatetags.kit"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jieqing.plumbing.frame.context",
                "jieqing.web.navigation.context",
            ],
        },
    }
]
COTTON_DIR = "cotton"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "plumbing" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = paths.make_private(paths.data_dir() / "static")
FRONTEND_DIST = paths.checkout() / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": paths.data_dir() / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = ENV != "prod"
# Built files carry their hash in the name (frontend/build.mjs), so a browser may keep them for good.
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[A-Z0-9]{8}\.(css|js|svg|woff2)$"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV == "prod"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# A ledger file of a million rows is about 200 MB; larger ones go through the command line.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 << 20

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [within_job]}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = lines.settings()
