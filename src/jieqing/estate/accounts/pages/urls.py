from django.contrib.auth import views as auth
from django.urls import path

from jieqing.estate.accounts.pages import invitation, people
from jieqing.estate.accounts.pages.forms import SignInForm

urlpatterns = [
    path(
        "sign-in/",
        auth.LoginView.as_view(
            template_name="accounts/sign_in.html",
            authentication_form=SignInForm,
            redirect_authenticated_user=True,
        ),
        name="sign-in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
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
]
