from django.urls import path

from huying.web.admin import accounts, audit, bodies, keys, places, precedents, settings
from huying.web.admin.areas import changes

app_name = "admin"

urlpatterns = [
    path("bodies", bodies.index, name="bodies"),
    path("bodies/<int:number>", bodies.one, name="body"),
    path("bodies/<int:number>/bearings", bodies.bear, name="bear"),
    path("bodies/<int:number>/spellings", bodies.spell, name="spell"),
    path("bodies/<int:number>/end", bodies.close, name="close_body"),
    path("accounts", accounts.index, name="accounts"),
    path("accounts/<int:number>", accounts.one, name="account"),
    path("accounts/<int:number>/step", accounts.step, name="account_step"),
    path("keys", keys.index, name="keys"),
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
    path("settings/<slug:what>", settings.put, name="put_setting"),
    path("precedents", precedents.index, name="precedents"),
    path("precedents/<int:number>/end", precedents.revoke, name="revoke_precedent"),
    path("health", audit.health, name="health"),
    path("health/<int:number>/settled", audit.settle, name="settle"),
]
