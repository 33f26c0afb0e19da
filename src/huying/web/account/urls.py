"""Addresses of signing in and of one's own account; mounted at ``account/`` by the site."""

from django.urls import path

from huying.web.account import assistants
from huying.web.account.here import here
from huying.web.account.notices import binding, choosing, pages
from huying.web.account.password import password
from huying.web.account.profile import end_session, profile
from huying.web.account.saved import drop, save
from huying.web.account.second_factor import second_factor
from huying.web.account.sign_in import code, sign_in, sign_out

app_name = "account"

urlpatterns = [
    path("", profile, name="profile"),
    path("sign-in", sign_in, name="sign_in"),
    path("code", code, name="code"),
    path("here", here, name="here"),
    path("sign-out", sign_out, name="sign_out"),
    path("password", password, name="password"),
    path("second-factor", second_factor, name="second_factor"),
    path("assistants", assistants.index, name="assistants"),
    path("assistants/<int:number>/revoke", assistants.revoke, name="revoke_assistant"),
    path("sessions/<int:session_id>/end", end_session, name="end_session"),
    path("notices", pages.index, name="notices"),
    path("notices/bell", pages.bell, name="bell"),
    path("notices/read", pages.read_all, name="notices_read"),
    path("notices/choices", choosing.choosing, name="notice_choices"),
    path("notices/chat/code", binding.code, name="chat_code"),
    path("notices/chat/unbind", binding.unbind, name="chat_unbind"),
    path("notices/<int:number>", pages.one, name="notice"),
    path("filters", save, name="save_filter"),
    path("filters/<int:number>/drop", drop, name="drop_filter"),
]
