from taar.organizations.models.holding import Holding, Membership
from taar.organizations.models.organization import Duty, Organization, Post
from taar.organizations.models.venue import Venue
from taar.organizations.models.visit_code import VisitCode

__all__ = ["Duty", "Holding", "Membership", "Organization", "Post", "Venue", "VisitCode"]
