// A proxy between a browser and the server, which breaks what is under way when it is cut: a browser that is told to be offline
// lets that finish.

import { createServer, request } from 'node:http';

export class Proxy {
    #proxy;
    #isCut = false;
    #sockets = new Set();

    static async to(server) {
        const proxy = new Proxy();
        proxy.#proxy = createServer((question, answer) => proxy.#pass(server, question, answer));
        proxy.#proxy.on('connection', socket => {
            if (proxy.#isCut) return socket.destroy();
            proxy.#sockets.add(socket);
            socket.on('close', () => proxy.#sockets.delete(socket)).on('error', () => undefined);
        });
        await new Promise(resolve => proxy.#proxy.listen(0, '127.0.0.1', resolve));
        return proxy;
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
