"""A restore writes into an empty place; what stands there is moved aside only when its path is spelled out.

The embedded cluster and the files are renamed, not deleted: the operator looks at the restored platform first. The
database of another server is never cleared from here: an empty one is made there by its administrator.
"""

from jieqing.kernel import clock
from jieqing.plumbing.backups import database
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.paths import data_dir
from jieqing.plumbing.postgres import BACKUP, connection_url, embedded_server, uses_embedded_server
from jieqing.plumbing.postgres.home import home_for


def make_way(replace: str | None) -> None:
    """Refuse a place that is in use or not empty, unless ``replace`` spells its path."""
    if uses_embedded_server():
        embedded_server().supervise()  # refused while a platform runs on this folder
    cluster, files = home_for(data_dir()).cluster, data_dir() / "files"
    standing = [path for path in (cluster, files) if path.is_dir() and any(path.iterdir())]
    if not uses_embedded_server():
        standing = [path for path in standing if path == files]
    if not standing:
        return
    if replace != str(data_dir()):
        raise Fault(
            f"数据目录 {data_dir()} 不是空的，没有恢复任何内容：请用 JIEQING_DATA 指定空目录；"
            f"确要替换时写 --replace {data_dir()}（旧内容改名保留）。",
            f"The data folder {data_dir()} is not empty; nothing was restored: name an empty one in JIEQING_DATA, or, to "
            f"replace it, say --replace {data_dir()} (what is there is renamed, not deleted).",
        )
    if uses_embedded_server():
        if embedded_server().is_running():
            raise Fault(
                "数据库仍在运行：请先停止平台（jieqing db stop）。",
                "The database is still running: stop the platform first (jieqing db stop).",
            )
        (home_for(data_dir()).folder / "prepared").unlink(missing_ok=True)
    for path in standing:
        path.rename(path.with_name(f"{path.name}.before-{clock.now():%Y%m%dT%H%M%SZ}"))


def refuse_full_database() -> None:
    if not database.is_empty(connection_url(BACKUP)):
        raise Fault(
            "目标数据库不是空的，没有恢复任何内容：请让管理员建一个空库（jieqing db prepare）。",
            "The database is not empty; nothing was restored: have an empty one made (jieqing db prepare).",
        )
