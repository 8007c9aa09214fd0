"""What a timeline makes, told a second time: tokens, frames, items, counts, variables, results, what is to be taken back."""

AFTER_THE_END = {"late", "commented", "notified", "delivered", "delivery-failed"}
IN_A_VISIT = {
    "task-opened", "level-opened", "level-closed", "job-opened", "wait-opened", "call-opened", "child-started",
    "state-opened", "stayed", "decided", "delegated", "unseated", "attempt-failed", "redelivered", "incident",
    "escalated", "question-asked", "question-answered",
}
MOVES_NOTHING = AFTER_THE_END | {"level-skipped", "overdue", "received"}


def some(event, *keys):
    return {key: event[key] for key in keys if key in event}


def visits(event, key):
    """`["approve.1"]` as pairs."""
    return [(text.rpartition(".")[0], int(text.rpartition(".")[2])) for text in event.get(key, [])]


class Fold:
    """Raises ValueError where an event does not follow on those before it."""

    def __init__(self):
        self.tokens, self.frames, self.counts, self.vars = {}, {}, {}, {}
        self.results, self.undos, self.undoing = {}, [], False
        self.listens, self.asked = [], {}
        self.opened, self.ended, self.outcome, self.is_suspended = {}, None, None, False
        self.events = self.last_token = self.last_frame = 0

    def add(self, event):
        kind = event["event"]
        self.events = event["n"]
        if self.ended and kind not in AFTER_THE_END:
            raise ValueError("comes after the end")
        change = getattr(self, kind.replace("-", "_"), None)
        if change:
            change(event)
        elif kind in IN_A_VISIT:
            self.standing(event)
        elif kind not in MOVES_NOTHING:
            raise ValueError(f"is of a kind that nobody knows: {kind}")

    # What is there

    def token(self, name):
        if name not in self.tokens:
            raise ValueError(f"names token {name}, which is not there")
        return self.tokens[name]

    def frame(self, name):
        if name not in self.frames:
            raise ValueError(f"names frame {name}, which is not open")
        return self.frames[name]

    def standing(self, event):
        for name, token in self.tokens.items():
            if token["at"] == (event["step"], event["visit"]):
                return name
        raise ValueError(f"names {event['step']}.{event['visit']}, where no token is")

    def new(self, name, step, visit, frame, branch):
        if name <= self.last_token:
            raise ValueError(f"makes token {name}, which has been there")
        self.tokens[name] = {"at": (step, visit), "frame": frame, "branch": branch}
        self.last_token = name

    def open(self, name, gateway, parent, branches, items=None):
        self.frames[name] = {"gateway": gateway, "parent": parent, "items": items, "entered": 0,
                             "branches": [[step, "live"] for step in branches]}
        self.last_frame = max(self.last_frame, name)

    def take(self, name):
        token = self.token(name)
        del self.tokens[name]
        return token

    def end_branch(self, token, state):
        frame = self.frame(token["frame"])
        if frame["items"] is not None or token["branch"] >= len(frame["branches"]):
            raise ValueError("ends a branch that no gateway opened")
        frame["branches"][token["branch"]][1] = state

    def close(self, name):
        """Takes the frame away with everything in it; where it stood is what its parent goes on with."""
        parent = self.frame(name)["parent"]
        if parent is None:
            raise ValueError("closes the root frame")
        gone = {name}
        for inner in sorted(self.frames):
            if (self.frames[inner]["parent"] or (None,))[0] in gone:
                gone.add(inner)
        self.tokens = {key: token for key, token in self.tokens.items() if token["frame"] not in gone}
        self.frames = {key: frame for key, frame in self.frames.items() if key not in gone}
        return parent

    def restart(self, name, step):
        self.tokens, self.frames, self.outcome, self.listens = {}, {}, None, []
        self.open(0, None, None, [step])
        self.new(name, step, None, 0, 0)

    def write(self, event):
        self.vars.update(event.get("vars", {}))
        for name in event.get("unset", []):
            self.vars.pop(name, None)

    # What happens

    def started(self, event):
        if self.last_token:
            raise ValueError("starts again")
        self.vars = dict(event.get("vars", {}))
        self.restart(1, event["step"])

    def entered(self, event):
        token = self.token(event["token"])
        if token["at"] != (event["step"], None):
            raise ValueError("enters a step that its token was not sent to")
        token["at"] = (event["step"], event["visit"])
        self.count(event)

    def count(self, event):
        if event["visit"] != self.counts.get(event["step"], 0) + 1:
            raise ValueError(f"is not the next visit of {event['step']}")
        self.counts[event["step"]] = event["visit"]

    def left(self, event):
        token = self.token(event["token"])
        if token["at"] != (event["step"], event["visit"]):
            raise ValueError("leaves a visit in which its token is not")
        self.results[event["step"]] = some(event, "visit", "outcome", "by", "output")
        self.write(event)
        if "to" in event:
            token["at"] = (event["to"], None)
            return
        self.end_branch(self.take(event["token"]), "ended")
        if token["frame"] == 0:
            self.outcome = "completed" if event["outcome"] == "done" else event["outcome"]

    def stayed(self, event):
        self.standing(event)
        self.write(event)

    def forked(self, event):
        token = self.take(event["token"])
        self.open(event["frame"], event["step"], (token["frame"], token["branch"]),
                  [branch["to"] for branch in event["branches"]])
        for index, branch in enumerate(event["branches"]):
            self.new(branch["token"], branch["to"], None, event["frame"], index)

    def arrived(self, event):
        self.end_branch(self.take(event["token"]), "arrived")

    def joined(self, event):
        self.new(event["token"], event["step"], event["visit"], *self.close(event["frame"]))
        self.count(event)

    def frame_closed(self, event):
        is_side = self.frame(event["frame"])["gateway"] is None
        outer, branch = self.close(event["frame"])
        if not is_side:
            self.frame(outer)["branches"][branch][1] = "ended"

    def frame_left(self, event):
        if event["frame"] == 0:
            return self.restart(event["token"], event["to"])
        self.new(event["token"], event["to"], None, *self.close(event["frame"]))

    def expired(self, event):
        self.restart(event["token"], event["to"])

    def side_begun(self, event):
        beside = self.frame(event["parent"])
        if event["branch"] >= len(beside["items"] if beside["items"] is not None else beside["branches"]):
            raise ValueError("goes beside a branch that is not there")
        self.open(event["frame"], None, (event["parent"], event["branch"]), [event["to"]])
        self.new(event["token"], event["to"], None, event["frame"], 0)

    def listened(self, event):
        if "step" in event:
            self.standing(event)
        else:
            self.listens = event["for"]

    def task_opened(self, event):
        self.standing(event)
        self.asked[event["step"], event["visit"]] = list(event["pool"])

    def escalated(self, event):
        self.standing(event)
        self.reach((event["step"], event["visit"]), event)

    def overdue(self, event):
        for visit in self.asked:
            self.reach(visit, event)

    def reach(self, visit, event):
        asked, people = self.asked.get(visit), event.get("people", [])
        if asked is None or event["action"] == "remind":
            return
        if event["action"] == "hand-over":
            asked.clear()
        asked += [person for person in people if person not in asked]

    def superseded(self, event):
        self.tokens[self.standing(event)]["at"] = (event["step"], None)

    def retried(self, event):
        name = self.standing(event)
        if (event["step"], event["visit"]) not in self.opened:
            self.tokens[name]["at"] = (event["step"], None)

    def reopened(self, event):
        self.tokens[self.standing(event)]["at"] = (event["step"], None)

    def job_opened(self, event):
        self.standing(event)
        self.opened[event["step"], event["visit"]] = "job"

    # A later version

    def migrated(self, event):
        names = {one["step"]: one["to"] for one in event.get("renamed", [])}
        places = {**names, **{one["step"]: one["to"] for one in event.get("moved", [])}}
        moved = [(one["step"], one["visit"]) for one in event.get("kept", [])] + visits(event, "reopened")
        for branch in event.get("dropped", []):
            self.drop(branch["frame"], branch["branch"])
        for step, visit in moved:
            self.standing({"step": step, "visit": visit})
        numbers = {(one["step"], one["visit"]): one["number"] for one in event.get("kept", [])}
        for token in self.tokens.values():
            step, visit = token["at"]
            if visit is not None and (step, visit) not in moved:
                raise ValueError(f"does not say what becomes of {step}.{visit}")
            token["at"] = (places.get(step, step), numbers.get((step, visit)))
        self.rename(names, places, numbers)
        self.write(event)
        self.listens = []

    def drop(self, name, branch):
        frame = self.frame(name)
        if frame["items"] is not None or branch >= len(frame["branches"]):
            raise ValueError("drops a branch that no gateway opened")
        gone = set()
        for inner in sorted(self.frames):
            parent = self.frames[inner]["parent"] or (None, None)
            if tuple(parent) == (name, branch) or parent[0] in gone:
                gone.add(inner)
        self.tokens = {key: token for key, token in self.tokens.items()
                       if token["frame"] not in gone and (token["frame"], token["branch"]) != (name, branch)}
        self.frames = {key: one for key, one in self.frames.items() if key not in gone}
        frame["branches"][branch][1] = "ended"

    def rename(self, names, places, numbers):
        counts, results = {}, {}
        for step, count in self.counts.items():
            counts[names.get(step, step)] = max(count, counts.get(names.get(step, step), 0))
        for (step, _), number in numbers.items():
            counts[places.get(step, step)] = max(number, counts.get(places.get(step, step), 0))
        for step, result in sorted(self.results.items(), key=lambda one: (one[1]["visit"], one[0])):
            results[names.get(step, step)] = result
        self.counts, self.results = counts, results
        for frame in self.frames.values():
            frame["gateway"] = places.get(frame["gateway"], frame["gateway"])
            for branch in frame["branches"]:
                branch[0] = places.get(branch[0], branch[0])
        for one in self.undos:
            one["step"] = names.get(one["step"], one["step"])
        self.opened = {(places.get(step, step), numbers[step, visit]): kind
                       for (step, visit), kind in self.opened.items() if (step, visit) in numbers}
        self.asked = {}

    # Items

    def each_opened(self, event):
        token = self.take(event["token"])
        items = [{"item": item} for item in event["items"]]
        self.open(event["frame"], event["step"], (token["frame"], token["branch"]), [], items)
        self.frames[event["frame"]]["visit"] = event["visit"]

    def item_entered(self, event):
        frame = self.frame(event["frame"])
        if frame["entered"] >= len(frame["items"] or []):
            raise ValueError("enters more items than its frame holds")
        self.new(event["token"], event["step"], event["visit"], event["frame"], frame["entered"])
        frame["entered"] += 1
        self.count(event)

    def item_ended(self, event):
        token = self.take(event["token"])
        item = (self.frame(token["frame"])["items"] or [])[token["branch"]]
        if token["at"] != (event["step"], event["visit"]):
            raise ValueError("ends an item in which its token is not")
        item.update(some(event, "outcome", "output", "by"))

    def gathered(self, event):
        self.new(event["token"], event["step"], event["visit"], *self.close(event["frame"]))

    # Taking back, and the end

    def undo_noted(self, event):
        self.undos.append(some(event, "step", "visit", "uses", "request"))

    def undo_begun(self, event):
        self.undoing, self.tokens, self.outcome, self.listens = True, {}, None, []
        self.frames = {name: frame for name, frame in self.frames.items() if name == 0}

    def undo_opened(self, event):
        if not any((one["step"], one["visit"]) == (event["step"], event["undoes"]) for one in self.undos):
            raise ValueError("takes back what was never noted")
        self.new(event["token"], event["step"], event["visit"], 0, 0)
        self.count(event)
        self.opened[event["step"], event["visit"]] = "job"

    def undone(self, event):
        del self.tokens[self.standing(event)]
        self.undos = [one for one in self.undos if (one["step"], one["visit"]) != (event["step"], event["undoes"])]

    def suspended(self, event):
        self.is_suspended = True

    def resumed(self, event):
        self.is_suspended = False

    def completed(self, event):
        self.end("completed", event["outcome"])

    def cancelled(self, event):
        self.end("cancelled", "cancelled")

    def end(self, status, outcome):
        self.ended, self.outcome, self.undoing = status, outcome, False
        self.tokens, self.frames, self.undos, self.listens = {}, {}, [], []
