// Runs the browser tests and ends with the line that CI reads: run.mjs [WORD...] picks files whose names hold a word.

import { readdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

import { makeFixture } from './world/server.mjs';

const folder = join(import.meta.dirname, 'journeys');
const words = process.argv.slice(2);
const files = readdirSync(folder)
    .filter(name => name.endsWith('.mjs') && (words.length === 0 || words.some(word => name.includes(word))))
    .map(name => join(folder, name));

process.env.PORTICO_FIXTURE = await makeFixture();
let passed = 0;
let failed = 0;
// A file or suite reports itself besides the tests in it.
const isTest = ({ name, details }) => details.type !== 'suite' && !files.includes(name);

const results = run({ files, concurrency: cpus().length, timeout: 1_800_000 });
results.on('test:pass', event => { passed += isTest(event) ? 1 : 0; });
// A file that ends badly outside of a test has failed too.
results.on('test:fail', event => { failed += event.details.type === 'suite' ? 0 : 1; });
results.compose(spec).pipe(process.stdout);
results.on('close', finish).on('end', finish);

let finished = false;
function finish() {
    if (finished) return;
    finished = true;
    rmSync(process.env.PORTICO_FIXTURE, { recursive: true });
    setImmediate(() => {
        console.log(`\nbrowser: ${passed} passed, ${failed} failed`);
        process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
    });
}
