// Uploads go on where they stopped: after a reload of the page, and for the public client of the tus protocol, also
// when the line is cut and the server killed under it.

import { strict as assert } from 'node:assert';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tus from 'tus-js-client';

import { Line, slowLine } from '../world/line.mjs';
import { openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const MIB = 1024 * 1024;

/** Nothing that could be mistaken for another part of it. */
const content = randomBytes(24 * MIB);
const film = join(mkdtempSync(join(tmpdir(), 'portico-film-')), 'film.mp4');
writeFileSync(film, content);

const sum = bytes => createHash('sha256').update(bytes).digest('hex');

/** The sum of the bytes that the product has under this name. */
async function kept(page, name) {
    const address = await page.locator('#items').getByRole('link', { name, exact: true }).getAttribute('href');
    return page.evaluate(async address => {
        const bytes = await (await fetch(address)).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
    }, `${address}/download`);
}

test('an upload that a reload broke off goes on where it stopped when the file is chosen again', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    ada.on('dialog', dialog => dialog.accept());
    await slowLine(ada, 6 * MIB);
    await ada.getByLabel('Files', { exact: true }).setInputFiles(film);
    const bar = ada.getByRole('progressbar', { name: 'film.mp4' });
    await ada.waitForFunction(element => element.value > 0.8, await bar.elementHandle());
    await ada.reload();

    const first = ada.waitForRequest(request => request.method() === 'PATCH');
    await ada.getByLabel('Files', { exact: true }).setInputFiles(film);
    const offset = Number((await first).headers()['upload-offset']);
    assert.ok(offset >= 8 * MIB && offset < content.length, `it goes on at ${offset}`);
    await ada.locator('#items').getByRole('link', { name: 'film.mp4', exact: true }).waitFor();
    assert.equal(await kept(ada, 'film.mp4'), sum(content));
});

/** What tus-js-client is told to send Ada's file into the portal that her page shows. */
async function asAda(ada, port, filename) {
    const cookies = await ada.context().cookies();
    const { host, origin, pathname } = new URL(ada.url());
    return {
        // Node asks a name server for names below localhost.
        endpoint: `http://127.0.0.1:${port}${pathname}/uploads`,
        chunkSize: 5 * MIB,
        metadata: { filename },
        headers: {
            Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
            Host: host,
            Origin: origin,
        },
    };
}

test('tus-js-client sends a file, breaks off, and goes on', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const options = await asAda(ada, world.server.port, 'by the public client.bin');

    const address = await new Promise((resolve, reject) => {
        const upload = new tus.Upload(content, {
            ...options,
            onError: reject,
            onChunkComplete: (_, accepted) => {
                if (accepted >= 10 * MIB) upload.abort().then(() => resolve(upload.url));
            },
        });
        upload.start();
    });
    let begins = null;
    await new Promise((resolve, reject) => {
        new tus.Upload(content, {
            ...options,
            uploadUrl: address,
            onProgress: sent => { begins ??= sent; },
            onError: reject,
            onSuccess: resolve,
        }).start();
    });
    assert.ok(begins >= 10 * MIB, `it begins again at ${begins}`);
    await ada.reload();
    assert.equal(await kept(ada, 'by the public client.bin'), sum(content));
});

test('tus-js-client goes on by itself when the line is cut and when the server is killed and started again', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const line = await Line.to(world.server.port);
    const options = await asAda(ada, line.port, 'over a bad line.bin');

    // Each in the middle of a request: the second of five, and the fourth or fifth.
    line.cutAfter(7 * MIB);
    const server = line.cutAfter(19 * MIB).then(() => world.server.killAndLaunch());
    let acknowledged = 0;
    const resumptions = [];
    await new Promise((resolve, reject) => {
        new tus.Upload(content, {
            ...options,
            // It counts anew after each progress.
            retryDelays: Array(120).fill(250),
            onAfterResponse: (request, response) => {
                const offset = Number(response.getHeader('Upload-Offset'));
                if (request.getMethod() === 'HEAD') resumptions.push({ acknowledged, offset });
                else acknowledged = offset;
            },
            onError: reject,
            onSuccess: resolve,
        }).start();
    });
    await server;
    await line.close();
    assert.ok(resumptions.length >= 2, `it had to ask where to go on ${resumptions.length} times`);
    for (const { acknowledged, offset } of resumptions) {
        assert.ok(offset >= acknowledged && offset > 0, `${offset} is less than the ${acknowledged} that were acknowledged`);
    }
    await ada.reload();
    assert.equal(await ada.locator('#items').getByRole('link', { name: 'over a bad line.bin', exact: true }).count(), 1);
    assert.equal(await kept(ada, 'over a bad line.bin'), sum(content));
});
