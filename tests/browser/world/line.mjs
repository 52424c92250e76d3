// The wire between a client and the server, which can be slow or cut.

import { connect, createServer } from 'node:net';

/** How much a second goes up. @param {import('playwright-core').Page} page */
export async function slowLine(page, uploadThroughput) {
    const session = await page.context().newCDPSession(page);
    const conditions = { offline: false, latency: 0, downloadThroughput: -1 };
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput });
    return () => session.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput: -1 });
}

export class Line {
    #server;
    #sockets = new Set();
    /** Of all that clients sent, in bytes. */
    #passed = 0;
    #cuts = [];

    /** @param {number | string} port of the server */
    static async to(port) {
        const line = new Line();
        line.#server = createServer(client => line.#join(client, connect(Number(port), '127.0.0.1')));
        await new Promise(resolve => line.#server.listen(0, '127.0.0.1', resolve));
        line.port = line.#server.address().port;
        return line;
    }

    /** Cuts whatever is open once this much has gone towards the server; resolves when that has happened. */
    cutAfter(bytes) {
        return new Promise(resolve => this.#cuts.push({ bytes, resolve }));
    }

    async close() {
        this.#cut();
        await new Promise(resolve => this.#server.close(resolve));
    }

    #join(client, server) {
        for (const [socket, other] of [[client, server], [server, client]]) {
            this.#sockets.add(socket);
            socket.pipe(other);
            // A broken end breaks the other one, as it would without anybody in between.
            socket.on('error', () => other.destroy());
            socket.on('close', () => { this.#sockets.delete(socket); other.destroy(); });
        }
        client.on('data', piece => this.#count(piece.length));
    }

    #count(bytes) {
        this.#passed += bytes;
        if (this.#cuts.length > 0 && this.#passed >= this.#cuts[0].bytes) {
            const { resolve } = this.#cuts.shift();
            this.#cut();
            resolve();
        }
    }

    #cut() {
        this.#sockets.forEach(socket => socket.destroy());
    }
}
