"""Whether decisions were lawful, by what the levels recorded when they opened."""

from record_fold import visits

RANKS = ("unverified", "session", "forge", "key")


class Judge:
    def __init__(self, note):
        self.note, self.levels = note, {}

    def add(self, event):
        where = (event.get("step"), event.get("visit"))
        kind, level = event["event"], self.levels.get(where)
        if kind == "level-opened":
            self.open(event, where, level)
        elif kind == "delegated":
            self.lend(event, level)
        elif kind == "unseated":
            self.unseat(event.get("people", []), level)
        elif kind == "escalated" and level:
            self.reach(level, event)
        elif kind == "overdue":
            for one in self.levels.values():
                if not one["outcome"] and not one["blocked"]:
                    self.reach(one, event)
        elif kind == "incident" and level:
            level["blocked"] = True
        elif kind == "decided":
            self.decide(event, level)
        elif kind == "level-closed":
            self.close(event, level)
        elif kind in ("superseded", "retried", "reopened"):
            self.levels.pop(where, None)
        elif kind == "migrated":
            for visit in visits(event, "reopened") + visits(event, "cancelled"):
                self.levels.pop(visit, None)
        elif kind == "left":
            if level and event["outcome"] in ("approved", "rejected", "returned"):
                if level["outcome"] != event["outcome"]:
                    self.note(f"ends as {event['outcome']}, which its levels do not give")
            self.levels.pop(where, None)

    def open(self, event, where, before):
        if before and before["outcome"] != "approved":
            self.note("opens before the level before it was approved")
        banned = {one["person"] for one in event.get("excluded", [])}
        pool = {seat["person"]: {"lent": [], "because": seat.get("because", [])} for seat in event["pool"]}
        if banned & set(pool):
            self.note(f"asks {sorted(banned & set(pool))}, who are excluded")
        self.levels[where] = {
            "opened": event, "pool": pool, "banned": banned, "votes": [], "outcome": None, "blocked": False}

    def lend(self, event, level):
        seat = level and level["pool"].get(event["seat"])
        if not seat:
            return self.note(f"lends a seat of {event['seat']}, who is not asked")
        if event["by"] not in (event["seat"], *seat["lent"][-1:]):
            self.note(f"{event['by']} lends a seat that somebody else holds")
        if not event.get("to"):
            seat["lent"] = []
            return
        if event["to"] in level["banned"]:
            self.note(f"{event['to']} is excluded and gets a seat")
        if level["opened"]["rule"].get("delegates") == "none":
            self.note("lends a seat where nobody may")
        seat["lent"].append(event["to"])

    def unseat(self, people, level):
        if not level or level["outcome"] or not set(people) <= set(level["pool"]):
            return self.note("takes a seat from somebody who is not asked")
        for person in people:
            del level["pool"][person]
        level["votes"] = [vote for vote in level["votes"] if vote[0] not in people]

    def reach(self, level, event):
        people = event.get("people", [])
        if event["event"] == "overdue":
            people = [person for person in people if person not in level["banned"]]
        if event["action"] == "remind" or (event["event"] == "overdue" and not people):
            return
        if event["action"] == "hand-over":
            used = {vote[0] for vote in level["votes"]}
            level["pool"] = {person: seat for person, seat in level["pool"].items() if person in used}
        for person in people:
            level["pool"].setdefault(person, {"lent": [], "because": ["escalation"]})

    def decide(self, event, level):
        by, person = event["by"], event.get("for", event["by"])
        if not level or level["outcome"] or level["opened"]["level"] != event["level"]:
            return self.note(f"{by} decides on a level that is not open")
        if person not in level["pool"]:
            return self.note(f"{person} is not asked")
        lent = level["pool"][person]["lent"]
        if lent and lent[-1] != by:
            self.note(f"{by} does not hold the seat of {person}")
        if {by, person} & level["banned"]:
            self.note(f"{by} or {person} is excluded")
        key = event.get("key")
        # Whose key was revoked decides anew with another; what the old key signed stands no more.
        level["votes"] = [vote for vote in level["votes"] if vote[1] != by or vote[3] in (None, key)]
        if any(by == other or person == seat for seat, other, _, _ in level["votes"]):
            self.note(f"{by} or the seat of {person} decides twice")
        wanted = level["opened"]["rule"].get("assurance", "unverified")
        if RANKS.index(event["assurance"]) < RANKS.index(wanted):
            self.note(f"{by} decides with less assurance than {wanted}")
        level["votes"].append((person, by, event["decision"], key))

    def close(self, event, level):
        if not level or level["outcome"] or level["opened"]["level"] != event["level"]:
            return self.note("closes a level that is not open")
        level["outcome"] = event["outcome"]
        if verdict(level) != event["outcome"]:
            self.note(f"closes as {event['outcome']}, which its decisions do not give")


def verdict(level):
    """What the decisions give by the rule that the level opened with."""
    rule, pool = level["opened"]["rule"], level["pool"]
    by = {kind: {seat for seat, _, vote, _ in level["votes"] if vote == kind} for kind in ("approve", "reject", "return")}
    if by["return"]:
        return "returned"
    if by["reject"] and rule.get("reject-when", "any") == "any":
        return "rejected"
    if is_met(rule, pool, by["approve"]):
        return "approved"
    possible = (set(pool) - by["reject"]) | by["approve"]
    return "rejected" if by["reject"] and not is_met(rule, pool, possible) else None


def is_met(rule, pool, seats):
    needed = rule["needed"]
    if isinstance(needed, int):
        return len(seats) >= needed
    if needed == "all":
        return set(pool) <= seats
    return all(any(group in seat["because"] and person in seats for person, seat in pool.items()) for group in needed)
