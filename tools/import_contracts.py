"""The import contract that import-linter lacks: a room's private parts.

import-linter's own ``protected`` type names one list of allowed importers for all protected modules, so it cannot
say "each room may use its own models, no room may use another's". ``PrivateParts`` says exactly that, with
wildcards, so that a room is covered the day it is born.

It fails closed: whatever is not named ``public`` is private, new file names included. Four kinds of importer exist:

- a module of the same room: free (the order inside the room is another contract);
- a module of another room: the ``public`` parts only;
- a test of another room: also ``test_public`` parts (rows made by hand, shared factories);
- the shell (``jieqing.web``): also ``shell_public`` parts, and ``desk_public`` parts when it is a desk.

Source: DESIGN "Between rooms only services, selectors, access, events, panels (desks only) and engine types".
"""

from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules

ROOM_DEPTH = 3  # jieqing.<wing>.<room>


class PrivateParts(Contract):
    """Options: ``rooms`` and ``not_rooms`` (module expressions), then the lists of part names; see the module."""

    type_name = "private_parts"

    rooms = fields.SetField(subfield=fields.ModuleExpressionField())
    not_rooms = fields.SetField(subfield=fields.ModuleExpressionField())
    public = fields.SetField(subfield=fields.StringField())
    test_public = fields.SetField(subfield=fields.StringField())
    shell = fields.StringField()
    shell_public = fields.SetField(subfield=fields.StringField())
    desks = fields.StringField()
    desk_public = fields.SetField(subfield=fields.StringField())

    def check(self, graph, verbose):  # type: ignore[no-untyped-def]
        rooms = _names(graph, self.rooms) - _names(graph, self.not_rooms)
        rooms = {room for room in rooms if graph.find_children(room)}
        illegal = [
            (
                importer,
                imported,
                [
                    detail["line_number"]
                    for detail in graph.get_import_details(importer=importer, imported=imported)
                ],
            )
            for room in sorted(rooms)
            for imported in sorted(graph.find_descendants(room))
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not _inside(importer, room) and not self._may_enter(importer, imported[len(room) + 1 :])
        ]
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def render_broken_contract(self, check):  # type: ignore[no-untyped-def]
        for importer, imported, lines in check.metadata["illegal"]:
            places = ", ".join(f"l.{line}" for line in lines)
            output.print_error(f"- {importer} -> {imported} ({places})", bold=False)
        output.new_line()
        output.print_error(
            "Use the room's services, selectors, access, events or engine instead.", bold=False
        )
        output.new_line()

    def _may_enter(self, importer: str, part: str) -> bool:
        allowed = set(self.public)  # type: ignore[call-overload]
        if "tests" in importer.split("."):
            allowed |= set(self.test_public)  # type: ignore[call-overload]
        if _inside(importer, str(self.shell)):
            allowed |= set(self.shell_public)  # type: ignore[call-overload]
        if _inside(importer, str(self.desks)):
            allowed |= set(self.desk_public)  # type: ignore[call-overload]
        return any(part == name or part.startswith(name + ".") for name in allowed)


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _names(graph, expressions) -> set[str]:  # type: ignore[no-untyped-def]
    return {module.name for module in module_expressions_to_modules(graph, expressions)}
