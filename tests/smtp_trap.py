"""An SMTP server that writes every mail into a folder: smtp_trap.py FOLDER PORT

While there is a file FOLDER/silent, it does not say that it has taken them. Addresses of which FOLDER/refused holds
a line are refused for good."""

import asyncio
import os
import sys
import time

from aiosmtpd.smtp import SMTP


class Trap:
    def __init__(self, folder):
        self.folder = folder

    async def handle_RCPT(self, server, session, envelope, address, options):
        path = os.path.join(self.folder, "refused")
        if os.path.exists(path) and address in open(path).read().split():
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        path = os.path.join(self.folder, f"{time.time_ns()}.eml")
        with open(path + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(path + ".part", path)
        while os.path.exists(os.path.join(self.folder, "silent")):
            await asyncio.sleep(0.01)
        return "250 OK"


async def main(folder, port):
    trap = Trap(folder)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(trap, enable_SMTPUTF8=True), "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
