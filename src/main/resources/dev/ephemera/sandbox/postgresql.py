"""PostgreSQL servers that live no longer than this process: one for each data directory, each with an address of its own.

Nothing here knows of RDS. Servers run as the user nobody where we are root, since PostgreSQL refuses root.
"""

import contextlib
import datetime
import ipaddress
import os
import shutil
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pg8000.native
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pg8000.native import identifier, literal

SUPERUSER = "rdsadmin"  # RDS's own name for it; nobody reaches it but through a socket that only we can open
NOBODY = 65534
START_SECONDS = 60
# Not for data that matter: a machine that crashes takes the sandbox with it anyway. Small, since there may be many.
CONFIGURATION = """\
listen_addresses = '{address}'
port = {port}
unix_socket_directories = '..'
unix_socket_permissions = 0700
cluster_name = '{name}'
max_connections = 50
shared_buffers = 16MB
dynamic_shared_memory_type = mmap
max_wal_size = 128MB
min_wal_size = 32MB
wal_recycle = off
fsync = off
synchronous_commit = off
full_page_writes = off
io_method = sync
jit = off
max_logical_replication_workers = 0
timezone = 'UTC'
log_timezone = 'UTC'
password_encryption = 'scram-sha-256'
ssl = on
ssl_cert_file = '../server.crt'
ssl_key_file = '../server.key'
rds.force_ssl = '{force_ssl:d}'
"""
ACCESS = """\
local all all trust
host all {superuser} all reject
{kind} all all all scram-sha-256
"""
# What a base backup leaves out (PostgreSQL's documentation, "Making a base backup"); pg_wal is copied last.
NOT_COPIED = {"postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "pg_internal.init"}
ONLY_EMPTY = {"pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"}


class Trouble(Exception):
    """A server does not do what it was asked for; the text says why, without any password."""


# Linux ends a child with the *thread* that started it, and those that answer requests are short-lived.
starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgresql-starter")


def as_server_user(command):
    """Ends at once, in order (SIGQUIT, PostgreSQL's "immediate shutdown"), when we end, however that comes."""
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=QUIT", *user, "--", *map(str, command)]


def start(command, log):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    with open(log, "ab") as output:
        return starter.submit(
            subprocess.Popen,
            as_server_user(command),
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ).result()


def give(path):
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def make_folder(path):
    path.mkdir(mode=0o700)
    give(path)
    return path


def write_for_server(path, text, mode=0o600):
    """Whole or not at all, and never readable by others, not even for an instant."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    give(draft)
    draft.replace(path)


def copy_file(source, target):
    """In the kernel, which shares the blocks where the file system can. A table may be dropped meanwhile."""
    try:
        with open(source, "rb") as read, open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as written:
            while os.copy_file_range(read.fileno(), written.fileno(), 1 << 30):
                pass
    except FileNotFoundError:
        if source.exists():
            raise
        return
    give(target)


def copy_tree(source, target, leave_out=()):
    make_folder(target)
    for entry in os.scandir(source):
        if entry.name in leave_out or entry.name in NOT_COPIED or entry.name.startswith("pgsql_tmp"):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name in ONLY_EMPTY:
                make_folder(target / entry.name)
            else:
                copy_tree(Path(entry.path), target / entry.name, leave_out)
        elif entry.is_file(follow_symlinks=False):
            copy_file(Path(entry.path), target / entry.name)


def issue_certificate(authority, name, address):
    """A certificate of the sandbox's authority and its key, both PEM; 825 days are what every client accepts."""
    issuer = x509.load_pem_x509_certificate((authority / "ca.pem").read_bytes())
    issuer_key = serialization.load_pem_private_key((authority / "ca-key.pem").read_bytes(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        # A common name ends at 64 characters; the full one is below, where clients look.
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=825))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(address))]), False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), False)
        .sign(issuer_key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return (
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
        key.private_bytes(serialization.Encoding.PEM, *plain).decode(),
    )


def initialise(programs, folder):
    """A new data directory, folder/data."""
    log = folder / "log"
    # The built-in locale is the same on every machine; RDS sorts by en_US.UTF-8.
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [programs / "bin/initdb", "-D", folder / "data", "-U", SUPERUSER, "-A", "reject", "-N", *options]
    process = start(command, log)
    if process.wait(START_SECONDS) != 0:
        raise Trouble(f"initdb ended with {process.returncode}: {last_lines(log)}")


def last_lines(log):
    try:
        return " | ".join(log.read_text(errors="replace").splitlines()[-5:])
    except OSError:
        return "it has no log"


class Server:
    """The server of one folder: data/ is PostgreSQL's, beside it are its socket, certificate and log."""

    def __init__(self, programs, folder, name, address, port):
        self.programs, self.folder, self.name, self.address, self.port = programs, folder, name, address, port
        self.process = None

    @property
    def data(self):
        return self.folder / "data"

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def configure(self, certificate, key, force_ssl):
        """Takes effect at the next start or reload, the port and address only at a start."""
        write_for_server(self.folder / "server.crt", certificate)
        write_for_server(self.folder / "server.key", key)
        settings = {"address": self.address, "port": self.port, "name": self.name, "force_ssl": force_ssl}
        write_for_server(self.data / "postgresql.conf", CONFIGURATION.format(**settings))
        kind = "hostssl" if force_ssl else "host"
        write_for_server(self.data / "pg_hba.conf", ACCESS.format(superuser=SUPERUSER, kind=kind))

    def reload(self):
        if self.is_running():
            self.process.send_signal(signal.SIGHUP)

    def start(self):
        """Returns when it accepts connections."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        log = self.folder / "log"
        self.process = start([self.programs / "bin/postgres", "-D", self.data], log)
        end = time.monotonic() + START_SECONDS
        while not self.says_ready():
            if self.process.poll() is not None:
                raise Trouble(f"its server ended with {self.process.returncode}: {last_lines(log)}")
            if time.monotonic() > end:
                self.kill()
                raise Trouble(f"its server was not ready after {START_SECONDS} s: {last_lines(log)}")
            time.sleep(0.02)

    def says_ready(self):
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def stop(self):
        """Ends sessions and writes everything down."""
        self.end(signal.SIGINT)

    def kill(self):
        self.end(signal.SIGQUIT)

    def end(self, how):
        if self.process is None:
            return
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(how)
            try:
                process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(START_SECONDS)

    @contextlib.contextmanager
    def connection(self, database, user=SUPERUSER):
        # By way of our own open folder: the path of a socket may have no more than 107 characters.
        folder = os.open(self.folder, os.O_PATH | os.O_DIRECTORY)
        try:
            socket = f"/proc/self/fd/{folder}/.s.PGSQL.{self.port}"
            session = pg8000.native.Connection(user, unix_sock=socket, database=database, timeout=120)
            try:
                # A statement that fails is written into the log, and this one may hold a password.
                if user == SUPERUSER:
                    session.run("SET log_min_error_statement = panic")
                yield session
            finally:
                session.close()
        except (pg8000.exceptions.Error, OSError) as error:
            raise Trouble(f"{self.name} refused what it was asked: {said(error)}") from None
        finally:
            os.close(folder)

    def set_up(self, database, user):
        """As RDS does: the user may make databases and roles, owns its database, and is no superuser."""
        with self.connection("postgres") as session:
            session.run(f"CREATE ROLE {identifier(user)} LOGIN CREATEDB CREATEROLE")
            session.run(f"ALTER DATABASE postgres OWNER TO {identifier(user)}")
            if database and database != "postgres":
                session.run(f"CREATE DATABASE {identifier(database)} OWNER {identifier(user)}")

    def set_password(self, user, password):
        with self.connection("postgres") as session:
            session.run(f"ALTER ROLE {identifier(user)} PASSWORD {literal(password)}")

    def run_script(self, script, database, user):
        """All of it or nothing."""
        with self.connection(database, user) as session:
            session.run("BEGIN;\n" + script.read_text() + "\n;COMMIT")

    def forget_the_past(self, database):
        """What was overwritten still lies in the files: in dead rows, old statistics and the log. Where it must not be
        found again, all of that is written anew."""
        with self.connection(database) as session:
            for statement in ("ANALYZE", "VACUUM FULL", "SELECT pg_switch_wal()", "CHECKPOINT"):
                session.run(statement)

    def copy_data(self, target):
        """Copies the data as they are now, while others go on writing."""
        if not self.is_running():
            copy_tree(self.data, target)
            return
        with self.connection("postgres") as session:
            # Holds the log that the copy needs, and goes with the session.
            session.run("SELECT pg_create_physical_replication_slot('snapshot', true, true)")
            session.run("SELECT pg_backup_start('snapshot', true)")
            copy_tree(self.data, target, leave_out={"pg_wal"})
            [[label]] = session.run("SELECT labelfile FROM pg_backup_stop(false)")
            write_for_server(target / "backup_label", label)
            copy_tree(self.data / "pg_wal", target / "pg_wal")


def said(error):
    """What the server said, and no more: the text of an error may repeat the statement."""
    fields = error.args[0] if error.args else ""
    return fields.get("M", "no reason given") if isinstance(fields, dict) else str(error)


class Addresses:
    """An address for each server. One that became free is given out last: a client may still know it."""

    def __init__(self, network):
        self.free = [str(address) for address in ipaddress.ip_network(network).hosts()]
        self.lock = threading.Lock()

    def take(self):
        with self.lock:
            if not self.free:
                raise Trouble("no address is left in the network of the databases; delete an instance")
            return self.free.pop(0)

    def give_back(self, address):
        with self.lock:
            self.free.append(address)


def delete_tree(path):
    shutil.rmtree(path, ignore_errors=True)
