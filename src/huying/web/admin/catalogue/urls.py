from django.urls import path

from huying.web.admin.catalogue import editions, inplace, proposals, questions, sheets, table, what_if

app_name = "catalogue"

urlpatterns = [
    path("", editions.index, name="index"),
    path("drafts", editions.draft, name="draft"),
    path("proposals", proposals.index, name="proposals"),
    path("starter", editions.start, name="start"),
    path("<int:number>", table.edition, name="edition"),
    path("<int:number>/step", editions.step, name="step"),
    path("<int:number>/list.xlsx", sheets.export, name="export"),
    path("<int:number>/import", sheets.bring_in, name="import"),
    path("<int:number>/cells", inplace.put, name="cells"),
    path("<int:number>/what-if", what_if.index, name="what_if"),
    path("<int:number>/comparison", sheets.compare, name="compare"),
    path("<int:number>/items/<str:code>", table.item, name="item"),
    path("<int:number>/items/<str:code>/removal", table.remove, name="remove"),
    path("<int:number>/items/<str:code>/questions", questions.index, name="questions"),
    path("<int:number>/items/<str:code>/questions/<str:question>/end", questions.end, name="end_question"),
    path("<int:number>/items/<str:code>/conditions/<int:place>", table.condition, name="condition"),
]
