"""Records of real lives, made with the program as people use it."""
import http.server
import os
import re
import subprocess
import sys
import threading

WRIT = os.path.abspath(os.environ.get("WRIT", ".build/debug/writ"))


def run(folder, *command, stdin=None, env=None, check=True):
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env={**os.environ, **(env or {})})
    if check and done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout.decode()}{done.stderr.decode()}")
    return done


def git(folder, *arguments, **options):
    return run(folder, "git", *arguments, **options).stdout.decode().strip()


def writ(folder, person, *arguments):
    """The program, with somebody else at the keyboard."""
    email = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": f"{person}@example.com"}
    return run(folder, WRIT, *arguments, env=email)


def begin(folder):
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Anna")
    git(folder, "config", "user.email", "anna@example.com")
    run(folder, WRIT, "init")


def deploy(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    run(folder, WRIT, "deploy")


def shop(folder):
    """A live and an archived instance, decisions by verb and by commit."""
    begin(folder)
    deploy(folder)
    for item in ("Lamp", "Desk", "Door"):
        run(folder, WRIT, "start", "purchase", "-i", f"item={item}", "-i", "amount=40")
    run(folder, WRIT, "approve", "1", "--comment", "fine")
    run(folder, WRIT, "complete", "1")
    run(folder, WRIT, "serve", "--once")
    git(folder, "switch", "--quiet", "writ/inbox")
    file = folder / "purchase-2.approve.1.approve" / "anna.yaml"
    file.write_text(re.sub(r"(?m)^decision:.*$", "decision: approve", file.read_text()))
    git(folder, "commit", "--quiet", "--all", "--message", "decided")
    git(folder, "switch", "--quiet", "main")
    run(folder, WRIT, "serve", "--once")
    return folder / "state"


def vault(folder):
    """Like the shop's, and signed from its second deployment on."""
    begin(folder)
    deploy(folder)
    for item in ("Lamp", "Door"):
        run(folder, WRIT, "start", "purchase", "-i", f"item={item}", "-i", "amount=40")
    key = run(folder, WRIT, "signing-key").stdout.decode().strip()
    with open(folder / "writ.yaml", "a") as file:
        file.write(f"signed-by: [{key}]\n")
    deploy(folder)
    run(folder, WRIT, "start", "purchase", "-i", "item=Desk", "-i", "amount=40")
    run(folder, WRIT, "approve", "1", "--comment", "fine")
    return folder / "state"


class Lender(http.server.BaseHTTPRequestHandler):
    """Answers every loan, and every return of one."""

    def answer(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


PEOPLE = """
  ben: {name: Ben, email: ben@example.com, roles: [employee, lead]}
  cleo: {name: Cleo, email: cleo@example.com, roles: [employee, lead]}
  dan: {name: Dan, email: dan@example.com, roles: [employee]}
"""

PARTY = """writ: 1
title: Party
owner: role:lead
access: {start: [role:employee], operate: [role:lead]}
input: {type: object, required: [guests], properties: {guests: {type: array, items: {type: string}}}}
vars: {answers: "0"}
events: {asked: {schema: {type: object, properties: {what: {type: string}}}, from: [role:employee]}}
on-event: [{event: asked, key: "'party'", cancel: none, then: answer}]
start: book
steps:
  book:
    type: service
    uses: http
    with: {method: PUT, url: "http://127.0.0.1:PORT/${instance.id}"}
    idempotent: true
    undo: {uses: http, with: {method: DELETE, url: "http://127.0.0.1:PORT/${instance.id}"}}
    on-error: [{then: off}]
    then: both
  both: {type: gateway, mode: parallel, branches: [{then: invite}, {then: agree}]}
  invite:
    type: task
    assignees: [role:lead]
    each: {in: input.guests, max-parallel: 2}
    set: {answers: size(result)}
    then: gather
  agree:
    type: approval
    levels:
      - {name: one, approvers: [role:lead], delegates: anyone}
      - {name: all, approvers: ["person:cleo", "person:dan"], require: 1}
    then: {approved: gather, rejected: refused}
  refused: {type: end}
  gather: {type: join, of: both, then: child}
  child: {type: call, workflow: team/cake, input: {who: "'anna'"}, on-error: [{then: off}], then: {good: wait, bad: off}}
  wait: {type: wait, for: 30d, then: on}
  answer: {type: task, assignees: [role:lead], then: answered}
  answered: {type: end}
  on: {type: end, outcome: held}
  off: {type: end, outcome: off, undo: true}
"""

CAKE = """writ: 1
title: Cake
owner: role:lead
access: {start: [role:employee]}
input: {type: object, required: [who], properties: {who: {type: string}}}
start: bake
steps:
  bake: {type: task, assignees: [role:lead], outcomes: [good, bad], then: {good: good, bad: bad}}
  good: {type: end, outcome: good}
  bad: {type: end, outcome: bad}
"""

TOOL = """writ: 1
title: Tool
owner: role:lead
access: {start: [role:employee]}
object: input.tag
input: {type: object, required: [tag], properties: {tag: {type: string}}}
vars: {loans: "0"}
events: {lost: {schema: {type: object}, from: [role:employee]}}
initial: here
states:
  here: {moves: {lend: {by: [role:employee], set: {loans: vars.loans + 1}, then: away}, scrap: {by: [role:lead], then: judged}}}
  away:
    moves: {remind: {by: [role:lead], then: stay}, back: {by: [role:employee], then: here}, lost: {then: gone}}
  judged: {approval: {approvers: [role:lead], then: {approved: gone, rejected: here}}}
  gone: {final: true}
"""


def street(folder):
    """Branches, items, a child, what is taken back, messages, side tokens, a state machine, a lent seat, a lost one."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lender)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    begin(folder)
    people = folder / "people.yaml"
    people.write_text(people.read_text().replace("\ncalendars:", PEOPLE + "\ncalendars:", 1))
    for name, text in (("party", PARTY), ("cake", CAKE), ("tool", TOOL)):
        (folder / f"workflows/team/{name}.yaml").write_text(text.replace("PORT", str(server.server_port)))
    deploy(folder)
    guests = folder / "guests.json"
    guests.write_text('{"guests": ["eva", "fay", "gus"]}')
    for _ in range(2):
        writ(folder, "anna", "start", "party", "--input", str(guests))
    guests.write_text('{"guests": ["' + "eva" * 2_000 + '"]}')
    writ(folder, "anna", "start", "party", "--input", str(guests))
    # As if it had ended in mid-work, with every booking under way.
    checkpoint = folder / "state/.git/writ/checkpoint"
    checkpoint.write_text(checkpoint.read_text().replace("\nclosed\n", "\nopen\n"))
    writ(folder, "anna", "serve", "--once")
    writ(folder, "anna", "send", "asked", "--key", "party", "-i", "what=when")
    for number in ("1", "2"):
        writ(folder, "ben", "delegate", number, "--to", "dan")
        writ(folder, "dan", "approve", number)
        writ(folder, "cleo", "approve", number)
        for visit in (2, 3, 4):
            writ(folder, "anna", "complete", f"party-{number}.invite.{visit}")
    for number in ("1", "2"):
        writ(folder, "anna", "complete", f"party-{number}.answer.1")
    writ(folder, "anna", "serve", "--once")
    writ(folder, "anna", "complete", "cake-5", "--outcome", "good")
    writ(folder, "anna", "complete", "cake-6", "--outcome", "bad")
    writ(folder, "anna", "serve", "--once")
    writ(folder, "anna", "start", "tool", "-i", "tag=saw")
    writ(folder, "anna", "start", "tool", "-i", "tag=axe")
    for move in ("lend", "remind", "back", "scrap"):
        writ(folder, "anna", "move", "7", move)
    writ(folder, "ben", "approve", "7")
    writ(folder, "anna", "move", "8", "lend")
    writ(folder, "dan", "send", "lost", "--key", "axe")
    people.write_text(people.read_text().replace("ben@example.com, roles: [employee, lead]", "ben@example.com, roles: [employee]"))
    deploy(folder)
    writ(folder, "cleo", "comment", "3", "no cake?")
    writ(folder, "cleo", "cancel", "3", "--reason", "no cake")
    writ(folder, "anna", "serve", "--once")
    server.shutdown()
    return folder / "state"


MOVE = """writ: 1
title: Move
owner: role:lead
access: {start: [role:employee]}
vars: {boxes: "3"}
start: fork
steps:
  fork: {type: gateway, mode: parallel, branches: [{then: pack}, {then: agree}, {then: rest}, {then: wash}]}
  pack: {type: task, assignees: [role:lead], each: {in: "[1, 2]"}, then: meet}
  agree: {type: approval, approvers: [role:lead], show: {Boxes: vars.boxes}, separation: {initiator: allow, because: alone}, then: {approved: meet, rejected: meet}}
  rest: {type: wait, for: 30d, then: meet}
  wash: {type: task, assignees: [role:lead], then: meet}
  meet: {type: join, of: fork, then: done}
  done: {type: end}
"""

MOVED = """migrate:
  steps: {pack: wrap, rest: pause, fork: split, meet: gather}
  drop: [wash]
  set: {crates: "vars.boxes + 1"}
start: split
"""


def house(folder):
    """An instance of every kind of open work, moved to a version in which nearly everything has another name, the
    workflow too."""
    begin(folder)
    file = folder / "workflows/team/move.yaml"
    file.write_text(MOVE)
    deploy(folder)
    for _ in range(2):
        writ(folder, "anna", "start", "move")
    writ(folder, "anna", "complete", "move-1.pack.2")
    text = MOVE.replace("start: fork\n", MOVED).replace(", {then: wash}", "")
    text = re.sub(r"(?m)^  wash:.*\n", "", text).replace("boxes: \"3\"", "crates: \"0\"").replace("vars.boxes}", "vars.crates}")
    for old, new in (("pack", "wrap"), ("rest", "pause"), ("fork", "split"), ("meet", "gather")):
        text = re.sub(rf"(?m)^  {old}:", f"  {new}:", text).replace(f"then: {old}", f"then: {new}")
        text = text.replace(f"of: {old}", f"of: {new}").replace(f"approved: {old}", f"approved: {new}")
        text = text.replace(f"rejected: {old}", f"rejected: {new}")
    file.unlink()
    (folder / "workflows/team/removal.yaml").write_text(text + "renamed-from: team/move\n")
    deploy(folder)
    writ(folder, "anna", "comment", "2", "moved")
    writ(folder, "anna", "approve", "2")
    return folder / "state"
