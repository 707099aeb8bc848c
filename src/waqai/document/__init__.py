"""What an article is once it has been read: frozen types, no input or output, no Arabic rules."""

from waqai.document.document import Document, document_id
from waqai.document.event import Casualties, Event, Modality, Polarity, Trigger
from waqai.document.evidence import Evidence
from waqai.document.mentions import CoreferenceChain, Entity, EntityKind, Mention, Participant
from waqai.document.place import Place, PlaceLevel, PlaceReference
from waqai.document.span import Span, cover, locate
from waqai.document.speech import Attribution, Quotation, Source
from waqai.document.structure import Block, BlockRole, Genre, PartOfSpeech, Reading, Sentence, Token
from waqai.document.syntax import Parse, Phrase, Tag
from waqai.document.time import Interval, Precision, TimeExpression

__all__ = [
    "Attribution",
    "Block",
    "BlockRole",
    "Casualties",
    "CoreferenceChain",
    "Document",
    "Entity",
    "EntityKind",
    "Event",
    "Evidence",
    "Genre",
    "Interval",
    "Mention",
    "Modality",
    "Parse",
    "PartOfSpeech",
    "Participant",
    "Phrase",
    "Place",
    "PlaceLevel",
    "PlaceReference",
    "Polarity",
    "Precision",
    "Quotation",
    "Reading",
    "Sentence",
    "Source",
    "Span",
    "Tag",
    "TimeExpression",
    "Token",
    "Trigger",
    "cover",
    "document_id",
    "locate",
]
