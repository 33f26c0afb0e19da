from django.urls import path

from huying.web.residents import beside, buildings, keeping, kinds, listing, one, registering

app_name = "residents"

urlpatterns = [
    path("", listing.index, name="index"),
    path("find", listing.search, name="find"),
    path("new", registering.new, name="new"),
    path("import", kinds.bring, name="import"),
    path("kinds", kinds.index, name="kinds"),
    path("kinds/<slug:code>/end", kinds.end, name="end_kind"),
    path("buildings/", buildings.index, name="buildings"),
    path("buildings/new", buildings.new, name="new_building"),
    path("buildings/<int:number>", buildings.one, name="building"),
    path("buildings/<int:number>/edit", buildings.edit, name="edit_building"),
    path("buildings/<int:number>/end", buildings.end, name="end_building"),
    path("buildings/<int:number>/flats", buildings.flats, name="flats"),
    path("<int:number>", one.card, name="one"),
    path("<int:number>/whole", one.whole, name="whole"),
    path("<int:number>/edit", registering.edit, name="edit"),
    path("<int:number>/leave", registering.gone, name="leave"),
    path("<int:number>/labels", keeping.labels, name="labels"),
    path("<int:number>/grounds", keeping.grounds, name="grounds"),
    path("<int:number>/contacts", keeping.contacts, name="contacts"),
    path("<int:number>/devices", keeping.devices, name="devices"),
    path("<int:number>/change", beside.change, name="change"),
    path("<int:number>/arrangement", beside.arrangement, name="arrangement"),
    path("<int:number>/visits", beside.extra, name="extra"),
]
