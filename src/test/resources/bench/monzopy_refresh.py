"""Refreshes as Home Assistant does, with its client monzopy, and prints the milliseconds of each.

Arguments: the file monzopy.py, the URL of the bank, an access token, the number of refreshes.
"""

import asyncio
import importlib.util
import sys
import time

import aiohttp

file, url, token, refreshes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
spec = importlib.util.spec_from_file_location("monzopy_client", file)
client = importlib.util.module_from_spec(spec)
sys.modules["monzopy_client"] = client
spec.loader.exec_module(client)


class Api(client.AbstractMonzoApi):
    async def async_get_access_token(self):
        return token

    async def _request(self, method, endpoint, **kwargs):
        return await super()._request(method, endpoint, base_url=url, **kwargs)


async def main():
    async with aiohttp.ClientSession() as session:
        account = Api(session).user_account
        for _ in range(refreshes):
            begin = time.monotonic()
            await account.accounts()
            await account.pots()
            print(round((time.monotonic() - begin) * 1000))


asyncio.run(main())
