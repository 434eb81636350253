from taar.organizations.models.holding import Holding, Membership
from taar.organizations.models.organization import Duty, Organization, Post

__all__ = ["Duty", "Holding", "Membership", "Organization", "Post"]
