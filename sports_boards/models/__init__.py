from sports_boards.models.application import Application, Offer, Seat, WhyNot
from sports_boards.models.attendance import Attendance
from sports_boards.models.board import Board, BoardTag, Mandate, MandateSeat, Participation, SeatAlert
from sports_boards.models.calendar_key import CalendarKey
from sports_boards.models.coach import Coach
from sports_boards.models.concern import Concern, ConcernAnswer, SupportLine, SupportRequest
from sports_boards.models.draw import ProgrammeDraw
from sports_boards.models.feed_item import FeedItem, FeedMark, FeedThing
from sports_boards.models.part import BookablePart, Booking, OpeningRule
from sports_boards.models.programme import Audience, FieldNote, Programme, ProgrammeCoach, ProgrammePart
from sports_boards.models.session import Session

__all__ = [
    "Application",
    "Attendance",
    "Audience",
    "BookablePart",
    "Board",
    "BoardTag",
    "Booking",
    "CalendarKey",
    "Coach",
    "Concern",
    "ConcernAnswer",
    "FeedItem",
    "FeedMark",
    "FeedThing",
    "FieldNote",
    "Mandate",
    "MandateSeat",
    "Offer",
    "OpeningRule",
    "Participation",
    "Programme",
    "ProgrammeCoach",
    "ProgrammeDraw",
    "ProgrammePart",
    "Seat",
    "SeatAlert",
    "Session",
    "SupportLine",
    "SupportRequest",
    "WhyNot",
]
