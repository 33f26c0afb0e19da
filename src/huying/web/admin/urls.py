from django.urls import path

from huying.web.admin import bodies, chats, corrections, erasures, health, keys, places, precedents
from huying.web.admin import bodies, corrections, erasures, health, keys, outside, places, precedents
from huying.web.admin.areas import changes
from huying.web.admin.people import accounts, left, steps
from huying.web.admin.settings import assessment, calendar, formulas, plans, situations
from huying.web.admin.settings import pages as settings
from huying.web.admin.texts import carriers, pages, replies

app_name = "admin"

urlpatterns = [
    path("bodies", bodies.index, name="bodies"),
    path("bodies/<int:number>", bodies.one, name="body"),
    path("bodies/<int:number>/bearings", bodies.bear, name="bear"),
    path("bodies/<int:number>/spellings", bodies.spell, name="spell"),
    path("bodies/<int:number>/end", bodies.close, name="close_body"),
    path("bodies/<int:number>/reopen", bodies.reopen, name="reopen_body"),
    path("accounts", accounts.index, name="accounts"),
    path("accounts/<int:number>", accounts.one, name="account"),
    path("accounts/<int:number>/step", steps.step, name="account_step"),
    path("accounts/<int:number>/name", steps.rename, name="rename_account"),
    path("posts/left", left.index, name="posts_left"),
    path("posts/<int:post>/move", steps.move, name="move_post"),
    path("corrections", corrections.index, name="corrections"),
    path("corrections/undo", corrections.undo, name="take_back"),
    path("erasures", erasures.index, name="erasures"),
    path("chats", chats.index, name="chats"),
    path("chats/<int:number>", chats.one, name="chat"),
    path("chats/<int:number>/switch", chats.turn, name="switch_chat"),
    path("chats/<int:number>/try", chats.attempt, name="try_chat"),
    path("keys", keys.index, name="keys"),
    path("outside", outside.index, name="outside"),
    path("keys/<int:number>/end", keys.revoke, name="revoke_key"),
    path("areas", places.index, name="areas"),
    path("areas.geojson", places.shapes, name="area_shapes"),
    path("areas/changes", changes.index, name="area_changes"),
    path("areas/changes/<int:number>", changes.one, name="area_change"),
    path("areas/changes/<int:number>.geojson", changes.outlines, name="area_change_outlines"),
    path("areas/changes/<int:number>/steps", changes.step, name="area_step"),
    path("areas/changes/<int:number>/undo", changes.undo, name="area_undo"),
    path("areas/changes/<int:number>/renew", changes.renew, name="area_renew"),
    path("areas/changes/<int:number>/force", changes.force, name="area_force"),
    path("areas/changes/<int:number>/drop", changes.drop, name="area_drop"),
    path("settings", settings.index, name="settings"),
    path("settings/calendar", calendar.index, name="calendar"),
    path("settings/calendar/<slug:what>", calendar.put, name="put_day"),
    path("settings/formulas", formulas.index, name="formulas"),
    path("settings/formulas/<str:code>", formulas.one, name="formula"),
    path("settings/situations", situations.index, name="situations"),
    path("settings/situations/<str:code>", situations.one, name="situation"),
    path("settings/situations/<str:code>/end", situations.end, name="end_situation"),
    path("settings/plans", plans.index, name="plans"),
    path("settings/plans/<slug:code>", plans.one, name="plan"),
    path("settings/plans/<slug:code>/move", plans.move, name="move_plan"),
    path("settings/assessment", assessment.index, name="assessment"),
    path("settings/<slug:what>", settings.put, name="put_setting"),
    path("texts/", pages.index, name="texts"),
    path("texts/notice/<slug:name>/<slug:language>", pages.notice, name="notice_text"),
    path("texts/<slug:kind>/<slug:name>/<slug:language>/restore", pages.restore, name="restore_text"),
    path("texts/replies/", replies.index, name="replies"),
    path("texts/replies/new", replies.new, name="new_reply"),
    path("texts/reply/<slug:name>", replies.one, name="reply"),
    path("texts/reply/<slug:name>/retire", replies.retire, name="retire_reply"),
    path("notices/", carriers.index, name="notices"),
    path("notices/residents", carriers.residents, name="resident_notices"),
    path("notices/resend", carriers.again, name="resend_notices"),
    path("notices/announce", carriers.say, name="announce"),
    path("precedents", precedents.index, name="precedents"),
    path("precedents/<int:number>/end", precedents.revoke, name="revoke_precedent"),
    path("health", health.health, name="health"),
    path("health/<int:number>/settled", health.settle, name="settle"),
]
