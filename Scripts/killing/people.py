"""People who edit both services while dynsync runs and dies."""

import threading
import time
import uuid

from .edits import FIELDS, Diary
from .services import Dynamics, Refused


# Of a table that has no more, no record is deleted, merged or qualified.
FEW = 40


class People(threading.Thread):
    """Salespeople and marketers, whose deeds follow from a seed."""

    WEIGHTS = [
        ("edit in Dynamics", 24), ("edit in Marketo", 24), ("edit on both sides", 8),
        ("opt-out", 3), ("new lead", 4), ("new contact", 3), ("wish in Marketo", 3),
        ("visitor", 3), ("delete in Dynamics", 2), ("delete in Marketo", 2),
        ("merge in Marketo", 2), ("merge in both", 1), ("merge in Dynamics", 2), ("qualify", 4),
        ("account", 4), ("owner", 4), ("move", 3), ("opportunity", 5), ("new opportunity", 2),
        ("connect", 3), ("win", 1),
    ]

    def __init__(self, base, marketo, chance, pause):
        super().__init__(daemon=True)
        self.marketo, self.chance, self.pause = marketo, chance, pause
        self.diary = Diary()
        self.failure = None
        self.allowed = 0
        self.visitors = []
        self.is_over = threading.Event()
        office = Dynamics(base)
        users = office.rows("systemusers", ["internalemailaddress", "isdisabled"])
        users = [row for row in users if row["internalemailaddress"] and not row["isdisabled"]]
        users = [row for row in users if "contoso" in row["internalemailaddress"]]
        self.users = sorted(row["systemuserid"] for row in users)
        self.sellers = [Dynamics(base, row["internalemailaddress"]) for row in users[:3]]
        living = {
            table: office.rows(table, [f"{table[:-1]}id", "statecode", "merged"])
            for table in ("leads", "contacts")
        }
        self.living = {
            table: sorted(
                row[f"{table[:-1]}id"] for row in rows
                if row["statecode"] == 0 and not row["merged"])
            for table, rows in living.items()
        }
        self.accounts = sorted(
            row["accountid"] for row in office.rows("accounts", ["accountid"]))
        self.opportunities = sorted(
            row["opportunityid"] for row in office.rows("opportunities", ["statecode"])
            if row["statecode"] == 0)
        self.persons, self.partners, self.looked = [], {}, 0.0

    def run(self):
        """Does one deed after the other until it is over."""
        deeds, weights = zip(*self.WEIGHTS)
        try:
            while not self.is_over.wait(self.chance.uniform(0, 2 * self.pause)):
                if len(self.diary.edits) >= self.allowed:
                    continue
                self.look_around()
                deed = self.chance.choices(deeds, weights)[0]
                try:
                    getattr(self, deed.replace(" ", "_").replace("-", "_").lower())(deed)
                except Refused:
                    self.diary.refused += 1
        except Exception as failure:  # told by the thread that waits for this one
            self.failure = failure

    def look_around(self):
        """Sees now and then which persons Marketo has by now."""
        if self.persons and time.time() - self.looked < 3:
            return
        self.looked = time.time()
        found = self.marketo.persons()
        gone = {record for side, record in self.diary.deleted if side == "marketo"}
        self.partners = {
            person["dynamicsId"]: number for number, person in found.items()
            if person["dynamicsId"] and number not in gone
        }
        self.persons = sorted(number for number in found if person_is_free(found[number]))

    def seller(self):
        return self.chance.choice(self.sellers)

    def text(self, name, side):
        """A text that no other edit has."""
        return f"{name}-{side[0]}{len(self.diary.edits)}"

    def pick(self, table=None):
        table = table or self.chance.choice(["leads", "contacts", "contacts"])
        # A few records are edited again and again, so that edits meet.
        living = self.living[table]
        few = living[:12] if self.chance.random() < 0.6 else living
        return table, self.chance.choice(few)

    def spare(self, table):
        """Nobody takes away from what is few."""
        if len(self.living[table]) < FEW:
            raise Refused(f"only few {table} are left")

    def write(self, deed, table, record, name, value, values):
        """One edit in Dynamics."""
        begun = time.time()
        self.seller().update(table, record, values)
        self.diary.note(deed, "dynamics", table, record, name, value, begun, time.time())

    def type(self, deed, person, name, value, column):
        """One edit at Marketo's screen."""
        begun = time.time()
        self.marketo.edit({"id": person, column: value})
        self.diary.note(deed, "marketo", "leads", person, name, value, begun, time.time())

    def edit_in_dynamics(self, deed, at=None, name=None):
        table, record = at or self.pick()
        name = name or self.chance.choice(list(FIELDS))
        value = self.text(name, "dynamics")
        self.write(deed, table, record, name, value, {FIELDS[name][0]: value})

    def edit_in_marketo(self, deed, person=None, name=None):
        if person is None:
            _, record = self.pick()
            person = self.partners.get(record)
        if person is None:
            raise Refused("nobody yet")
        name = name or self.chance.choice(list(FIELDS))
        value = self.text(name, "marketo")
        self.type(deed, person, name, value, FIELDS[name][1])

    def edit_on_both_sides(self, deed):
        at = self.pick()
        name = self.chance.choice(list(FIELDS))
        turns = [
            lambda: self.edit_in_dynamics(deed, at, name),
            lambda: self.edit_in_marketo(deed, self.partners.get(at[1], 0), name),
        ]
        self.chance.shuffle(turns)
        for turn in turns:
            turn()

    def opt_out(self, deed):
        table, record = self.pick()
        if self.chance.random() < 0.5 or record not in self.partners:
            self.write(deed, table, record, "optout", True, {"donotphone": True})
        else:
            self.type(deed, self.partners[record], "optout", True, "doNotCall")

    def identity(self):
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def make(self, deed, table, more):
        record, begun = self.identity(), time.time()
        name = f"New{len(self.diary.edits)}"
        email = f"{name.lower()}@kills.test"
        self.seller().create(table, {
            f"{table[:-1]}id": record, "lastname": name, "emailaddress1": email,
            "jobtitle": f"title-{name}",
        } | more)
        self.diary.made[("dynamics", record)] = email
        self.diary.note(
            deed, "dynamics", table, record, "title", f"title-{name}", begun, time.time())
        self.living[table].insert(self.chance.randrange(12), record)
        return record

    def new_lead(self, deed):
        self.make(deed, "leads", {"subject": "Fair", "companyname": "Somebody's"})

    def new_contact(self, deed):
        account = self.chance.choice(self.accounts)
        self.make(
            deed, "contacts", {"parentcustomerid_account@odata.bind": f"/accounts({account})"})

    def visit(self, deed, more):
        begun, name = time.time(), f"Visitor{len(self.diary.edits)}"
        email = f"{name.lower()}@kills.test"
        person = self.marketo.edit(
            {"email": email, "lastName": name, "title": f"title-{name}"} | more)
        self.diary.made[("marketo", person)] = email
        self.diary.note(
            deed, "marketo", "leads", person, "title", f"title-{name}", begun, time.time())
        return person

    def wish_in_marketo(self, deed):
        self.visit(deed, {"dynamicsSyncAs": self.chance.choice(["lead", "contact"])})

    def visitor(self, deed):
        self.visitors.append(self.visit(deed, {}))

    def remove(self, table, record):
        if record in self.living[table]:
            self.living[table].remove(record)

    def delete_in_dynamics(self, deed):
        table, record = self.pick(self.chance.choice(["leads", "contacts"]))
        self.spare(table)
        begun = time.time()
        self.seller().delete(table, record)
        self.remove(table, record)
        self.diary.deleted[("dynamics", record)] = begun
        self.diary.note(deed, "dynamics", table, record, None, None, begun, time.time())

    def delete_in_marketo(self, deed):
        _, record = self.pick()
        if record not in self.partners:
            raise Refused("nobody yet")
        person, begun = self.partners.pop(record), time.time()
        self.marketo.delete(person)
        self.diary.deleted[("marketo", person)] = begun
        self.diary.note(deed, "marketo", "leads", person, None, None, begun, time.time())

    def merge_persons(self, deed, winner, loser):
        begun = time.time()
        self.marketo.merge(winner, loser)
        self.diary.heirs[("marketo", loser)] = (winner, begun)
        self.diary.note(deed, "marketo", "leads", loser, None, None, begun, time.time())

    def merge_in_marketo(self, deed):
        """A person and its double, of whom either may win."""
        _, record = self.pick()
        if record not in self.partners:
            raise Refused("nobody yet")
        person = self.partners[record]
        double = self.visit(deed, {})
        self.diary.doubled.add(self.diary.made[("marketo", double)])
        if self.chance.random() < 0.5:
            self.merge_persons(deed, person, double)
        else:
            self.merge_persons(deed, double, person)
            self.partners[record] = double

    def merge_in_both(self, deed):
        """Two linked persons of one table, merged in Marketo and then in Dynamics."""
        table = self.chance.choice(["leads", "contacts"])
        self.spare(table)
        master, loser = self.chance.sample(self.living[table], 2)
        if master not in self.partners or loser not in self.partners:
            raise Refused("nobody yet")
        self.merge_persons(deed, self.partners[master], self.partners.pop(loser))
        time.sleep(self.chance.uniform(0, 1))
        self.merge_rows(deed, table, master, loser)

    def merge_rows(self, deed, table, master, loser):
        begun = time.time()
        self.seller().merge(table, master, loser)
        self.remove(table, loser)
        self.diary.heirs[("dynamics", loser)] = (master, begun)
        self.diary.note(deed, "dynamics", table, loser, None, None, begun, time.time())

    def merge_in_dynamics(self, deed):
        """Two rows in Dynamics, and later often their persons, as the error list asks."""
        table = self.chance.choice(["leads", "contacts"])
        self.spare(table)
        master, loser = self.chance.sample(self.living[table], 2)
        self.merge_rows(deed, table, master, loser)
        if self.chance.random() < 0.7 and {master, loser} <= set(self.partners):
            time.sleep(self.chance.uniform(0, 1))
            self.merge_persons(deed, self.partners[master], self.partners.pop(loser))

    def qualify(self, deed):
        _, lead = self.pick("leads")
        self.spare("leads")
        begun = time.time()
        contact = self.seller().qualify(lead, self.chance.random() < 0.5)
        self.remove("leads", lead)
        self.living["contacts"].insert(self.chance.randrange(12), contact)
        self.diary.heirs[("dynamics", lead)] = (contact, begun)
        self.diary.qualified.add(lead)
        self.diary.note(deed, "dynamics", "leads", lead, None, None, begun, time.time())
        if lead in self.partners:
            self.partners[contact] = self.partners.pop(lead)

    def account(self, deed):
        value = self.text("phone", "dynamics")
        self.write(
            deed, "accounts", self.chance.choice(self.accounts), "account phone", value,
            {"telephone1": value})

    def owner(self, deed):
        table, record = self.pick()
        user = self.chance.choice(self.users)
        self.write(
            deed, table, record, "owner", user, {"ownerid@odata.bind": f"/systemusers({user})"})

    def move(self, deed):
        table, record = self.pick("contacts")
        account = self.chance.choice(self.accounts)
        self.write(deed, table, record, "company", account, {
            "parentcustomerid_account@odata.bind": f"/accounts({account})"})

    def opportunity(self, deed):
        value = self.text("name", "dynamics")
        self.write(
            deed, "opportunities", self.chance.choice(self.opportunities), "opportunity name",
            value, {"name": value})

    def new_opportunity(self, deed):
        record, begun = self.identity(), time.time()
        _, contact = self.pick("contacts")
        value = self.text("name", "dynamics")
        self.seller().create("opportunities", {
            "opportunityid": record, "name": value,
            "customerid_contact@odata.bind": f"/contacts({contact})"})
        self.opportunities.append(record)
        self.diary.note(
            deed, "dynamics", "opportunities", record, "opportunity name", value, begun,
            time.time())

    def connect(self, deed):
        begun = time.time()
        _, contact = self.pick("contacts")
        opportunity = self.chance.choice(self.opportunities)
        role = f"e0000000-0000-4000-8000-{self.chance.randint(2, 8):012}"
        self.seller().create("connections", {
            "record1id_opportunity@odata.bind": f"/opportunities({opportunity})",
            "record2id_contact@odata.bind": f"/contacts({contact})",
            "record2roleid@odata.bind": f"/connectionroles({role})"})
        self.diary.note(
            deed, "dynamics", "opportunities", opportunity, "role", contact, begun, time.time())

    def win(self, deed):
        begun = time.time()
        if len(self.opportunities) < FEW:
            raise Refused("only few opportunities are left")
        opportunity = self.opportunities.pop(self.chance.randrange(len(self.opportunities)))
        self.seller().ask("POST", "WinOpportunity", {
            "Status": 3, "OpportunityClose": {
                "subject": "Won", "actualrevenue": len(self.diary.edits),
                "opportunityid@odata.bind": f"/opportunities({opportunity})"}})
        self.diary.note(
            deed, "dynamics", "opportunities", opportunity, "stage", True, begun, time.time())


def person_is_free(person):
    """Whether no Dynamics record is named by a person."""
    return not person["dynamicsId"]
