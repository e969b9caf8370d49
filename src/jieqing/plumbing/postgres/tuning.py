"""Server settings computed from the machine.

The defaults of PostgreSQL are for a machine of the nineties. These fit a small box that also runs our web process and
worker (2 cores and 24 GiB give 3 GiB of buffers) and shrink with it. Durability is not a matter of speed here: fsync
and synchronous_commit stay on, evidence depends on them; only a throw-away server of the tests may go without.
"""

import os
import shutil
from pathlib import Path

MIB = 1024 * 1024
CONNECTIONS_MAX = 200


def server_settings(home: Path, *, durable: bool = True) -> dict[str, str]:
    """Settings by name, values as ``postgres -c`` takes them."""
    memory_mib = _memory_bytes() // MIB
    disk_mib = shutil.disk_usage(home).free // MIB
    cores = os.cpu_count() or 1
    settings = {
        "listen_addresses": "",
        "max_connections": str(CONNECTIONS_MAX),
        "password_encryption": "scram-sha-256",
        "shared_buffers": f"{_between(memory_mib // 8, 128, 4096)}MB",
        "effective_cache_size": f"{_between(memory_mib // 2, 256, 65536)}MB",
        "work_mem": f"{_between(memory_mib // 384, 8, 64)}MB",
        "maintenance_work_mem": f"{_between(memory_mib // 24, 64, 1024)}MB",
        # Bulk imports write gigabytes of log: fewer, larger checkpoints; a small disk bounds it.
        "max_wal_size": f"{_between(disk_mib // 10, 256, 4096)}MB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        # The carried binaries are built without lz4 and zstd; pglz still halves the full-page images.
        "wal_compression": "pglz",
        "random_page_cost": "1.1",
        "max_worker_processes": str(max(8, cores)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(min(cores, 4)),
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "on",
        "log_filename": "server-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_file_mode": "0600",
        "log_line_prefix": "%m [%p] %u@%d ",
        # Values bound to a statement may be personal; the log shows the statement without them.
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    if _shared_memory_is_small():
        # Containers often give /dev/shm 64 MiB; parallel queries then fail with "no space left on device".
        settings["dynamic_shared_memory_type"] = "mmap"
    if not durable:
        settings |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "256MB",
        }
    return settings


def _between(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def _shared_memory_is_small() -> bool:
    try:
        return shutil.disk_usage("/dev/shm").total < 1024 * MIB
    except OSError:
        return False


def _memory_bytes() -> int:
    """Memory this process may use: the machine's, or the container's limit when that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            text = Path(limit).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if text.isdigit():
            machine = min(machine, int(text))
    return machine
