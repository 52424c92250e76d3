// A running `portico serve` on data of its own: the demo, or nothing yet.

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const program = process.env.PORTICO_BIN ?? join(import.meta.dirname, '../../../target/debug/portico');

/** The demo in a folder, for servers to start from; its sign-in data beside it. */
export async function makeFixture() {
    if (!existsSync(program)) throw new Error(`${program} is missing: cargo build -p portico makes it`);
    const folder = mkdtempSync(join(tmpdir(), 'portico-fixture-'));
    const demo = spawnSync(program, ['demo', '--json'], { env: environment(join(folder, 'data')), encoding: 'utf8' });
    if (demo.status !== 0) throw new Error(`portico demo --json: ${demo.stderr}`);
    // Or every server builds its search index anew.
    const reindex = spawnSync(program, ['reindex'], { env: environment(join(folder, 'data')), encoding: 'utf8' });
    if (reindex.status !== 0) throw new Error(`portico reindex: ${reindex.stderr}`);
    writeFileSync(join(folder, 'demo.json'), demo.stdout);
    return folder;
}

/** What the program says about its routes: `[{ method, path, access, module }]`. */
export function routes() {
    const said = spawnSync(program, ['routes', '--json'], { env: environment(tmpdir()), encoding: 'utf8' });
    if (said.status !== 0) throw new Error(`portico routes --json: ${said.stderr}`);
    return JSON.parse(said.stdout);
}

export class Server {
    #process;
    #folder;
    #lines = [];
    #ended;
    #ahead = 0;
    #more = {};
    /** As asked of the system, until it has given one. */
    port = 0;

    /** @param {'demo' | 'nothing'} content; `more` goes into the environment. */
    static async start(content, more = {}) {
        const server = new Server();
        server.#more = more;
        server.#folder = mkdtempSync(join(tmpdir(), 'portico-browser-'));
        server.data = join(server.#folder, 'data');
        server.people = [];
        if (content === 'demo') {
            const fixture = process.env.PORTICO_FIXTURE ?? await makeFixture();
            cpSync(join(fixture, 'data'), server.data, { recursive: true });
            server.people = JSON.parse(readFileSync(join(fixture, 'demo.json'), 'utf8')).people;
        }
        server.advanceClock(0);
        await server.#launch();
        return server;
    }

    async #launch() {
        const clock = join(this.#folder, 'clock');
        const listen = `127.0.0.1:${this.port}`;
        const env = { ...environment(this.data), ...this.#more, PORTICO_LISTEN: listen, PORTICO_TEST_CLOCK: clock };
        const seen = this.#lines.length;
        this.#process = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
        this.#ended = new Promise(resolve => this.#process.once('exit', resolve));
        for (const output of [this.#process.stdout, this.#process.stderr]) {
            createInterface({ input: output }).on('line', line => this.#lines.push(line));
        }
        this.port = new URL(await this.#line('listening on ', seen)).port;
        // Whoever asks, as a load balancer does, need not know an organization's name.
        await eventually('the server is ready', async () =>
            await answersAt(this.port, 'localhost') || answersAt(this.port, 'studio.localhost'));
    }

    /** kill -9, and again at the same address on the same data. */
    async killAndLaunch() {
        await this.#stopBy('SIGKILL');
        await this.#launch();
    }

    /** Stops it in good order and starts it again at the same address, on the same data. */
    async restart() {
        await this.#stopBy('SIGTERM');
        await this.#launch();
    }

    async #stopBy(signal) {
        this.#process.kill(signal);
        await this.#ended;
    }

    /** Scheme, host and port of an organization; without a name, of the installation. */
    origin(organization = '') {
        return `http://${organization ? `${organization}.` : ''}localhost:${this.port}`;
    }

    setUpLink() {
        return this.#line('set up at ');
    }

    advanceClock(seconds) {
        this.#ahead += seconds;
        const file = join(this.#folder, 'clock');
        writeFileSync(`${file}.next`, String(this.#ahead));
        renameSync(`${file}.next`, file);
    }

    /** What it takes for now, in seconds since 1970. */
    now() {
        return Math.floor(Date.now() / 1000) + this.#ahead;
    }

    log() {
        return this.#lines.join('\n');
    }

    async stop() {
        this.#process.kill('SIGTERM');
        const code = await Promise.race([this.#ended, pause(10_000, 'late', { ref: false })]);
        if (code === 'late') this.#process.kill('SIGKILL');
        rmSync(this.#folder, { recursive: true, force: true });
        if (code !== 0) throw new Error(`the server ended with ${code}\n${this.log()}`);
    }

    async #line(beginning, seen = 0) {
        const find = () => this.#lines.slice(seen).find(line => line.startsWith(beginning));
        await eventually(`the server says ${beginning}`, async () => {
            if (this.#process.exitCode !== null) throw new Error(`the server ended\n${this.log()}`);
            return find();
        });
        return find().slice(beginning.length).trim();
    }
}

/** Asks again and again, a bounded number of times, until the answer is true. */
export async function eventually(what, isTrue) {
    for (let tries = 0; tries < 600; tries++) {
        const answer = await isTrue();
        if (answer) return answer;
        await pause(50);
    }
    throw new Error(`never came true: ${what}`);
}

/** By hand: `fetch` knows neither these names nor another Host than the address's. */
function answersAt(port, host) {
    return new Promise(resolve => {
        const question = get({ host: '127.0.0.1', port, path: '/readyz', headers: { host: `${host}:${port}` } });
        question.on('response', answer => { answer.resume(); resolve(answer.statusCode === 200); });
        question.on('error', () => resolve(false));
    });
}

/** Nothing of the developer's own: an unknown PORTICO_ variable would stop the start. */
function environment(data) {
    const { PATH, HOME, TMPDIR } = process.env;
    return { PATH, HOME, ...(TMPDIR && { TMPDIR }), PORTICO_DATA: data, RUST_BACKTRACE: '1' };
}
