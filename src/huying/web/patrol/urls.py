from django.urls import path

from huying.web.patrol import duty, looking, own, sending, shell

app_name = "patrol"

urlpatterns = [
    path("", shell.app, name="app"),
    path("shell", shell.kept, name="shell"),
    path("worker.js", shell.worker, name="worker"),
    path("manifest.json", shell.manifest, name="manifest"),
    path("here", own.here, name="here"),
    path("pack", own.pack, name="pack"),
    path("tours", duty.tours, name="tours"),
    path("tours/<uuid:tour>/end", duty.ended, name="end_tour"),
    path("tours/<uuid:tour>/steps", duty.steps, name="steps"),
    path("files/<uuid:file>", sending.files, name="files"),
    path("finds", sending.finds, name="finds"),
    path("checks/<int:number>", looking.check, name="check"),
]
