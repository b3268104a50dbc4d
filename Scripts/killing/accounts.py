"""What became of each edit, by both services, the links, the log and the error list."""

import sqlite3
from collections import Counter, defaultdict

from .edits import FIELDS

STANDS = "stands on both sides"
WRITTEN = "was written to the other side, and edited again later"
COLLISION = "lost a collision, whose rule the log names"
REPLACED = "replaced on its own side by a later edit"
MERGED = "its record was merged away by a person"
DELETED = "its record was deleted by a person"
LISTED = "the error list names its record"
ALONE = "its person was never asked to be a Dynamics record"
WINDOW = "overwritten in Marketo's window, without a precondition"
DONE = "was followed: a deletion, a merge, a qualification, a connection"
MISSING = "MISSING"

# Between the look at a batch of persons and the write: Marketo has no preconditions.
WINDOW_SECONDS = 5


class Accounts:
    """Both services as they stand in the end, beside dynsync's database."""

    def __init__(self, diary, dynamics, marketo, database, token):
        self.diary, self.marketo, self.token = diary, marketo, token
        self.database = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        columns = [pair[0] for pair in FIELDS.values()] + [
            "emailaddress1", "donotphone", "_ownerid_value", "statecode", "merged"]
        self.rows = {}
        for table in ("leads", "contacts"):
            more = ["_parentcustomerid_value"] if table == "contacts" else []
            for row in dynamics.rows(table, [f"{table[:-1]}id"] + columns + more):
                self.rows[row[f"{table[:-1]}id"]] = row
        self.accounts = {
            row["accountid"]: row for row in dynamics.rows("accounts", ["accountid", "telephone1"])}
        self.opportunities = {
            row["opportunityid"]: row
            for row in dynamics.rows("opportunities", ["opportunityid", "name", "statecode"])}
        self.persons = marketo.persons()
        self.companies = marketo.objects(
            "companies", "externalCompanyId", sorted(self.accounts), ["mainPhone"])
        self.deals = marketo.objects(
            "opportunities", "externalOpportunityId",
            sorted({edit.record for edit in diary.edits if edit.table == "opportunities"}),
            ["name", "isClosed", "isWon"])
        self.partner = {}
        self.linked = {}
        self.roles = {
            (row["externalOpportunityId"], row["leadId"]) for row in marketo.every(
                "opportunities/roles", "externalOpportunityId", sorted(self.opportunities),
                ["leadId"])}
        self.history = set(self.ask(
            "SELECT dynamics_id, marketo_id FROM activity_log UNION"
            " SELECT dynamics_id, marketo_id FROM link"))
        # Records of which the log says that they, or their persons, are gone.
        self.gone = {row[0] for row in self.ask(
            "SELECT dynamics_id FROM activity_log WHERE action = 'deleted'")}
        for ours, theirs in self.ask(
            "SELECT dynamics_id, marketo_id FROM link WHERE state = 'active'"
            " AND entity IN ('lead', 'contact')"):
            self.partner[ours] = int(theirs)
            self.linked[int(theirs)] = ours
        self.listed = {
            value for row in self.ask("SELECT dynamics_id, marketo_id FROM sync_error")
            for value in row if value
        } | {row[0] for row in self.ask("SELECT record_id FROM sync_error_candidate")}
        self.written = {value for value, in self.ask(
            "SELECT sent_value FROM operation_field JOIN operation USING (operation_id)"
            " WHERE status = 'applied' AND sent_value IS NOT NULL")}
        # The values that a rule let lose, by side, and when it last did.
        self.lost = {
            (side, value): second for side, value, second in self.ask(
                "SELECT CASE winner WHEN 'dynamics' THEN 'marketo' ELSE 'dynamics' END,"
                " CASE winner WHEN 'dynamics' THEN marketo_value ELSE dynamics_value END,"
                " max(unixepoch(at)) FROM activity_log"
                " WHERE action IN ('collision', 'first_link') AND rule <> '' AND winner IS NOT NULL"
                " GROUP BY 1, 2")}

    def ask(self, sql):
        return self.database.execute(sql).fetchall()

    def place(self, edit):
        """The Dynamics record and the person that an edit is about by now."""
        record = self.diary.heir(edit.side, edit.record)
        if edit.side == "dynamics":
            return record, self.partner.get(record)
        return self.linked.get(record), record

    def settle(self):
        """The class of each edit, and the edits that nothing accounts for."""
        groups = defaultdict(list)
        for edit in self.diary.edits:
            groups[(edit.table if edit.field and " " in edit.field else "", edit.field)
                   + self.place(edit)].append(edit)
        classes, missing, windows = Counter(), [], []
        for edits in groups.values():
            for edit in edits:
                found = self.judge(edit, [e for e in edits if e.begun > edit.begun])
                classes[found] += 1
                if found == MISSING:
                    missing.append(self.tell(edit))
                elif found == WINDOW:
                    windows.append(self.tell(edit))
        return classes, missing, windows

    def judge(self, edit, later):
        if edit.field in (None, "role"):
            return self.judge_deed(edit)
        if edit.field in ("account phone", "opportunity name", "stage"):
            return self.judge_one_way(edit, later)
        record, person = self.place(edit)
        row, held = self.rows.get(record), self.persons.get(person)
        if edit.field in ("owner", "company", "optout"):
            if row and held and self.follows(edit, row, held, later):
                return STANDS if edit.field == "optout" or not later else REPLACED
        elif row and held:
            ours, theirs = FIELDS[edit.field]
            if row[ours] == edit.value and held[theirs] == edit.value:
                return STANDS
            if edit.value in self.written and (later or self.was_merged(edit)):
                return WRITTEN
            if self.lost.get((edit.side, edit.value), 0) >= int(edit.begun):
                return COLLISION
        if any(e.side == edit.side and self.row_of(e) == self.row_of(edit) for e in later):
            return REPLACED
        return self.judge_ended(edit, record, person)

    def row_of(self, edit):
        """The record itself; a qualified lead has given its values to its contact."""
        record = edit.record
        while edit.side == "dynamics" and record in self.diary.qualified:
            record = self.diary.heirs[("dynamics", record)][0]
        return record

    def judge_deed(self, edit):
        """Whether links and roles follow what is no edit of a value."""
        if edit.field == "role":
            if edit.record not in self.opportunities:  # it went with its customer
                return DELETED
            contact = self.diary.heir("dynamics", edit.value)
            person = self.partner.get(contact)
            is_there = (edit.record, person) in self.roles
            return DONE if is_there else self.judge_absent(contact) if person is None else MISSING
        if edit.side == "marketo":
            is_gone = edit.record not in self.persons and edit.record not in self.linked
            return DONE if is_gone else MISSING
        heir = self.diary.heir("dynamics", edit.record)
        if heir != edit.record and ("dynamics", heir) in self.diary.deleted:
            return DELETED
        if edit.record in self.partner:
            return MISSING
        is_followed = edit.deed != "qualify" or heir in self.partner
        return DONE if is_followed else self.judge_absent(heir)

    def judge_absent(self, record):
        """Why a record has no person."""
        if record in self.gone or ("dynamics", record) in self.diary.deleted:
            return DELETED
        return LISTED if record in self.listed else MISSING

    def judge_ended(self, edit, record, person):
        """An edit whose record or person is no more, or was never linked."""
        if self.was_merged(edit):
            return MERGED
        own = (edit.side, record if edit.side == "dynamics" else person)
        if own in self.diary.deleted or self.partner_was_deleted(edit):
            return DELETED
        if str(record) in self.listed or str(person) in self.listed:
            return LISTED
        if edit.side == "marketo" and record is None and person in self.persons:
            standing = self.persons[person]
            if not standing["dynamicsId"] and not standing["dynamicsSyncAs"]:
                return ALONE
        if edit.side == "marketo" and self.was_overwritten(edit):
            return WINDOW
        return MISSING

    def was_merged(self, edit):
        """Whether the record, or the one that it was linked to, was merged after the edit.

        A lead that was qualified is no merge: its contact has its values.
        """
        record = edit.record
        while (edit.side, record) in self.diary.heirs:
            heir, at = self.diary.heirs[(edit.side, record)]
            if at > edit.begun and record not in self.diary.qualified:
                return True
            record = heir
        return any(
            side != edit.side and at > edit.begun and other not in self.diary.qualified
            and self.knew(edit, other)
            for (side, other), (_, at) in self.diary.heirs.items())

    def partner_was_deleted(self, edit):
        """Whether what it was linked to was deleted.

        An edit in Dynamics after that makes a new person; one in Marketo makes nothing.
        """
        return any(
            side != edit.side and self.knew(edit, other)
            and (edit.side == "marketo" or at > edit.begun)
            for (side, other), at in self.diary.deleted.items())

    def knew(self, edit, other):
        """Whether an edit's record was ever linked to a record of the other side."""
        records = {str(edit.record), str(self.diary.heir(edit.side, edit.record))}
        if edit.side == "dynamics":
            return any((record, str(other)) in self.history for record in records)
        return any((str(other), record) in self.history for record in records)

    def follows(self, edit, row, held, later):
        if edit.field == "owner":
            return row["_ownerid_value"] == held["externalSalesPersonId"]
        if edit.field == "company":
            return row.get("_parentcustomerid_value") == held["externalCompanyId"]
        return row["donotphone"] is True and held["doNotCall"] is True

    def judge_one_way(self, edit, later):
        if edit.field == "account phone":
            ours = self.accounts[edit.record]["telephone1"]
            theirs = self.companies.get(edit.record, {}).get("mainPhone")
        else:
            row, held = self.opportunities.get(edit.record), self.deals.get(edit.record)
            if not row:  # it went with its customer
                return DELETED if edit.record in self.gone or not held else MISSING
            if not held:
                return LISTED if edit.record in self.listed else MISSING
            if edit.field == "stage":
                return STANDS if held["isClosed"] and held["isWon"] else MISSING
            ours, theirs = row["name"], held["name"]
        if ours != theirs:
            return MISSING
        return STANDS if ours == edit.value else REPLACED if later else MISSING

    def was_overwritten(self, edit):
        """Whether dynsync's write replaced the edit just after it, as Marketo itself recorded."""
        if edit.field not in FIELDS:
            return False
        column = FIELDS[edit.field][1]
        changes = self.marketo.value_changes(self.token, edit.record)
        return any(
            name == column and before == edit.value
            and any(0 <= sent + 1 - edit.begun <= WINDOW_SECONDS for sent in self.sent(after))
            for name, before, after, _ in changes)

    def sent(self, value):
        """When a value was sent to Marketo."""
        return [second for second, in self.database.execute(
            "SELECT unixepoch(sent_at) FROM operation_field JOIN operation USING (operation_id)"
            " WHERE side = 'marketo' AND sent_value = ? AND status = 'applied'", (value,))]

    def tell(self, edit):
        record, person = self.place(edit)
        log = self.database.execute(
            "SELECT run_id, at, action, side, field, dynamics_value, marketo_value, rule, message"
            " FROM activity_log WHERE (dynamics_id IN (?, ?) OR marketo_id IN (?, ?)) AND (field IS"
            " NULL OR field LIKE ?) ORDER BY seq DESC LIMIT 12",
            (str(edit.record), str(record), str(edit.record), str(person),
             f"{FIELDS.get(edit.field, (edit.field,))[0]}%")).fetchall()
        held = self.persons.get(person)
        return "\n    ".join(
            [f"edit {edit.number}: {edit.deed}: {edit.side} {edit.table} {edit.record}"
             f" {edit.field} = {edit.value} at {edit.begun:.3f}",
             f"now {record} ↔ {person}: {self.values(edit, record, held)}"]
            + [" ".join(str(cell) for cell in row if cell is not None) for row in log])

    def values(self, edit, record, held):
        if edit.field not in FIELDS:
            return ""
        ours, theirs = FIELDS[edit.field]
        return f"{self.rows.get(record, {}).get(ours)} ↔ {(held or {}).get(theirs)}"

    def doubles(self):
        """Records that stand twice for one person, and persons that nobody accounts for."""
        found = []
        keys, emails = Counter(), Counter()
        for person in self.persons.values():
            keys[person["dynamicsId"]] += 1
            emails[person["email"]] += 1
        found += [f"{n} persons carry the key {key}" for key, n in keys.items() if key and n > 1]
        found += [
            f"{emails[email]} persons have {email}" for email in set(self.diary.made.values())
            if emails[email] > 1 and email not in self.diary.doubled]
        living = Counter(
            row["emailaddress1"] for row in self.rows.values()
            if row["statecode"] == 0 and not row["merged"])
        found += [
            f"{living[email]} records in Dynamics have {email}"
            for email in set(self.diary.made.values()) if living[email] > 1]
        for column in ("dynamics_id", "marketo_id"):
            found += [f"two links: {row}" for row in self.ask(
                f"SELECT {column}, entity FROM link WHERE state = 'active' AND {column} IS NOT NULL"
                f" GROUP BY {column}, CASE WHEN entity IN ('lead', 'contact') THEN 'person'"
                " ELSE entity END HAVING count(*) > 1")]
        known = {int(row[0]) for row in self.ask(
            "SELECT marketo_id FROM link WHERE entity IN ('lead', 'contact')"
            " AND marketo_id IS NOT NULL")}
        made = {record for side, record in self.diary.made if side == "marketo"}
        found += [
            f"person {number} is nobody's: {person['dynamicsId']}"
            for number, person in self.persons.items()
            if person["dynamicsId"] and number not in known and number not in made]
        return found
