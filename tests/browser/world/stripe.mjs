// A fake of Stripe (tests/stripe_fake.py), whose page for people tells the server what they did.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { eventually } from './server.mjs';

const secret = 'whsec_fake0000';

export class Stripe {
    #process;

    static async start() {
        const stripe = new Stripe();
        stripe.port = await freePort();
        const tests = join(import.meta.dirname, '../..');
        const [python, script] = [join(tests, '../.cache/venv/bin/python'), join(tests, 'stripe_fake.py')];
        stripe.#process = spawn(python, [script, String(stripe.port)], { stdio: ['ignore', 'inherit', 'inherit'] });
        await eventually('the fake of Stripe answers', () => stripe.control('state').catch(() => undefined));
        return stripe;
    }

    environment() {
        return {
            STRIPE_API_BASE: `http://127.0.0.1:${this.port}`,
            STRIPE_SECRET_KEY: 'sk_test_fake0000',
            STRIPE_WEBHOOK_SECRET: secret,
        };
    }

    /** From now on it tells this server, at the studio's address, what people do on its page. */
    tells(server) {
        const { host } = new URL(server.origin('studio'));
        const url = `http://127.0.0.1:${server.port}/webhooks/stripe`;
        return this.control('knobs', { hook: { url, secret, headers: { Host: host } } });
    }

    async control(path, body = {}) {
        const answer = await fetch(`http://127.0.0.1:${this.port}/control/${path}`, { method: 'POST', body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
        return answer.json();
    }

    stop() {
        this.#process.kill('SIGKILL');
    }
}

function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}
