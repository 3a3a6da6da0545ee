"""Puts a PostgreSQL server behind each of moto's RDS instances, and data behind each of its snapshots.

Instances of other engines stay records. The settings are a JSON file, see DatabaseServers.java.
"""

import contextvars
import hashlib
import json
import shutil
import subprocess
import sys
import threading
import uuid
from pathlib import Path

from moto.rds.exceptions import RDSClientError
from moto.rds.models import RDSBackend
from postgresql import (
    Addresses,
    Server,
    Trouble,
    copy_tree,
    delete_tree,
    initialise,
    issue_certificate,
    make_folder,
)

restored_from = contextvars.ContextVar("restored_from", default=None)


def say(text):
    print(f"databases: {text}", file=sys.stderr, flush=True)


class Database:
    """What is behind one instance. Its lock makes one change at a time."""

    def __init__(self, server):
        self.server = server
        self.state = "creating"
        self.lock = threading.RLock()


class Databases:
    def __init__(self, settings):
        self.programs, self.home = Path(settings["programs"]), Path(settings["home"])
        self.authority, self.names, self.kept = (Path(settings[key]) for key in ("authority", "names", "kept"))
        self.seeds = settings["seeds"]
        self.addresses = Addresses(settings["network"])
        self.of_instance = {}
        self.lock = threading.Lock()
        self.keeping = threading.Lock()
        version = subprocess.run([self.programs / "bin/postgres", "--version"], capture_output=True, check=True)
        self.version = version.stdout.decode().split()[-1]
        # What an earlier moto left; its cloud is gone.
        for name in ("instances", "snapshots", "scratch"):
            delete_tree(self.home / name)
            (self.home / name).mkdir(mode=0o711)
        self.kept.mkdir(mode=0o700, exist_ok=True)
        self.publish()

    def publish(self):
        with self.lock:
            lines = [f"{found.server.address} {found.server.name}\n" for found in self.of_instance.values()]
            draft = self.names.with_name(f".{self.names.name}.new")
            draft.write_text("".join(sorted(lines)))
            draft.replace(self.names)

    # Data that take long to make are kept, each under its name with the key of what it was made from.

    def kept_data(self, name, key, make):
        place, mark = self.kept / name, self.kept / f"{name}.key"
        wanted = hashlib.sha256("\0".join([self.version, *key]).encode()).hexdigest()
        with self.keeping:
            if not (mark.exists() and mark.read_text() == wanted and place.is_dir()):
                mark.unlink(missing_ok=True)
                delete_tree(place)
                scratch = make_folder(self.home / "scratch" / uuid.uuid4().hex)
                try:
                    make(scratch)
                    copy_tree(scratch / "data", place)
                finally:
                    delete_tree(scratch)
                mark.write_text(wanted)
        return place

    def empty(self):
        return self.kept_data("empty", [], lambda folder: initialise(self.programs, folder))

    def changed(self, folder, origin, change):
        """Puts into the folder a copy of the data that a server has changed, which nobody else could reach."""
        copy_tree(origin, folder / "data")
        server = Server(self.programs, folder, "scratch", "", 5432)
        server.configure(*issue_certificate(self.authority, "scratch.invalid", "127.0.0.1"), True)
        try:
            server.start()
            change(server)
            server.stop()
        finally:
            server.kill()

    def initial(self, instance):
        """The data that a new instance begins with: where a script is known for it, what that makes."""
        origin = self.empty()
        seed = self.seeds.get(instance.db_instance_identifier)

        def load(server):
            server.set_up(instance.db_name, instance.master_username)
            if seed:
                server.run_script(Path(seed["load"]), instance.db_name, instance.master_username)

        def make(folder):
            self.changed(folder, origin, load)

        key = [instance.db_name or "", instance.master_username]
        if not seed:
            return None
        return self.kept_data(f"{instance.db_instance_identifier}-loaded", [*key, text_of(seed["load"])], make)

    def masked(self, instance):
        origin, seed = self.initial(instance), self.seeds[instance.db_instance_identifier]

        def mask(server):
            server.run_script(Path(seed["mask"]), instance.db_name, instance.master_username)
            server.forget_the_past(instance.db_name)

        key = [instance.db_name or "", instance.master_username, text_of(seed["load"]), text_of(seed["mask"])]
        name = f"{instance.db_instance_identifier}-masked"
        return self.kept_data(name, key, lambda folder: self.changed(folder, origin, mask))

    # The life of an instance.

    def create(self, instance, data):
        if instance.engine != "postgres":
            say(f"{instance.db_instance_identifier} is a record only: no server of engine {instance.engine} is here")
            return
        address = self.addresses.take()
        folder = self.home / "instances" / instance.dbi_resource_id
        server = Server(self.programs, folder, instance.address, address, int(instance.port))
        database = self.of_instance[instance.dbi_resource_id] = Database(server)
        self.publish()
        locked = threading.Event()

        def work():
            with database.lock:
                locked.set()
                self.fill_and_start(instance, database, data)

        threading.Thread(target=work, daemon=True).start()
        locked.wait(5)  # nobody comes before

    def fill_and_start(self, instance, database, data):
        server = database.server
        try:
            make_folder(server.folder)
            origin = data or self.initial(instance)
            copy_tree(origin or self.empty(), server.data)
            self.configure(instance, server)
            server.start()
            if not origin:
                server.set_up(instance.db_name, instance.master_username)
            if password_of(instance):
                server.set_password(instance.master_username, password_of(instance))
            database.state = "running"
            version = f"; it asks for {instance.engine_version}" if instance.engine_version != self.version else ""
            where = f"{server.address}:{server.port}"
            say(f"{instance.db_instance_identifier} runs on PostgreSQL {self.version} at {where}{version}")
        except Exception as error:
            self.fail(instance, database, error)

    def fail(self, instance, database, error):
        database.state = "failed"
        database.server.kill()
        reason = error if isinstance(error, (Trouble, OSError)) else type(error).__name__
        say(f"{instance.db_instance_identifier} failed: {reason}; delete it and make it anew")

    def configure(self, instance, server):
        certificate = issue_certificate(self.authority, server.name, server.address)
        server.configure(*certificate, forces_ssl(instance))

    def status(self, instance, recorded):
        database = self.of_instance.get(instance.dbi_resource_id)
        if database is None or recorded == "deleting":
            return recorded
        if database.state == "running" and not database.server.is_running():
            # Not while somebody stops or reboots it.
            if database.lock.acquire(blocking=False):
                try:
                    if database.state == "running" and not database.server.is_running():
                        self.fail(instance, database, Trouble("its server has ended"))
                finally:
                    database.lock.release()
        return recorded if database.state in ("running", "stopped") else database.state

    def change(self, instance, work):
        """Does something with a server that runs or is stopped; what fails makes the instance fail."""
        database = self.of_instance.get(instance.dbi_resource_id)
        if database is None:
            return
        with database.lock:
            if database.state not in ("running", "stopped"):
                raise RDSClientError(
                    "InvalidDBInstanceState",
                    f"Database instance is not in available state: {instance.db_instance_identifier} is {database.state}.",
                )
            try:
                work(database)
            except Exception as error:
                self.fail(instance, database, error)

    def stop(self, instance):
        def work(database):
            database.state = "stopped"
            database.server.stop()

        self.change(instance, work)

    def start(self, instance):
        def work(database):
            self.configure(instance, database.server)
            database.server.start()
            database.state = "running"

        self.change(instance, work)

    def reboot(self, instance):
        def work(database):
            if database.state == "running":
                database.server.stop()
                self.configure(instance, database.server)
                database.server.start()

        self.change(instance, work)

    def modify(self, instance, with_password):
        def work(database):
            server = database.server
            if database.state == "running" and with_password:
                server.set_password(instance.master_username, password_of(instance))
            moved = (server.name, server.port) != (instance.address, int(instance.port))
            was_running = database.state == "running" and moved
            if was_running:
                server.stop()
            server.name, server.port = instance.address, int(instance.port)
            self.configure(instance, server)
            if was_running:
                server.start()
            server.reload()
            self.publish()

        self.change(instance, work)

    def delete(self, instance):
        database = self.of_instance.get(instance.dbi_resource_id)
        if database is None:
            return
        with database.lock:
            database.state = "deleting"
            database.server.kill()
            delete_tree(database.server.folder)
            with self.lock:
                self.of_instance.pop(instance.dbi_resource_id, None)
            self.addresses.give_back(database.server.address)
        self.publish()

    def snapshot(self, instance, snapshot):
        def work(database):
            target = self.new_snapshot()
            seed = self.seeds.get(instance.db_instance_identifier)
            if seed and snapshot.db_snapshot_identifier == seed["masked"]:
                copy_tree(self.masked(instance), target)
            else:
                database.server.copy_data(target)
            snapshot.data = target

        self.change(instance, work)

    def copy_snapshot(self, source, target):
        if getattr(source, "data", None):
            target.data = self.new_snapshot()
            copy_tree(source.data, target.data)

    def new_snapshot(self):
        return self.home / "snapshots" / uuid.uuid4().hex


def text_of(file):
    return Path(file).read_text()


def password_of(instance):
    if getattr(instance, "master_user_secret", None):
        return json.loads(instance.master_user_secret.secret.secret_string)["password"]
    return getattr(instance, "_master_user_password", None)


def forces_ssl(instance):
    """rds.force_ssl is on where the group does not say otherwise, from version 15 on."""
    for group in instance.db_parameter_groups():
        value = group.parameters.get("rds.force_ssl", {}).get("ParameterValue")
        if value is not None:
            return str(value) == "1"
    return int(instance.engine_version.split(".")[0]) >= 15


def attach(settings_file):
    """Returns what says an instance's status; from now on moto's instances have servers."""
    databases = Databases(json.loads(Path(settings_file).read_text()))
    original = {
        name: getattr(RDSBackend, name)
        for name in (
            "create_db_instance",
            "restore_db_instance_from_db_snapshot",
            "restore_db_instance_to_point_in_time",
            "modify_db_instance",
            "modify_db_parameter_group",
            "reboot_db_instance",
            "stop_db_instance",
            "start_db_instance",
            "delete_db_instance",
            "create_db_snapshot",
            "copy_db_snapshot",
            "delete_db_snapshot",
            "reset",
        )
    }

    def create_db_instance(backend, db_kwargs):
        instance = original["create_db_instance"](backend, db_kwargs)
        databases.create(instance, restored_from.get())
        return instance

    def restoring(make, data):
        token = restored_from.set(data)
        try:
            return make()
        finally:
            restored_from.reset(token)

    def restore_db_instance_from_db_snapshot(backend, from_snapshot_id, overrides):
        name = from_snapshot_id.split(":")[-1]
        data = getattr(backend.database_snapshots.get(name), "data", None)
        call = original["restore_db_instance_from_db_snapshot"]
        return restoring(lambda: call(backend, from_snapshot_id, overrides), data)

    def restore_db_instance_to_point_in_time(backend, source_db_identifier, target_db_identifier, overrides):
        """To now, whatever point is asked for: no log of the past is kept."""
        source = databases.of_instance.get(backend.find_db_from_id(source_db_identifier).dbi_resource_id)
        data = databases.new_snapshot() if source else None
        if source:
            databases.change(backend.find_db_from_id(source_db_identifier), lambda found: found.server.copy_data(data))
        call = original["restore_db_instance_to_point_in_time"]
        return restoring(lambda: call(backend, source_db_identifier, target_db_identifier, overrides), data)

    def modify_db_instance(backend, db_instance_identifier, db_kwargs):
        with_password = any(key in db_kwargs for key in ("master_user_password", "manage_master_user_password"))
        # Refused before moto changes its record.
        databases.change(backend.describe_db_instances(db_instance_identifier)[0], lambda found: None)
        instance = original["modify_db_instance"](backend, db_instance_identifier, db_kwargs)
        databases.modify(instance, with_password)
        return instance

    def modify_db_parameter_group(backend, db_parameter_group_name, db_parameter_group_parameters):
        call = original["modify_db_parameter_group"]
        group = call(backend, db_parameter_group_name, db_parameter_group_parameters)
        for instance in backend.databases.values():
            database = databases.of_instance.get(instance.dbi_resource_id)
            if database and database.state == "running" and group in instance.db_parameter_groups():
                databases.modify(instance, False)
        return group

    def after(name, work):
        def call(backend, *args, **kwargs):
            instance = original[name](backend, *args, **kwargs)
            work(instance)
            return instance

        return call

    def create_db_snapshot(backend, db_instance_identifier, *args, **kwargs):
        instance = backend.databases.get(db_instance_identifier)
        if instance:
            databases.change(instance, lambda found: None)
        snapshot = original["create_db_snapshot"](backend, db_instance_identifier, *args, **kwargs)
        databases.snapshot(instance, snapshot)
        return snapshot

    def copy_db_snapshot(backend, source_db_snapshot_identifier, *args, **kwargs):
        source = backend.get_db_snapshot(source_db_snapshot_identifier)
        target = original["copy_db_snapshot"](backend, source_db_snapshot_identifier, *args, **kwargs)
        databases.copy_snapshot(source, target)
        return target

    def delete_db_snapshot(backend, db_snapshot_identifier):
        snapshot = original["delete_db_snapshot"](backend, db_snapshot_identifier)
        if getattr(snapshot, "data", None):
            delete_tree(snapshot.data)
        return snapshot

    def reset(backend):
        for instance in list(backend.databases.values()):
            databases.delete(instance)
        for snapshot in list(backend.database_snapshots.values()):
            if getattr(snapshot, "data", None):
                delete_tree(snapshot.data)
        original["reset"](backend)

    RDSBackend.create_db_instance = create_db_instance
    RDSBackend.restore_db_instance_from_db_snapshot = restore_db_instance_from_db_snapshot
    RDSBackend.restore_db_instance_to_point_in_time = restore_db_instance_to_point_in_time
    RDSBackend.modify_db_instance = modify_db_instance
    RDSBackend.modify_db_parameter_group = modify_db_parameter_group
    RDSBackend.reboot_db_instance = after("reboot_db_instance", databases.reboot)
    RDSBackend.stop_db_instance = after("stop_db_instance", databases.stop)
    RDSBackend.start_db_instance = after("start_db_instance", databases.start)
    RDSBackend.delete_db_instance = after("delete_db_instance", databases.delete)
    RDSBackend.create_db_snapshot = create_db_snapshot
    RDSBackend.copy_db_snapshot = copy_db_snapshot
    RDSBackend.delete_db_snapshot = delete_db_snapshot
    RDSBackend.reset = reset
    return databases.status
