"""Forges copies of a record."""
import hashlib
import re
import shutil

from record_scenes import git, run


class Forger:
    """Rewrites a copy of a record with stock git's plumbing, past the hook that forbids it."""

    def __init__(self, record, folder):
        self.folder = folder
        shutil.copytree(record / ".git", folder)
        self.env = {"GIT_INDEX_FILE": str(folder / "forged-index")}
        git(folder, "config", "--unset", "extensions.preciousObjects", check=False)
        git(folder, "read-tree", "state", env=self.env)

    def paths(self, pattern):
        listed = git(self.folder, "ls-files", env=self.env).split("\n")
        return [path for path in listed if re.search(pattern, path)]

    def one(self, pattern):
        return self.paths(pattern)[0]

    def read(self, path):
        return run(self.folder, "git", "show", f"state:{path}").stdout

    def write(self, path, content, mode="100644"):
        blob = git(self.folder, "hash-object", "-w", "--stdin", stdin=content)
        git(self.folder, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", env=self.env)

    def edit(self, pattern, old, new, count=1):
        """In the file itself, or in an earlier part of its timeline, which is then named anew."""
        path = self.one(pattern)
        for place in (path, *self.paths(re.escape(path[:-5]) + r"\.p1\.yaml")):
            before = self.read(place)
            after = re.sub(old, new, before.decode("latin-1"), count=count).encode("latin-1")
            if after == before:
                continue
            self.write(place, after)
            if place != path:
                told, now = (hashlib.sha256(content).hexdigest().encode() for content in (before, after))
                self.write(path, self.read(path).replace(told, now))
            return
        raise ValueError(f"nothing to forge: {old} in {path}")

    def remove(self, pattern):
        entry = f"0 {'0' * 40}\t{self.one(pattern)}\n".encode()
        git(self.folder, "update-index", "--index-info", stdin=entry, env=self.env)

    def words(self, commit):
        """The commit's message, to the byte."""
        return run(self.folder, "git", "cat-file", "commit", commit).stdout.decode().split("\n\n", 1)[1]

    def seal(self, message=lambda text: text, parent="state^", date=0, sign=None):
        """Puts the forged files in place of the last commit, its words and its date kept."""
        text = self.words("state")
        time = int(git(self.folder, "log", "-1", "--format=%ct", "state")) + date
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
               for key, value in (("NAME", "Writ"), ("EMAIL", "runner@writ.invalid"), ("DATE", f"{time} +0000"))}
        tree = git(self.folder, "write-tree", env=self.env)
        parents = ["-p", git(self.folder, "rev-parse", parent)] if parent else []
        signing = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={sign}"] if sign else []
        commit = git(
            self.folder, *signing, "commit-tree", *(["-S"] if sign else []), tree, *parents,
            stdin=message(text).encode(), env=who)
        self.point(commit)

    def point(self, commit):
        git(self.folder, "-c", "core.hooksPath=/dev/null", "update-ref", "refs/heads/state", commit)
