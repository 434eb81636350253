from taar.organizations.models.holding import Holding, Membership
from taar.organizations.models.organization import Duty, Organization, Post
from taar.organizations.models.venue import Family, Venue
from taar.organizations.models.visit_code import VisitCode

__all__ = ["Duty", "Family", "Holding", "Membership", "Organization", "Post", "Venue", "VisitCode"]
