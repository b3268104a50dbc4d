"""What people did, each edit with what is needed to find out later what became of it."""

import threading
from dataclasses import dataclass, field

# What a field is called in Dynamics and in Marketo.
FIELDS = {
    "title": ("jobtitle", "title"),
    "phone": ("telephone1", "phone"),
    "city": ("address1_city", "city"),
    "postal": ("address1_postalcode", "postalCode"),
}


@dataclass
class Edit:
    """One accepted edit of one field, or the making of a record."""

    number: int
    deed: str
    side: str
    table: str
    record: object
    field: str
    value: object
    begun: float
    ended: float


@dataclass
class Diary:
    """All edits, and where merged, qualified and deleted records went."""

    edits: list = field(default_factory=list)
    refused: int = 0
    # (side, id) → the id that lives on, and when.
    heirs: dict = field(default_factory=dict)
    # The leads among them that became contacts.
    qualified: set = field(default_factory=set)
    # (side, id) → when a person deleted it.
    deleted: dict = field(default_factory=dict)
    # Records that people made: (side, id) → e-mail address.
    made: dict = field(default_factory=dict)
    # E-mail addresses of which people made two persons themselves.
    doubled: set = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, deed, side, table, record, name, value, begun, ended):
        with self.lock:
            self.edits.append(Edit(
                len(self.edits), deed, side, table, record, name, value, begun, ended))

    def heir(self, side, record):
        """The record that stands for this one by now."""
        seen = set()
        while (side, record) in self.heirs and record not in seen:
            seen.add(record)
            record = self.heirs[(side, record)][0]
        return record
