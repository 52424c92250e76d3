// Uploads go on where they stopped: after a reload of the page, and for the public client of the tus protocol, also
// when the line is cut and the server killed under it.

import { strict as assert } from 'node:assert';
import { createReadStream } from 'node:fs';
import { test } from 'node:test';
import * as tus from 'tus-js-client';

import { isThere, kept, randomFile, sizeOf } from '../world/large.mjs';
import { Line, slowLine } from '../world/line.mjs';
import { openPortal } from '../world/steps.mjs';
import { World } from '../world/world.mjs';

const world = World.forThisFile();
const portal = 'Studio resources';
const film = randomFile('film.mp4', sizeOf(24));
const share = (part, of) => Math.floor(film.size * part / of);

test('an upload that a reload broke off goes on where it stopped when the file is chosen again', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    ada.on('dialog', dialog => dialog.accept());
    await slowLine(ada, share(1, 4));
    await ada.getByLabel('Files', { exact: true }).setInputFiles(film.path);
    const bar = ada.getByRole('progressbar', { name: 'film.mp4' });
    await ada.waitForFunction(element => element.value > 0.8, await bar.elementHandle(), isThere);
    await ada.reload();

    const first = ada.waitForRequest(request => request.method() === 'PATCH');
    await ada.getByLabel('Files', { exact: true }).setInputFiles(film.path);
    const offset = Number((await first).headers()['upload-offset']);
    assert.ok(offset >= share(1, 3) && offset < film.size, `it goes on at ${offset}`);
    await ada.locator('#items').getByRole('link', { name: 'film.mp4', exact: true }).waitFor(isThere);
    assert.equal(await kept(ada, world.server, 'film.mp4'), film.sum);
});

/** What tus-js-client is told to send Ada's file into the portal that her page shows. */
async function asAda(ada, port, filename) {
    const cookies = await ada.context().cookies();
    const { host, origin, pathname } = new URL(ada.url());
    return {
        // Node asks a name server for names below localhost.
        endpoint: `http://127.0.0.1:${port}${pathname}/uploads`,
        chunkSize: share(5, 24),
        uploadSize: film.size,
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
        const upload = new tus.Upload(createReadStream(film.path), {
            ...options,
            onError: reject,
            onChunkComplete: (_, accepted) => {
                if (accepted >= share(10, 24)) upload.abort().then(() => resolve(upload.url));
            },
        });
        upload.start();
    });
    let begins = null;
    await new Promise((resolve, reject) => {
        new tus.Upload(createReadStream(film.path), {
            ...options,
            uploadUrl: address,
            onProgress: sent => { begins ??= sent; },
            onError: reject,
            onSuccess: resolve,
        }).start();
    });
    assert.ok(begins >= share(10, 24), `it begins again at ${begins}`);
    await ada.reload();
    assert.equal(await kept(ada, world.server, 'by the public client.bin'), film.sum);
});

test('tus-js-client goes on by itself when the line is cut and when the server is killed and started again', async () => {
    const ada = await world.signedIn('ada');
    await openPortal(ada, portal);
    const line = await Line.to(world.server.port);
    const options = await asAda(ada, line.port, 'over a bad line.bin');

    // Each in the middle of a request: the second of five, and the fourth or fifth.
    line.cutAfter(share(7, 24));
    const server = line.cutAfter(share(19, 24)).then(() => world.server.killAndLaunch());
    let acknowledged = 0;
    const resumptions = [];
    await new Promise((resolve, reject) => {
        new tus.Upload(createReadStream(film.path), {
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
    assert.equal(await kept(ada, world.server, 'over a bad line.bin'), film.sum);
});
