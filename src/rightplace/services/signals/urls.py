"""The addresses of signals, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.signals import views_families as families
from rightplace.services.signals import views_giving as giving
from rightplace.services.signals import views_holds as holds
from rightplace.services.signals import views_same as same
from rightplace.services.signals import views_takingback as back

app_name = "signals"
urlpatterns = [
    route("early/", families.families, name="families", may="signal.see"),
    route("early/noted/", families.noted, name="noted", may="signal.see"),
    route("early/taken-back/", back.to_read, name="taken-back", may="signal.decide"),
    route("early/<int:family>/", families.family, name="family", may="signal.see"),
    route("early/<int:family>/decide/", families.decide, name="decide", may="signal.decide"),
    route("early/<int:family>/part/", families.part, name="part", may="signal.decide"),
    route("early/<int:family>/take-up/", families.take, name="take-up", may="signal.decide"),
    route("early/<int:family>/hold/", holds.ask, name="hold-ask", may="signal.decide"),
    route("holds/", holds.holds, name="holds", may="signal.hold"),
    route("holds/new/", holds.by_number, name="hold-new", may="signal.hold"),
    route("holds/<int:hold>/", holds.hold, name="hold", may="signal.hold"),
    route("same-child/", same.matches, name="matches", may="duplicate.decide"),
    route("same-child/<int:duplicate>/", same.same, name="same", may="duplicate.decide"),
    route("signals/", giving.given, name="given", may="signal.give"),
    route("signals/one/", giving.give, name="give", may="signal.give"),
    route("signals/file/", giving.give_file, name="give-file", may="signal.give"),
    route("signals/file/columns/", giving.columns, name="columns", may="signal.give"),
    route("signals/<int:signal>/", back.take, name="take-back", may="signal.give"),
    route("feeds/", giving.feeds, name="feeds", may="feed.agree"),
    route("feeds/new/", giving.feed_new, name="feed-new", may="feed.agree"),
    route("feeds/<int:feed>/", giving.feed, name="feed", may="feed.agree"),
    route("feeds/<int:renews>/renew/", giving.feed_new, name="feed-renew", may="feed.agree"),
]
