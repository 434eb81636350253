from taar.people.models.family import Guardianship, Household, HouseholdMember
from taar.people.models.merge import PersonMerge, Suspicion
from taar.people.models.person import Person, Pseudonym, Residence, Verification

__all__ = [
    "Guardianship",
    "Household",
    "HouseholdMember",
    "Person",
    "PersonMerge",
    "Pseudonym",
    "Residence",
    "Suspicion",
    "Verification",
]
