"""The addresses of the partnership, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.partnership import views, views_disputes, views_pilots

app_name = "partnership"
urlpatterns = [
    route("board/", views.board, name="board", may="board.see"),
    route("board/seats/new/", views.seat, name="seat", may="board.keep"),
    route("board/seats/<int:seat>/end/", views.seat_end, name="seat-end", may="board.keep"),
    route("board/meetings/new/", views.meeting, name="meeting", may="board.keep"),
    route("board/meetings/<int:meeting>/", views.meeting_held, name="meeting-held", may="board.see"),
    route("board/commitments/new/", views.commit, name="commit", may="board.keep"),
    route("board/commitments/<int:commitment>/", views.commitment, name="commitment", may="board.see"),
    route("board/pilots/new/", views_pilots.pilot_new, name="pilot-new", may="pilot.set"),
    route("board/pilots/<int:pilot>/", views_pilots.pilot, name="pilot", may="board.see"),
    route(
        "board/pilots/<int:pilot>/compared/", views_pilots.compared, name="pilot-compared", may="board.see"
    ),
    route("board/pilots/<int:pilot>/end/", views_pilots.pilot_end, name="pilot-end", may="pilot.set"),
    route("settling/", views_disputes.to_settle, name="disputes-to-settle", may="dispute.settle"),
    route("settling/<int:dispute>/", views_disputes.settle, name="dispute-settle", may="dispute.settle"),
    route("disputes/", views_disputes.disputes, name="disputes", may="dispute.raise"),
    route("disputes/new/", views_disputes.raise_one, name="dispute-new", may="dispute.raise"),
    route("disputes/<int:dispute>/", views_disputes.dispute, name="dispute", may="dispute.raise"),
]
