from django.urls import path

from huying.web.webhooks import listing, log, one, steps

app_name = "webhook"

urlpatterns = [
    path("", listing.index, name="index"),
    path("new", one.new, name="new"),
    path("<int:number>", one.page, name="one"),
    path("<int:number>/secret", one.rotate, name="secret"),
    path("<int:number>/pause", steps.press_pause, name="pause"),
    path("<int:number>/start", steps.press_start, name="start"),
    path("<int:number>/remove", steps.press_remove, name="remove"),
    path("<int:number>/try", steps.press_try, name="try"),
    path("<int:number>/resend", steps.press_resend, name="resend"),
    path("<int:number>/replay", steps.press_replay, name="replay"),
    path("<int:number>/log/<int:delivery>", log.delivery, name="delivery"),
]
