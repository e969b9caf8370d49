from allauth.account import views as allauth_account
from django.urls import include, path

from jieqing.estate.accounts.pages import developer, invitation, members, passwords, people, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    # allauth calls the same two doors by its own names.
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("account/activity/", signing_in.activity, name="activity"),
    path("account/sessions/<uuid:session_id>/end/", signing_in.end_session, name="session-end"),
    path("account/confirm/", allauth_account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", passwords.change, name="password-change"),
    path("account/password/forgotten/", passwords.forgotten, name="password-forgotten"),
    path("account/password/reset/<str:secret>/", passwords.reset, name="password-reset"),
    path("account/security/", include("allauth.mfa.urls")),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("s/<slug:site_slug>/people/", people.people, name="people"),
    path("s/<slug:site_slug>/people/roles/", people.roles, name="roles"),
    path("s/<slug:site_slug>/people/invite/", people.invite, name="invite"),
    path(
        "s/<slug:site_slug>/people/invitations/<uuid:invitation_id>/withdraw/",
        people.withdraw,
        name="invitation-withdraw",
    ),
    path(
        "s/<slug:site_slug>/people/memberships/<uuid:membership_id>/end/", people.end, name="membership-end"
    ),
    path("s/<slug:site_slug>/people/memberships/<uuid:membership_id>/", members.member, name="member"),
    path(
        "s/<slug:site_slug>/people/clearances/<uuid:clearance_id>/end/",
        members.end_clearance,
        name="clearance-end",
    ),
    path("s/<slug:site_slug>/developer/", developer.developer, name="developer"),
    path("s/<slug:site_slug>/developer/tokens/new/", developer.create_token, name="token-new"),
    path(
        "s/<slug:site_slug>/developer/tokens/<uuid:token_id>/revoke/",
        developer.revoke_token,
        name="token-revoke",
    ),
]
