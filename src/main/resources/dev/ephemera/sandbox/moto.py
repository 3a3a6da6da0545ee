"""Starts moto, the sandbox's AWS, with what RDS and Route53 do and moto does not.

Run as: PYTHON moto.py PORT RESTORE_TIME_FILE [DATABASES_FILE] (a time such as 2s, read whenever an instance is made;
settings by which each instance gets a PostgreSQL server, without them instances are records). Listens on the loopback
interface only.
"""

import re
import secrets
import string
import sys
import threading
import time
import uuid
from pathlib import Path

# Python looks beside a script first, and there it would take this file for the package moto.
here = str(Path(__file__).resolve().parent)
sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != Path(here)]

from moto import server
from moto.rds.models import DBInstance
from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend

SECONDS_IN = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}

make_instance = DBInstance.__init__
describe_restorable = DBInstance.latest_restorable_time.fget
create_zone = Route53Backend.create_hosted_zone
change_records = Route53Backend.change_resource_record_sets
one_change_at_a_time = threading.Lock()


def restore_seconds(file):
    """Zero where the file is missing or says no time: then an instance is available at once."""
    try:
        said = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h)", file.read_text().strip())
    except OSError:
        return 0
    return float(said[1]) * SECONDS_IN[said[2]] if said else 0


def make_instance_as_rds_does(instance, *args, **kwargs):
    """moto gives every instance one and the same resource id, so that a second one cannot be told from the first;
    and it has an instance ready at once, so that nobody would ever wait for one."""
    make_instance(instance, *args, **kwargs)
    letters = string.ascii_uppercase + string.digits
    instance.dbi_resource_id = "db-" + "".join(secrets.choice(letters) for _ in range(26))
    if instance.kms_key_id == "default_kms_key_id":  # RDS names keys by ARN, and refuses what an import would repeat here
        instance.kms_key_id = f"arn:aws:kms:{instance.region}:{instance.account_id}:key/{uuid.uuid4()}"
    instance.ready_at = time.monotonic() + restore_seconds(restore_time_file)


def status(instance):
    said = server_status(instance, instance._status)
    return "creating" if said == "available" and time.monotonic() < getattr(instance, "ready_at", 0) else said


def server_status(instance, recorded):
    """Without servers, what the record says."""
    return recorded


def set_status(instance, value):
    instance._status = value


def restorable_time(instance):
    """moto says "now" even without backups; RDS says nothing then, and a refresh finds nothing new."""
    return describe_restorable(instance) if instance.backup_retention_period else None


def is_there(zone, record):
    return any(
        (rrset.name.rstrip("."), rrset.type, rrset.set_identifier)
        == (record["Name"].rstrip("."), record["Type"], record.get("SetIdentifier"))
        for rrset in zone.rrsets
    )


def change_records_as_route53_does(backend, zone_id, changes):
    """moto looks into its journal of changes: a record that was deleted cannot be made again, one with other values can
    be made twice. Route53 looks at the records; and it makes one change of a zone at a time."""
    zone = backend.get_hosted_zone(zone_id)
    with one_change_at_a_time:
        for change in changes:
            record = change["ResourceRecordSet"]
            if change["Action"] == "CREATE":
                if is_there(zone, record):
                    raise ResourceRecordAlreadyExists(record["Name"], record["Type"])
                made = record["Name"].rstrip("."), record["Type"]
                zone.rr_changes[:] = [
                    past
                    for past in zone.rr_changes
                    if (past["ResourceRecordSet"]["Name"].rstrip("."), past["ResourceRecordSet"]["Type"]) != made
                ]
        change_records(backend, zone_id, changes)


def create_zone_as_route53_does(backend, *args, **kwargs):
    """moto takes its SOA record for the text of a Python dictionary, and no name server can serve a zone with that."""
    zone = create_zone(backend, *args, **kwargs)
    for rrset in zone.rrsets:
        rrset.records = [record["Value"] if isinstance(record, dict) else record for record in rrset.records]
    return zone


port, restore_time_file = int(sys.argv[1]), Path(sys.argv[2])
DBInstance.__init__ = make_instance_as_rds_does
DBInstance.status = property(status, set_status)
DBInstance.latest_restorable_time = property(restorable_time)
Route53Backend.create_hosted_zone = create_zone_as_route53_does
Route53Backend.change_resource_record_sets = change_records_as_route53_does
if len(sys.argv) > 3:
    sys.path.append(here)  # behind everything else: moto's package is imported by now
    from databases import attach

    server_status = attach(sys.argv[3])
server.main(["--host", "127.0.0.1", "--port", str(port)])
