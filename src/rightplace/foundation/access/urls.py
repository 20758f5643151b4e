"""Signing in, with those addresses of allauth that are named here and no others, and the pages of access itself."""

from allauth.account import urls as account_urls
from allauth.mfa.base import urls as mfa_urls
from allauth.mfa.recovery_codes import urls as recovery_urls
from allauth.mfa.totp import urls as totp_urls
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from rightplace.foundation.access import views
from rightplace.foundation.access.routes import ACCOUNT, PUBLIC, mounted, route

ACCOUNT_PAGES = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reauthenticate": ACCOUNT,
}
MFA_PAGES = {"mfa_index": ACCOUNT, "mfa_authenticate": PUBLIC, "mfa_reauthenticate": ACCOUNT}
RECOVERY_PAGES = {
    "mfa_view_recovery_codes": ACCOUNT,
    "mfa_generate_recovery_codes": ACCOUNT,
    "mfa_download_recovery_codes": ACCOUNT,
}
TOTP_PAGES = {"mfa_activate_totp": ACCOUNT, "mfa_deactivate_totp": ACCOUNT}

webauthn_pages = [
    route("", webauthn.list_webauthn, name="mfa_list_webauthn", may=ACCOUNT),
    route("add/", webauthn.add_webauthn, name="mfa_add_webauthn", may=ACCOUNT),
    route("login/", webauthn.login_webauthn, name="mfa_login_webauthn", may=PUBLIC),
    route(
        "reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn", may=ACCOUNT
    ),
    route("keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn", may=ACCOUNT),
    route("keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn", may=ACCOUNT),
]

password_pages = [
    route("password/change/", views.change_password, name="account_change_password", may=ACCOUNT),
]

own_pages = [
    route("role/", views.role, name="role", may=ACCOUNT),
    route("files/<int:file>/reason/", views.reason, name="reason", may="child.open"),
    route("glass/", views.break_glass, name="glass", may="breakglass.use"),
    route("glass/second/", views.second, name="second", may="breakglass.confirm"),
    route("glass/review/", views.review, name="review", may="breakglass.review"),
    route("glass/review/<int:number>/", views.review, name="review-one", may="breakglass.review"),
]

urlpatterns = [
    path("account/", include(password_pages)),
    path("account/", include(mounted(account_urls.urlpatterns, may=ACCOUNT_PAGES))),
    path("account/2fa/", include(mounted(mfa_urls.urlpatterns, may=MFA_PAGES))),
    path("account/2fa/totp/", include(mounted(totp_urls.urlpatterns, may=TOTP_PAGES))),
    path("account/2fa/recovery-codes/", include(mounted(recovery_urls.urlpatterns, may=RECOVERY_PAGES))),
    path("account/2fa/webauthn/", include(webauthn_pages)),
    path("", include((own_pages, "access"))),
]
