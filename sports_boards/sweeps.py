"""Work of the sports boards that is done again and again."""

from datetime import timedelta

from sports_boards.actions.closures import suspend_closed_sessions
from sports_boards.actions.feed_items import forget_gone, sequence_feeds
from sports_boards.actions.free_places import fill_lines
from sports_boards.actions.mandates import alert_seats
from sports_boards.actions.programme_draws import draw_programmes
from sports_boards.actions.programme_steps import advance_programmes
from sports_boards.actions.reminders import remind_of_sessions

SWEEPS = {
    "alert_seats": (alert_seats, timedelta(hours=1).total_seconds()),
    "suspend_closed_sessions": (suspend_closed_sessions, timedelta(minutes=1).total_seconds()),
    "advance_programmes": (advance_programmes, timedelta(minutes=1).total_seconds()),
    "sequence_feeds": (sequence_feeds, timedelta(seconds=10).total_seconds()),
    "forget_gone": (forget_gone, timedelta(hours=1).total_seconds()),
}

SWEEPS |= {
    "fill_free_places": (fill_lines, timedelta(minutes=1).total_seconds()),
    "draw_programmes": (draw_programmes, timedelta(minutes=10).total_seconds()),
    "remind_of_sessions": (remind_of_sessions, timedelta(minutes=5).total_seconds()),
}
