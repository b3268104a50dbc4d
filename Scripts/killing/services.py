"""Both services of a sandbox, as people and other programs call them."""

import http.client
import json
import re
import subprocess
import threading
import time
import urllib.parse

PERSON_FIELDS = [
    "id", "email", "lastName", "title", "phone", "city", "postalCode", "doNotCall",
    "dynamicsId", "dynamicsType", "dynamicsIsDeleted", "dynamicsSyncAs",
    "externalCompanyId", "externalSalesPersonId",
]
FIRST_PERSON = 7001


class Refused(Exception):
    """A service did not do what a person wanted."""


class Sandbox:
    """The process that stands in for both services."""

    def __init__(self, dynsync, folder, seed):
        subprocess.run(
            [dynsync, "sandbox", "seed", "--seed", str(seed)], cwd=folder, check=True,
            stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            [dynsync, "sandbox", "start", "--port", "0"], cwd=folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            raise SystemExit(f"the sandbox did not start: {line}")
        self.base = found.group(0)
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Caller:
    """One program that keeps a connection for each of its threads."""

    def __init__(self, base):
        self.host = base.removeprefix("http://")
        self.local = threading.local()

    def call(self, method, path, body=None, headers=None):
        """The status and the JSON of an answer; a service that is busy is asked again."""
        for pause in (0.2, 0.5, 1, 2, 5, 10, 20, 30):
            try:
                connection = getattr(self.local, "connection", None)
                if connection is None:
                    connection = http.client.HTTPConnection(self.host, timeout=60)
                    self.local.connection = connection
                connection.request(method, path, body, headers or {})
                answer = connection.getresponse()
                text = answer.read()
            except (http.client.HTTPException, OSError):
                self.local.connection = None
                time.sleep(pause)
                continue
            if answer.status == 429:
                time.sleep(min(pause * 2, float(answer.headers.get("Retry-After", pause))))
                continue
            return answer.status, json.loads(text) if text else None
        raise Refused(f"{method} {path}: no answer")

    def post(self, path, body):
        status, answer = self.call(
            "POST", path, json.dumps(body), {"Content-Type": "application/json"})
        if status != 200:
            raise Refused(f"{path}: {status} {answer}")
        return answer


class Dynamics(Caller):
    """The Web API of Dataverse, in the name of a user or of the application."""

    def __init__(self, base, user=None):
        super().__init__(base)
        form = {"client_id": "sandbox", "scope": f"{base}/.default"}
        if user:
            form |= {"grant_type": "password", "username": user, "password": "sandbox"}
        else:
            form |= {"grant_type": "client_credentials", "client_secret": "sandbox"}
        _, answer = self.call(
            "POST", "/sandbox/oauth2/v2.0/token", urllib.parse.urlencode(form),
            {"Content-Type": "application/x-www-form-urlencoded"})
        self.headers = {
            "Authorization": f"Bearer {answer['access_token']}",
            "Content-Type": "application/json",
        }

    def ask(self, method, path, body=None, **more):
        status, answer = self.call(
            method, f"/api/data/v9.2/{path}", None if body is None else json.dumps(body),
            self.headers | more)
        if not 200 <= status < 300:
            raise Refused(f"{method} {path}: {status} {answer}")
        return answer

    def rows(self, table, columns):
        found = []
        path = f"{table}?$select={','.join(columns)}"
        while path:
            page = self.ask("GET", path)
            found += page["value"]
            path = page.get("@odata.nextLink", "").partition("/api/data/v9.2/")[2]
        return found

    def create(self, table, values):
        self.ask("POST", table, values)

    def update(self, table, record, values):
        self.ask("PATCH", f"{table}({record})", values, **{"If-Match": "*"})

    def delete(self, table, record):
        self.ask("DELETE", f"{table}({record})")

    def qualify(self, lead, with_account):
        body = {
            "CreateAccount": with_account, "CreateContact": True, "CreateOpportunity": False,
            "Status": 3,
        }
        made = self.ask(
            "POST", f"leads({lead})/Microsoft.Dynamics.CRM.QualifyLead", body)["value"]
        return next(row["contactid"] for row in made if "contactid" in row)

    def merge(self, table, master, loser):
        kind = table.removesuffix("s")
        row = {"@odata.type": f"Microsoft.Dynamics.CRM.{kind}"}
        self.ask("POST", "Merge", {
            "Target": row | {f"{kind}id": master}, "Subordinate": row | {f"{kind}id": loser},
            "PerformParentingChecks": False,
        })


class Marketo(Caller):
    """Marketo: its screen for edits, its REST API for the rest."""

    def __init__(self, base):
        super().__init__(base)
        # More calls are made here than a subscription allows.
        self.post("/sandbox/marketo/settings", {
            "marketo_rate_limit": 1_000_000, "marketo_daily_quota": 1_000_000_000})
        _, answer = self.call(
            "GET", "/identity/oauth/token?grant_type=client_credentials&client_id=sandbox"
            "&client_secret=sandbox")
        self.headers = {
            "Authorization": f"Bearer {answer['access_token']}",
            "Content-Type": "application/json",
        }

    def edit(self, record):
        """An edit at the screen; without an id, a form that a visitor fills in."""
        return self.post("/sandbox/marketo/edit", record).get("id")

    def ask(self, method, path, body=None):
        for pause in (0.2, 0.5, 1, 2, 5):
            _, answer = self.call(
                method, f"/rest/v1/{path}", None if body is None else json.dumps(body),
                self.headers)
            if answer["success"]:
                return answer
            code = answer["errors"][0]["code"]
            if code not in ("606", "615"):
                break
            time.sleep(pause)
        raise Refused(f"{method} {path}: {answer['errors']}")

    def merge(self, winner, loser):
        self.ask("POST", f"leads/{winner}/merge.json?leadId={loser}", {})

    def delete(self, person):
        answer = self.ask("POST", "leads/delete.json", {"input": [{"id": person}]})
        if answer["result"][0]["status"] != "deleted":
            raise Refused(f"delete {person}: {answer}")

    def persons(self):
        """Every person by its id; the ids of a new sandbox rise by one."""
        found, first, gaps = {}, FIRST_PERSON, 0
        while gaps < 2:
            ids = ",".join(str(number) for number in range(first, first + 300))
            page = self.find("leads", "id", ids, PERSON_FIELDS)
            gaps = 0 if page else gaps + 1
            found |= {person["id"]: person for person in page}
            first += 300
        return found

    def find(self, path, key, values, fields):
        form = urllib.parse.urlencode({
            "_method": "GET", "filterType": key, "filterValues": values,
            "fields": ",".join(fields)})
        _, answer = self.call("POST", f"/rest/v1/{path}.json?_method=GET", form, self.headers | {
            "Content-Type": "application/x-www-form-urlencoded"})
        if not answer["success"]:
            raise Refused(f"{path}: {answer['errors']}")
        return answer["result"]

    def objects(self, path, key, values, fields):
        """The records of an object by their key."""
        return {row[key]: row for row in self.every(path, key, values, fields)}

    def every(self, path, key, values, fields):
        """The records of an object that have one of the values."""
        return [
            row for first in range(0, len(values), 100)
            for row in self.find(path, key, ",".join(values[first:first + 100]), [key, *fields])]

    def token(self):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return self.ask("GET", f"activities/pagingtoken.json?sinceDatetime={now}")["nextPageToken"]

    def value_changes(self, token, person):
        """What was changed at a person since the token: field, old and new value, time, in order."""
        changes = []
        while True:
            page = self.ask(
                "GET", f"activities.json?activityTypeIds=13&leadIds={person}&nextPageToken={token}")
            for activity in page.get("result", []):
                values = {pair["name"]: pair.get("value") for pair in activity["attributes"]}
                changes.append((
                    activity["primaryAttributeValue"], values.get("Old Value"),
                    values.get("New Value"), activity["activityDate"]))
            if not page["moreResult"]:
                return changes
            token = page["nextPageToken"]
