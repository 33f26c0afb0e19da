"""Meetings and proposals of the staff; mounted at ``deliberation/`` by the site."""

from django.urls import path

from huying.web.deliberation import kinds, meetings, proposals, voting, working

app_name = "deliberation"

urlpatterns = [
    path("", meetings.index, name="meetings"),
    path("meetings/new", meetings.new, name="new_meeting"),
    path("meetings/<int:meeting>", meetings.page, name="meeting"),
    path("meetings/<int:meeting>/change", meetings.change, name="change_meeting"),
    path("meetings/<int:meeting>/appeals", meetings.take_one, name="take"),
    path("meetings/<int:meeting>/appeals/<int:number>/claim", meetings.claim_one, name="claim"),
    path("meetings/<int:meeting>/end", meetings.end, name="end_meeting"),
    path("meetings/<int:meeting>/minutes", meetings.minutes, name="minutes"),
    path("proposals/", proposals.index, name="proposals"),
    path("proposals/new", proposals.new, name="new_proposal"),
    path("proposals/<int:proposal>", proposals.page, name="proposal"),
    path("proposals/<int:proposal>/change", proposals.change, name="change_proposal"),
    path("proposals/<int:proposal>/discussions", proposals.discussed, name="discuss"),
    path("proposals/<int:proposal>/withdraw", proposals.withdrawn, name="withdraw"),
    path("proposals/<int:proposal>/households", voting.households, name="households"),
    path("proposals/<int:proposal>/households/<int:number>/code", voting.another_code, name="another_code"),
    path("proposals/<int:proposal>/open", voting.opened, name="open"),
    path("proposals/<int:proposal>/close", voting.closed, name="close"),
    path("proposals/<int:proposal>/decision", working.decided, name="decide"),
    path("proposals/<int:proposal>/steps", working.step, name="add_step"),
    path("proposals/<int:proposal>/steps/<int:step>", working.step_done, name="do_step"),
    path("proposals/<int:proposal>/cases", working.case, name="add_case"),
    path("proposals/<int:proposal>/done", working.done, name="done"),
    path("kinds", kinds.index, name="kinds"),
]
