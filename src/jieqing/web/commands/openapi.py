"""``jieqing openapi``: the document committed as ``contracts/openapi.json``."""

import json

import click


@click.command()
def openapi() -> None:
    """输出 OpenAPI 3.1 文档 / print the OpenAPI 3.1 document."""
    click.echo(openapi_text(), nl=False)


def openapi_text() -> str:
    from jieqing.web.api import api

    return (
        json.dumps(
            api.get_openapi_schema(path_prefix="/api/v1/"),
            ensure_ascii=False,
            indent=2,
            sort_keys=True,
            default=str,
        )
        + "\n"
    )
