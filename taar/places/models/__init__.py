from taar.places.models.calendar import Closure, Holiday
from taar.places.models.place import Place, PlaceFlag

__all__ = ["Closure", "Holiday", "Place", "PlaceFlag"]
