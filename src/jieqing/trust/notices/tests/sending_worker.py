"""A real worker for ``test_delivery``: empties the queue of notices and ends."""

import asyncio


def main() -> None:
    import django

    django.setup()
    from procrastinate.contrib.django import app

    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def run() -> None:
        async with worker.open_async():
            await worker.run_worker_async(queues=["notices"], wait=False)

    asyncio.run(run())


if __name__ == "__main__":
    main()
