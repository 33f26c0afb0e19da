"""Plans of grids; mounted at ``admin/grids/`` by the site."""

from django.urls import path

from huying.web.gridding import asking, deciding, shapes, showing, stock

app_name = "gridding"

urlpatterns = [
    path("", showing.index, name="index"),
    path("new", asking.new, name="new"),
    path("ground", stock.index, name="stock"),
    path("ground/clear", stock.clear, name="clear_stock"),
    path("<int:number>", showing.one, name="one"),
    path("<int:number>.geojson", shapes.plan, name="shapes"),
    path("<int:number>/today.geojson", shapes.today, name="today"),
    path("<int:number>/again", deciding.again, name="again"),
    path("<int:number>/publish", deciding.publish, name="publish"),
    path("<int:number>/withdraw", deciding.withdraw, name="withdraw"),
    path("<int:number>/drop", deciding.drop, name="drop"),
]
