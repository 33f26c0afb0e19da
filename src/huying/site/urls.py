"""Every address of the site: each desk brings its own list, mounted here."""

from django.urls import URLPattern, URLResolver, include, path

from huying.site.running.heartbeat import heartbeat
from huying.web.account.profile import set_language
from huying.web.evaluation.urls import desk_urls as evaluation_desks
from huying.web.opendata.pages import setting as open_data_setting
from huying.web.oversight.urls import desk_urls as oversight_desks
from huying.web.style_page import style_page
from huying.web.theme import choose as choose_theme

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", heartbeat, name="healthz"),
    path("", include("huying.web.stylesheet")),
    path("style", style_page, name="style"),
    path("account/work/", include("huying.web.tray.urls")),
    path("export/", include("huying.web.exporting.urls")),
    path("account/", include("huying.web.account.urls")),
    path("language", set_language, name="set_language"),
    path("theme", choose_theme, name="theme"),
    path("api/", include("huying.api.urls")),
    path("", include("huying.api.assistants.door.urls")),
    path("open311/", include("huying.api.open311.urls")),
    path("case/", include("huying.web.case.urls")),
    path("chat/", include("huying.web.chat.urls")),
    path("seat/", include("huying.web.seat.urls")),
    path("oversight/", include("huying.web.oversight.urls")),
    path("oversight/", include(oversight_desks)),
    path("evaluation/", include("huying.web.evaluation.urls")),
    path("evaluation/", include(evaluation_desks)),
    path("", include("huying.web.calling.urls")),
    path("reports/", include("huying.web.reports.urls")),
    path("checkup/", include("huying.web.reports.checkup_urls")),
    path("insight/", include("huying.web.insight.urls")),
    path("campaigns/", include("huying.web.campaigns.urls")),
    path("warnings/", include("huying.web.warnings.urls")),
    path("command/", include("huying.web.command.urls")),
    path("duty/", include("huying.web.duty.urls")),
    path("risk/", include("huying.web.risk.urls")),
    path("emergency/", include("huying.web.emergency.urls")),
    path("devices/", include("huying.web.devices.urls")),
    path("video/", include("huying.web.video.urls")),
    path("lab/", include("huying.web.lab.urls")),
    path("services/facilities/", include("huying.web.services.entries.urls")),
    path("services/", include("huying.web.services.urls")),
    path("nearby/", include("huying.web.services.citizen.urls")),
    path("volunteers/", include("huying.web.volunteers.urls")),
    path("volunteer/", include("huying.web.volunteers.public_urls")),
    path("residents/", include("huying.web.residents.urls")),
    path("visits/", include("huying.web.visits.urls")),
    path("patrol/", include("huying.web.patrol.urls")),
    path("patrols/", include("huying.web.patrol.desk.urls")),
    path("insight/hot/", include("huying.web.hot.urls")),
    path("insight/recurring/", include("huying.web.recurring.urls")),
    path("respond/", include("huying.web.emergency.respond_urls")),
    path("admin/teams/", include("huying.web.admin.teams.urls")),
    path("admin/duty/", include("huying.web.admin.duty.urls")),
    path("admin/webhooks/", include("huying.web.webhooks.urls")),
    path("admin/open-data", open_data_setting, name="opendata_admin"),
    path("open-data/", include("huying.web.opendata.urls")),
    path("admin/imports/", include("huying.web.importing.urls")),
    path("admin/exchange/", include("huying.web.admin.exchange.urls")),
    path("admin/grids/", include("huying.web.gridding.urls")),
    path("admin/", include("huying.web.admin.urls")),
    path("admin/audit", include("huying.web.admin.audit.urls")),
    path("admin/catalogue/", include("huying.web.admin.catalogue.urls")),
    path("admin/knowledge/", include("huying.web.knowledge.urls")),
    path("questions/", include("huying.web.knowledge.public_urls")),
    path("dispatch/", include("huying.web.dispatch.urls")),
    path("deliberation/", include("huying.web.deliberation.urls")),
    path("consult/", include("huying.web.deliberation.public_urls")),
    path("ledger/", include("huying.web.ledger.urls")),
    path("handling/", include("huying.web.handling.urls")),
    path("", include("huying.web.citizen.urls")),
]

handler400 = "huying.web.refusals.bad_request"
handler403 = "huying.web.refusals.permission_denied"
handler404 = "huying.web.refusals.page_not_found"
handler500 = "huying.web.refusals.server_error"
