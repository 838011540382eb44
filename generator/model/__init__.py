"""THE declaration of every kind. Validation, editor schemas and the reference all come from here."""

from __future__ import annotations

from collections.abc import Mapping

from generator.kinds import KINDS, MARKDOWN_KINDS, Kind
from generator.model.base import Citation, OpenPoint, Record, Review, Signoff
from generator.model.evidence import Bound, Figure, Source, Term
from generator.model.media import Media
from generator.model.outline import Parcel, outline, to_json
from generator.model.people import Consent, Honour, HonourHeld, NameForm, Person
from generator.model.places import Organization, Place, Region, Route
from generator.model.policies import Policy, Service
from generator.model.schools import Lesson
from generator.model.site import Brochure, SiteConfig
from generator.model.stories import Activity, Initiative, Lecture, Story
from generator.model.types import Level, PartialDate, Period, Status

MODELS: Mapping[Kind, type[Record]] = {
    model.kind: model
    for model in (
        Region,
        Person,
        Honour,
        Organization,
        Place,
        Route,
        Story,
        Lecture,
        Activity,
        Initiative,
        Policy,
        Service,
        Figure,
        Lesson,
        Source,
        Term,
    )
}


def from_json(kind: Kind, data: bytes) -> Record:
    """The record that `to_json` wrote. Reading the JSON validates it too, which costs no more than leaving it out."""
    return MODELS[kind].model_validate_json(data)


__all__ = [
    "KINDS",
    "MARKDOWN_KINDS",
    "MODELS",
    "Activity",
    "Bound",
    "Brochure",
    "Citation",
    "Consent",
    "Figure",
    "Honour",
    "HonourHeld",
    "Initiative",
    "Kind",
    "Lecture",
    "Lesson",
    "Level",
    "Media",
    "NameForm",
    "OpenPoint",
    "Organization",
    "Parcel",
    "PartialDate",
    "Period",
    "Person",
    "Place",
    "Policy",
    "Record",
    "Region",
    "Review",
    "Route",
    "Service",
    "Signoff",
    "SiteConfig",
    "Source",
    "Status",
    "Story",
    "Term",
    "from_json",
    "outline",
    "to_json",
]
