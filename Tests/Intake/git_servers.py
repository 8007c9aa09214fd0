"""Real git servers on loopback: 'git http-backend' behind a web server that wants a password, and sshd with keys of its own."""
import base64
import contextlib
import getpass
import http.server
import os
import pathlib
import socket
import subprocess
import threading
import time

UNPACKED = os.path.abspath(".build/sshd/usr/sbin/sshd")
SSHD = UNPACKED if os.path.exists(UNPACKED) else "/usr/sbin/sshd"
USER, PASSWORD = "runner", "open sesame"


class Backend(http.server.BaseHTTPRequestHandler):
    """git's smart HTTP protocol, spoken by git itself."""

    protocol_version = "HTTP/1.1"
    root = ""

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.body())

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def answer(self, body):
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            **os.environ, "GIT_PROJECT_ROOT": self.root, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
            "QUERY_STRING": query, "REQUEST_METHOD": self.command, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_USER": USER,
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=environment)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line]
        status = next((value for name, value in fields if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class Transport:
    """An address, and the lines of git's configuration with which it is reached."""

    def __init__(self, address, config):
        self.address, self.config = address, config


@contextlib.contextmanager
def http_server(folder, repositories):
    """Reached with the password that a stock credential helper hands out."""
    handler = type("Handler", (Backend,), {"root": str(repositories)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    store = pathlib.Path(folder) / "credentials"
    store.write_text(f"http://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}\n")
    store.chmod(0o600)
    yield Transport(f"http://127.0.0.1:{port}/", f"[credential]\n\thelper = store --file={store}\n")
    server.shutdown()


@contextlib.contextmanager
def ssh_server(folder, repositories):
    """As the user who runs the tests, with keys made for this one server."""
    folder = pathlib.Path(folder)
    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "authorized").write_text((folder / "client.pub").read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": folder / "host", "PidFile": "none", "UsePAM": "no",
        "AuthorizedKeysFile": folder / "authorized", "StrictModes": "no", "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no", "MaxStartups": "100:30:200",
    }
    (folder / "sshd_config").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    if os.getuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    log = open(folder / "sshd.log", "w")
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    command = f"ssh -F none -i {folder / 'client'} -o IdentitiesOnly=yes -o UserKnownHostsFile={folder / 'known'}"
    wait_for(port, server)
    address = f"ssh://{getpass.getuser()}@127.0.0.1:{port}{repositories}/"
    yield Transport(address, f"[core]\n\tsshCommand = {command}\n")
    server.terminate()
    server.wait()


def wait_for(port, server):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "sshd does not start"
        time.sleep(0.05)
    raise AssertionError("sshd does not listen")
