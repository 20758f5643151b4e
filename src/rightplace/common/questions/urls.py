"""Where drafts are saved. Open to anybody, since visitors type too: the draft's owner is checked each time."""

from rightplace.common.questions import views
from rightplace.foundation.access.routes import PUBLIC, route

app_name = "questions"

urlpatterns = [route("drafts/<uuid:draft>/save/", views.save, name="save", may=PUBLIC)]
