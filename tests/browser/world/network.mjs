// The line between a browser and the server: how fast it is, and whether it is there at all.

import { createServer, request } from 'node:http';

/** How much a second goes up. @param {import('playwright-core').Page} page */
export async function slowLine(page, uploadThroughput) {
    const session = await page.context().newCDPSession(page);
    const conditions = { offline: false, latency: 0, downloadThroughput: -1 };
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput });
    return () => session.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput: -1 });
}

/** A proxy, which breaks what is under way when it is cut: a browser that is told to be offline lets that finish. */
export class Line {
    #proxy;
    #isCut = false;
    #sockets = new Set();

    static async to(server) {
        const line = new Line();
        line.#proxy = createServer((question, answer) => line.#pass(server, question, answer));
        line.#proxy.on('connection', socket => {
            if (line.#isCut) return socket.destroy();
            line.#sockets.add(socket);
            socket.on('close', () => line.#sockets.delete(socket)).on('error', () => undefined);
        });
        await new Promise(resolve => line.#proxy.listen(0, '127.0.0.1', resolve));
        return line;
    }

    /** For a browser context. */
    get options() {
        return { proxy: { server: `http://127.0.0.1:${this.#proxy.address().port}`, bypass: '<-loopback>' } };
    }

    #pass(server, question, answer) {
        const { pathname, search } = new URL(question.url);
        const { method, headers } = question;
        const onwards = request({ host: '127.0.0.1', port: server.port, path: pathname + search, method, headers });
        onwards.on('response', reply => {
            answer.writeHead(reply.statusCode, reply.headers);
            reply.on('error', () => answer.destroy()).pipe(answer);
        });
        onwards.on('error', () => answer.destroy());
        question.on('close', () => question.complete || onwards.destroy());
        answer.on('close', () => onwards.destroy());
        question.pipe(onwards);
    }

    cut() {
        this.#isCut = true;
        this.#sockets.forEach(socket => socket.destroy());
    }

    mend() {
        this.#isCut = false;
    }

    stop() {
        this.cut();
        this.#proxy.close();
    }
}
